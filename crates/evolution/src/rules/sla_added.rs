//! ## What it does
//! A service level is promised that was not before.
//!
//! ## Why it matters
//! The owner must now keep it. It is a stronger promise, so the version moves by a minor step.
//!
//! ## Example
//! ```yaml
//! # before
//! slaProperties: []
//! # after
//! slaProperties:
//!   - property: latency
//!     value: 4
//!     unit: h
//! ```
//!
//! ## How to fix
//! Check that the service already meets it.

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "sla-added",
    since: "0.1.0",
    category: Category::ServiceLevels,
    severities: &[(Producer, Warning)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx.changes().filter(|fact| fact.adds(SubjectKind::Sla)) {
        let message = format!("service level `{}` was added", fact.path);
        out.report(
            fact,
            Producer,
            Warning,
            message,
            "check that the service already meets it",
        )
        .minor();
    }
}
