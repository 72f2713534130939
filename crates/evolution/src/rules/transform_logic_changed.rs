//! ## What it does
//! `transformLogic` or `transformSourceObjects` changes.
//!
//! ## Why it matters
//! The column has the same name and type, and may hold something else.
//!
//! ## Example
//! ```yaml
//! # before
//! transformLogic: sum(answers)
//! # after
//! transformLogic: count(answers)
//! ```
//!
//! ## How to fix
//! Say in the description what became different; a new meaning deserves a new name.

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "transform-logic-changed",
    since: "0.1.0",
    category: Category::Meaning,
    severities: &[(Consumer, Warning)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx.changes() {
        if fact.alters(SubjectKind::Property, "transformLogic")
            || fact.alters(SubjectKind::Property, "transformSourceObjects")
        {
            out.report(
                fact,
                Consumer,
                Warning,
                turned(fact),
                "check whether the values still mean the same",
            );
        }
    }
}
