//! ## What it does
//! A closed list of values grows: `enum`, or the `validValues` of a quality rule. Dropping the
//! whole list counts: then any value may come.
//!
//! ## Why it matters
//! Readers that handle each value by name meet one they do not know.
//!
//! ## Example
//! ```yaml
//! # before
//! validValues: [udp, tcp]
//! # after
//! validValues: [udp, tcp, doh]
//! ```
//!
//! ## How to fix
//! Announce the value before the first row has it, or pay with a major version.

use super::prelude::*;
use super::values;
use crate::types::Relation;

pub(super) const RULE: Rule = Rule {
    name: "enum-value-added",
    since: "0.1.0",
    category: Category::Values,
    severities: &[(Consumer, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx.changes() {
        if values::turn_of(fact) == Some(Relation::Wider) {
            let message = match fact.kind {
                FactKind::Added => format!(
                    "value {} became possible in `{}`",
                    quoted(fact.after),
                    fact.path
                ),
                _ => format!(
                    "`{}` is no longer limited to {}",
                    fact.path,
                    quoted(fact.before)
                ),
            };
            out.report(
                fact,
                Consumer,
                cx.old_readers(Breaking),
                message,
                "readers must handle it first, or publish a major version",
            );
        }
    }
}
