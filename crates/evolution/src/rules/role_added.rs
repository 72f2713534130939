//! ## What it does
//! A role is added. Breaking where the product holds personal data, else a warning.
//!
//! ## Why it matters
//! More people can reach the data.
//!
//! ## Example
//! ```yaml
//! # before
//! roles:
//!   - role: analyst
//!     access: read
//! # after
//! roles:
//!   - role: analyst
//!     access: read
//!   - role: partner
//!     access: read
//! ```
//!
//! ## How to fix
//! Have the privacy office approve who is let in.

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "role-added",
    since: "0.1.0",
    category: Category::Protection,
    severities: &[(Governance, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx.changes().filter(|fact| fact.adds(SubjectKind::Role)) {
        let severity = if cx.personal { Breaking } else { Warning };
        let message = format!("role `{}` was added", fact.path);
        out.report(
            fact,
            Governance,
            severity,
            message,
            "have the privacy office approve who is let in",
        )
        .minor();
    }
}
