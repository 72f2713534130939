//! ## What it does
//! A service level promises less: more latency, less availability, shorter retention, an earlier
//! end of support, or an `slo` with a lower objective or a longer window. The table of directions says
//! which way is better for each.
//!
//! ## Why it matters
//! Consumers planned by it.
//!
//! ## Example
//! ```yaml
//! # before
//! - property: latency
//!   value: 4
//!   unit: h
//! # after
//! - property: latency
//!   value: 10
//!   unit: h
//! ```
//!
//! ## How to fix
//! Keep the promise, or pay with a major version.

use super::levels;
use super::prelude::*;
use crate::sla::Turn;

pub(super) const RULE: Rule = Rule {
    name: "sla-weakened",
    since: "0.1.0",
    category: Category::ServiceLevels,
    severities: &[(Consumer, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in levels::changes(cx, out) {
        if levels::turn(fact) == Turn::Weaker {
            let message = format!(
                "service level `{}` promises less: {}",
                fact.path,
                levels::wording(fact)
            );
            out.report(
                fact,
                Consumer,
                Breaking,
                message,
                "keep the promise, or publish a major version",
            );
        }
    }
    for fact in cx.changes() {
        if levels::objective_turn(fact) == Some(Turn::Weaker) {
            out.report(
                fact,
                Consumer,
                Breaking,
                turned(fact),
                "keep the objective, or publish a major version",
            );
        }
    }
}
