//! ## What it does
//! A service level changes in a way that nobody can grade: an unknown property, values that can't
//! be compared, another element or schedule.
//!
//! ## Why it matters
//! It may be weaker.
//!
//! ## Example
//! ```yaml
//! # before
//! - property: gentleness
//!   value: high
//! # after
//! - property: gentleness
//!   value: low
//! ```
//!
//! ## How to fix
//! Tell consumers what became different, or use a property of the table of directions.

use super::levels;
use super::prelude::*;
use crate::sla::Turn;

pub(super) const RULE: Rule = Rule {
    name: "sla-changed",
    since: "0.1.0",
    category: Category::ServiceLevels,
    severities: &[(Consumer, Warning)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in levels::changes(cx, out) {
        if levels::turn(fact) == Turn::Unknown {
            let message = format!(
                "service level `{}` changed: {}",
                fact.path,
                levels::wording(fact)
            );
            out.report(
                fact,
                Consumer,
                Warning,
                message,
                "tell consumers whether it became weaker",
            );
        }
    }
    for fact in cx.changes() {
        let which = ["property", "element", "schedule", "scheduler"]
            .iter()
            .any(|field| fact.alters(SubjectKind::Sla, field));
        if which || fact.alters(SubjectKind::Contract, "slaDefaultElement") {
            out.report(
                fact,
                Consumer,
                Warning,
                turned(fact),
                "tell consumers what the promise is about now",
            );
        }
    }
    for fact in cx.changes() {
        if levels::objective_turn(fact) == Some(Turn::Unknown) {
            out.report(
                fact,
                Consumer,
                Warning,
                turned(fact),
                "tell consumers whether it became weaker",
            );
        }
    }
}
