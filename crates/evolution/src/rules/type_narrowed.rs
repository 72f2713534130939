//! ## What it does
//! The type holds only some of the old values.
//!
//! ## Why it matters
//! What was valid to write no longer is. Readers of the old version are fine; in the backward and
//! full modes new readers fail on old data.
//!
//! ## Example
//! ```yaml
//! # before
//! physicalType: varchar(18)
//! # after
//! physicalType: varchar(8)
//! ```
//!
//! ## How to fix
//! Make sure that no longer value is written, or keep the type.

use super::prelude::*;
use crate::types::{self, Relation};

pub(super) const RULE: Rule = Rule {
    name: "type-narrowed",
    since: "0.1.0",
    category: Category::Values,
    severities: &[(Producer, Breaking), (Consumer, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx.changes() {
        if types::turn_of(fact) == Some(Relation::Narrower) {
            out.report(
                fact,
                Producer,
                Breaking,
                turned(fact),
                "keep the type, or make sure that no value exceeds the new one",
            );
            if let Some(severity) = cx.new_readers(Breaking) {
                out.report(
                    fact,
                    Consumer,
                    severity,
                    turned(fact),
                    "data written before may exceed the new type",
                );
            }
        }
    }
}
