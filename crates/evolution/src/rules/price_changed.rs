//! ## What it does
//! The price, its currency or its unit changes.
//!
//! ## Why it matters
//! Commercial terms. A lower price is a note.
//!
//! ## Example
//! ```yaml
//! # before
//! price:
//!   priceAmount: 9.95
//! # after
//! price:
//!   priceAmount: 99
//! ```
//!
//! ## How to fix
//! Tell consumers before it holds.

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "price-changed",
    since: "0.1.0",
    category: Category::Terms,
    severities: &[(Consumer, Warning)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx
        .changes()
        .filter(|fact| fact.subject.kind == SubjectKind::Price)
    {
        let amount = |node: Option<&Node>| node.and_then(|node| node.to_json().as_f64());
        let lower = match (fact.field(), amount(fact.before), amount(fact.after)) {
            ("priceAmount", Some(old), Some(new)) => new < old,
            _ => fact.kind == FactKind::Removed && fact.field.is_none(),
        };
        out.report(
            fact,
            Consumer,
            if lower { Note } else { Warning },
            turned(fact),
            "tell consumers before it holds",
        );
    }
}
