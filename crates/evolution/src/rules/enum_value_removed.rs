//! ## What it does
//! A closed list of values shrinks: `enum`, of ODCS 3.2 or as a custom property, or the `validValues`
//! of a quality rule. A new list counts, once: until now any value was valid.
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
use super::values::{self, Values};

pub(super) const RULE: Rule = Rule {
    name: "enum-value-removed",
    since: "0.1.0",
    category: Category::Values,
    severities: &[(Producer, Breaking), (Consumer, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx.changes() {
        let Some(removed) = values::turn_of(fact).and_then(|turn| turn.removed) else {
            continue;
        };
        let words = values::wording(&removed);
        let message = match removed {
            Values::Listed(_) => {
                let are = removed.is_or_are();
                format!("{words} {are} no longer valid in `{}`", fact.path)
            }
            Values::Unlisted(_) => format!("`{}` became limited to {words}", fact.path),
        };
        let help = match removed {
            Values::Listed(_) => "make sure that nobody writes the value, or keep it",
            Values::Unlisted(_) => {
                "make sure that nobody writes any other value, or leave the list out"
            }
        };
        out.report(fact, Producer, Breaking, message.clone(), help);
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
