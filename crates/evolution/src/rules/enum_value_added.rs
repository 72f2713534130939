//! ## What it does
//! A closed list of values grows: `enum`, of ODCS 3.2 or as a custom property, or the `validValues`
//! of a quality rule. Dropping the whole list counts, once: then any value may come.
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
use super::values::{self, Values};

pub(super) const RULE: Rule = Rule {
    name: "enum-value-added",
    since: "0.1.0",
    category: Category::Values,
    severities: &[(Consumer, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx.changes() {
        let Some(added) = values::turn_of(fact).and_then(|turn| turn.added) else {
            continue;
        };
        let words = values::wording(&added);
        let message = match added {
            Values::Listed(_) => format!("{words} became possible in `{}`", fact.path),
            Values::Unlisted(_) => format!("`{}` is no longer limited to {words}", fact.path),
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
