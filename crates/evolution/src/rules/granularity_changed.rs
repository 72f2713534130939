//! ## What it does
//! `dataGranularityDescription` of an object changes.
//!
//! ## Why it matters
//! What one row stands for is what every count and sum relies on.
//!
//! ## Example
//! ```yaml
//! # before
//! dataGranularityDescription: One row per query
//! # after
//! dataGranularityDescription: One row per minute
//! ```
//!
//! ## How to fix
//! Offer the new granularity as an object of its own.

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "granularity-changed",
    since: "0.1.0",
    category: Category::Meaning,
    severities: &[(Consumer, Warning)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx
        .changes()
        .filter(|fact| fact.alters(SubjectKind::Object, "dataGranularityDescription"))
    {
        out.report(
            fact,
            Consumer,
            Warning,
            turned(fact),
            "what a row means may have changed: offer it as an object of its own",
        );
    }
}
