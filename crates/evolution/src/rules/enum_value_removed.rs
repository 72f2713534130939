//! ## What it does
//! A closed list of values shrinks: `enum`, or the `validValues` of a quality rule. A new list
//! counts: until now any value was valid.
//!
//! ## Why it matters
//! What was valid to write no longer is. In the backward and full modes new readers meet the old
//! value in old data.
//!
//! ## Example
//! ```yaml
//! # before
//! validValues: [udp, tcp, dot]
//! # after
//! validValues: [udp, tcp]
//! ```
//!
//! ## How to fix
//! Make sure that nobody writes the value any more, or keep it.

use super::prelude::*;
use super::values;
use crate::types::Relation;

pub(super) const RULE: Rule = Rule {
    name: "enum-value-removed",
    since: "0.1.0",
    category: Category::Values,
    severities: &[(Producer, Breaking), (Consumer, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx.changes() {
        if values::turn_of(fact) == Some(Relation::Narrower) {
            let message = match fact.kind {
                FactKind::Removed => format!(
                    "value {} is no longer valid in `{}`",
                    quoted(fact.before),
                    fact.path
                ),
                _ => format!(
                    "`{}` became limited to listed values such as {}",
                    fact.path,
                    quoted(fact.after)
                ),
            };
            out.report(
                fact,
                Producer,
                Breaking,
                message.clone(),
                "make sure that nobody writes the value, or keep it",
            );
            if let Some(severity) = cx.new_readers(Breaking) {
                out.report(
                    fact,
                    Consumer,
                    severity,
                    message,
                    "data written before may hold it",
                );
            }
        }
    }
}
