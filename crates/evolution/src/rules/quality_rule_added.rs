//! ## What it does
//! A quality rule is added.
//!
//! ## Why it matters
//! The owner must now keep it. It is a stronger promise, so the version moves by a minor step.
//!
//! ## Example
//! ```yaml
//! # before
//! quality: []
//! # after
//! quality:
//!   - metric: rowCount
//!     mustBeGreaterThan: 1000
//! ```
//!
//! ## How to fix
//! Check that the data already meets it.

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "quality-rule-added",
    since: "0.1.0",
    category: Category::Quality,
    severities: &[(Producer, Warning)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx.changes().filter(|fact| fact.adds(SubjectKind::Quality)) {
        let message = format!("quality rule `{}` was added", fact.path);
        out.report(
            fact,
            Producer,
            Warning,
            message,
            "check that the data already meets it",
        )
        .minor();
    }
}
