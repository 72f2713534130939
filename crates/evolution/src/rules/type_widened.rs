//! ## What it does
//! The type holds all the old values and more.
//!
//! ## Why it matters
//! Readers that fixed a width may cut longer text (a warning) or overflow on greater numbers
//! (breaking, unless only the backward mode counts).
//!
//! ## Example
//! ```yaml
//! # before
//! physicalType: int
//! # after
//! physicalType: bigint
//! ```
//!
//! ## How to fix
//! Move readers to the wider type first, or pay with a major version where numbers grow.

use super::prelude::*;
use crate::types::{self, Relation};

pub(super) const RULE: Rule = Rule {
    name: "type-widened",
    since: "0.1.0",
    category: Category::Values,
    severities: &[(Consumer, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx.changes() {
        if types::turn_of(fact) == Some(Relation::Wider) {
            let text = fact
                .before
                .and_then(Node::as_str)
                .is_some_and(types::is_text);
            let severity = cx.old_readers(if text { Warning } else { Breaking });
            out.report(
                fact,
                Consumer,
                severity,
                turned(fact),
                "check readers that fixed the old width",
            );
        }
    }
}
