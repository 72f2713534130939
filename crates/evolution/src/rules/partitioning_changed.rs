//! ## What it does
//! A property becomes, or ceases to be, a partition key, or its position changes.
//!
//! ## Why it matters
//! Queries mean the same and may read far more.
//!
//! ## Example
//! ```yaml
//! # before
//! partitioned: true
//! partitionKeyPosition: 1
//! # after
//! partitioned: false
//! ```
//!
//! ## How to fix
//! Tell consumers whose queries filter by the old key.

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "partitioning-changed",
    since: "0.1.0",
    category: Category::Keys,
    severities: &[(Consumer, Warning)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx.changes() {
        if fact.alters(SubjectKind::Property, "partitioned")
            || fact.alters(SubjectKind::Property, "partitionKeyPosition")
        {
            out.report(
                fact,
                Consumer,
                Warning,
                turned(fact),
                "tell consumers whose queries filter by the partition key",
            );
        }
    }
}
