//! ## What it does
//! The threshold of a quality rule lets less pass than before.
//!
//! ## Why it matters
//! The owner must now do better. It is a stronger promise, so the version moves by a minor step.
//!
//! ## Example
//! ```yaml
//! # before
//! mustBeGreaterThan: 10
//! # after
//! mustBeGreaterThan: 1000000
//! ```
//!
//! ## How to fix
//! Check that the data already meets it.

use super::prelude::*;
use super::thresholds;

pub(super) const RULE: Rule = Rule {
    name: "quality-strengthened",
    since: "0.1.0",
    category: Category::Quality,
    severities: &[(Producer, Warning)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in thresholds::changes(cx, out) {
        if thresholds::turn(fact).stronger {
            let message = format!(
                "quality rule `{}` lets less pass: {}",
                fact.path,
                thresholds::wording(fact)
            );
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
}
