//! ## What it does
//! A range, length or pattern in `logicalTypeOptions` lets more values pass.
//!
//! ## Why it matters
//! Readers meet values outside what they were promised. Longer text is a warning, anything else is
//! breaking.
//!
//! ## Example
//! ```yaml
//! # before
//! logicalTypeOptions:
//!   maximum: 4095
//! # after
//! logicalTypeOptions:
//!   maximum: 65535
//! ```
//!
//! ## How to fix
//! Tell readers first, or pay with a major version.

use super::constraints;
use super::prelude::*;
use crate::types::Relation;

pub(super) const RULE: Rule = Rule {
    name: "constraint-loosened",
    since: "0.1.0",
    category: Category::Values,
    severities: &[(Consumer, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx.changes() {
        if constraints::turn_of(fact) == Some(Relation::Wider) {
            let length = fact.field().ends_with("Length");
            let severity = cx.old_readers(if length { Warning } else { Breaking });
            out.report(fact, Consumer, severity, turned(fact), "readers meet values they were promised not to: keep the limit, or publish a major version");
        }
    }
}
