//! ## What it does
//! A quality rule is withdrawn. Rules are known by `id`, by `name`, else by what they measure;
//! never by their threshold.
//!
//! ## Why it matters
//! What it promised is no longer checked.
//!
//! ## Example
//! ```yaml
//! # before
//! quality:
//!   - metric: rowCount
//!     mustBeGreaterThan: 1000
//! # after
//! quality: []
//! ```
//!
//! ## How to fix
//! Keep the rule, or pay with a major version.

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "quality-rule-removed",
    since: "0.1.0",
    category: Category::Quality,
    severities: &[(Consumer, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx
        .changes()
        .filter(|fact| fact.removes(SubjectKind::Quality))
    {
        let message = format!("quality rule `{}` was removed", fact.path);
        out.report(
            fact,
            Consumer,
            Breaking,
            message,
            "keep the promise, or publish a major version",
        );
    }
}
