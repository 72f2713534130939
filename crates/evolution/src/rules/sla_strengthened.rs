//! ## What it does
//! A service level promises more.
//!
//! ## Why it matters
//! The owner must now do better. It is a stronger promise, so the version moves by a minor step.
//!
//! ## Example
//! ```yaml
//! # before
//! - property: latency
//!   value: 4
//!   unit: h
//! # after
//! - property: latency
//!   value: 30
//!   unit: m
//! ```
//!
//! ## How to fix
//! Check that the service already meets it.

use super::levels;
use super::prelude::*;
use crate::sla::Turn;

pub(super) const RULE: Rule = Rule {
    name: "sla-strengthened",
    since: "0.1.0",
    category: Category::ServiceLevels,
    severities: &[(Producer, Warning)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in levels::changes(cx, out) {
        if levels::turn(fact) == Turn::Stronger {
            let message = format!(
                "service level `{}` promises more: {}",
                fact.path,
                levels::wording(fact)
            );
            out.report(
                fact,
                Producer,
                Warning,
                message,
                "check that the service already meets it",
            )
            .minor();
        }
    }
    for fact in cx.changes() {
        if levels::objective_turn(fact) == Some(Turn::Stronger) {
            out.report(
                fact,
                Producer,
                Warning,
                turned(fact),
                "check that the service already meets it",
            )
            .minor();
        }
    }
}
