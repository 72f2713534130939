//! ## What it does
//! A service level is withdrawn. Entries are known by `id`, else by property, element and driver
//! together, so two entries of one property are never confused.
//!
//! ## Why it matters
//! Consumers planned by it.
//!
//! ## Example
//! ```yaml
//! # before
//! slaProperties:
//!   - property: latency
//!     value: 4
//!     unit: h
//! # after
//! slaProperties: []
//! ```
//!
//! ## How to fix
//! Keep the promise, or pay with a major version.

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "sla-removed",
    since: "0.1.0",
    category: Category::ServiceLevels,
    severities: &[(Consumer, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx.changes().filter(|fact| fact.removes(SubjectKind::Sla)) {
        let message = format!("service level `{}` was removed", fact.path);
        out.report(
            fact,
            Consumer,
            Breaking,
            message,
            "keep the promise, or publish a major version",
        );
    }
}
