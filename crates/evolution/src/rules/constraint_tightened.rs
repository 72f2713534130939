//! ## What it does
//! A range, length or pattern in `logicalTypeOptions` lets fewer values pass.
//!
//! ## Why it matters
//! What was valid to write no longer is. In the backward and full modes new readers reject old
//! data.
//!
//! ## Example
//! ```yaml
//! # before
//! logicalTypeOptions:
//!   maximum: 4095
//! # after
//! logicalTypeOptions:
//!   maximum: 15
//! ```
//!
//! ## How to fix
//! Make sure that no such value is written, or keep the limit.

use super::constraints;
use super::prelude::*;
use crate::types::Relation;

pub(super) const RULE: Rule = Rule {
    name: "constraint-tightened",
    since: "0.1.0",
    category: Category::Values,
    severities: &[(Producer, Breaking), (Consumer, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx.changes() {
        if constraints::turn_of(fact) == Some(Relation::Narrower) {
            out.report(
                fact,
                Producer,
                Breaking,
                turned(fact),
                "keep the limit, or make sure that no value exceeds it",
            );
            if let Some(severity) = cx.new_readers(Breaking) {
                out.report(
                    fact,
                    Consumer,
                    severity,
                    turned(fact),
                    "data written before may exceed the limit",
                );
            }
        }
    }
}
