//! ## What it does
//! The threshold of a quality rule lets more pass than before.
//!
//! ## Why it matters
//! Data that used to be refused is now published. `< 65536` and `<= 65535` are the same for counts,
//! and so is any other spelling.
//!
//! ## Example
//! ```yaml
//! # before
//! mustBeGreaterThan: 1000000
//! # after
//! mustBeGreaterThan: 10
//! ```
//!
//! ## How to fix
//! Keep the threshold, or pay with a major version.

use super::prelude::*;
use super::thresholds;

pub(super) const RULE: Rule = Rule {
    name: "quality-weakened",
    since: "0.1.0",
    category: Category::Quality,
    severities: &[(Consumer, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in thresholds::changes(cx, out) {
        if thresholds::turn(fact).weaker {
            let message = format!(
                "quality rule `{}` lets more pass: {}",
                fact.path,
                thresholds::wording(fact)
            );
            out.report(
                fact,
                Consumer,
                Breaking,
                message,
                "keep the threshold, or publish a major version",
            );
        }
    }
}
