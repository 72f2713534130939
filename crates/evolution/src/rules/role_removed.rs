//! ## What it does
//! A role is withdrawn.
//!
//! ## Why it matters
//! Those who read through it no longer can.
//!
//! ## Example
//! ```yaml
//! # before
//! roles:
//!   - role: analyst
//!     access: read
//! # after
//! roles: []
//! ```
//!
//! ## How to fix
//! Move its holders first, or pay with a major version.

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "role-removed",
    since: "0.1.0",
    category: Category::Protection,
    severities: &[(Consumer, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx.changes().filter(|fact| fact.removes(SubjectKind::Role)) {
        let message = format!("role `{}` was removed", fact.path);
        out.report(
            fact,
            Consumer,
            Breaking,
            message,
            "move its holders first, or publish a major version",
        );
    }
}
