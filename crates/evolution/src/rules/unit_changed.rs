//! ## What it does
//! The custom property `unit` of an element turns into another unit.
//!
//! ## Why it matters
//! The numbers look the same and mean something else: the worst kind of break, since nothing fails.
//!
//! ## Example
//! ```yaml
//! # before
//! - property: unit
//!   value: ms
//! # after
//! - property: unit
//!   value: us
//! ```
//!
//! ## How to fix
//! Add a property in the new unit beside the old one, or pay with a major version.

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "unit-changed",
    since: "0.1.0",
    category: Category::Meaning,
    severities: &[(Consumer, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx.changes() {
        let Some((before, after)) = custom_change(fact, "unit") else {
            continue;
        };
        let severity = if before.is_some() { Breaking } else { Note };
        let message = format!(
            "the unit of `{}` turned from {} into {}",
            fact.path,
            quoted(before),
            quoted(after)
        );
        out.report(
            fact,
            Consumer,
            severity,
            message,
            "offer the new unit in a property of its own, or publish a major version",
        );
    }
}
