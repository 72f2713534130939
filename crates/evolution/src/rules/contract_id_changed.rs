//! ## What it does
//! The `id` of the contract changes.
//!
//! ## Why it matters
//! Products, agreements and policies name the contract by its id: for them the old one is gone.
//!
//! ## Example
//! ```yaml
//! # before
//! id: queries
//! # after
//! id: recursive-queries
//! ```
//!
//! ## How to fix
//! Keep the id; a new contract deserves a new file.

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "contract-id-changed",
    since: "0.1.0",
    category: Category::Lifecycle,
    severities: &[(Consumer, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx
        .changes()
        .filter(|fact| fact.alters(SubjectKind::Contract, "id"))
    {
        out.report(
            fact,
            Consumer,
            Breaking,
            turned(fact),
            "keep the id, or publish a new contract beside the old one",
        );
    }
}
