//! ## What it does
//! `transformLogic` or `transformSourceObjects` changes. Governance hears of it where the property
//! reveals people, by its semantic type or a tag such as `pii`.
//!
//! ## Why it matters
//! The column has the same name and type, and may hold something else. Logic is also how values are
//! hashed or cut before they are stored.
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
    severities: &[(Consumer, Warning), (Governance, Warning)],
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
            let property = [fact.subject.before, fact.subject.after];
            if property
                .into_iter()
                .flatten()
                .any(|it| cx.classification.reveals_people(it))
            {
                out.report(
                    fact,
                    Governance,
                    Warning,
                    turned(fact),
                    "have the privacy office check that the values show no more of people",
                );
            }
        }
    }
}
