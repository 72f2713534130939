//! ## What it does
//! The `physicalName` of an object or a property changes.
//!
//! ## Why it matters
//! It is the name that queries, topics and files really use; the logical name stays, the query
//! fails.
//!
//! ## Example
//! ```yaml
//! # before
//! physicalName: queries_v1
//! # after
//! physicalName: queries_v2
//! ```
//!
//! ## How to fix
//! Offer the old physical name as a view or alias until readers have moved, or pay with a major
//! version.

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "physical-name-changed",
    since: "0.1.0",
    category: Category::Structure,
    severities: &[(Consumer, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx.changes().filter(|fact| {
        fact.alters(SubjectKind::Object, "physicalName")
            || fact.alters(SubjectKind::Property, "physicalName")
    }) {
        out.report(
            fact,
            Consumer,
            Breaking,
            turned(fact),
            "keep the old physical name as a view or alias, or publish a major version",
        );
    }
}
