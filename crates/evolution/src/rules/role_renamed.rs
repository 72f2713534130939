//! ## What it does
//! A role keeps its `id` and gets another name.
//!
//! ## Why it matters
//! Those who read through it address it by name, so for them the old one is gone. The stable `id` makes it
//! one finding instead of a removal and an addition.
//!
//! ## Example
//! ```yaml
//! # before
//! roles:
//!   - id: analysts
//!     role: analyst
//! # after
//! roles:
//!   - id: analysts
//!     role: reader
//! ```
//!
//! ## How to fix
//! Keep the old name beside the new one until its holders have moved, or pay with a major version.

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "role-renamed",
    since: "0.1.0",
    category: Category::Protection,
    severities: &[(Consumer, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx.changes().filter(|fact| fact.renames(SubjectKind::Role)) {
        let message = format!("role `{}` is now called {}", fact.path, quoted(fact.after));
        let help = "keep the name until its holders have moved, or publish a major version";
        out.report(fact, Consumer, Breaking, message, help);
    }
}
