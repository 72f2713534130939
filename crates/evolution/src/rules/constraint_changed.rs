//! ## What it does
//! A pattern, format, time zone or other limit in `logicalTypeOptions` turns into another one.
//!
//! ## Why it matters
//! Values look different: parsers written for the old form fail.
//!
//! ## Example
//! ```yaml
//! # before
//! logicalTypeOptions:
//!   format: yyyy-MM-dd
//! # after
//! logicalTypeOptions:
//!   format: dd.MM.yyyy
//! ```
//!
//! ## How to fix
//! Add a property in the new form beside the old one, or pay with a major version.

use super::constraints;
use super::prelude::*;
use crate::types::Relation;

pub(super) const RULE: Rule = Rule {
    name: "constraint-changed",
    since: "0.1.0",
    category: Category::Values,
    severities: &[(Consumer, Breaking), (Producer, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx.changes() {
        if constraints::turn_of(fact) == Some(Relation::Different) {
            out.report(
                fact,
                Consumer,
                Breaking,
                turned(fact),
                "offer the new form beside the old one, or publish a major version",
            );
            out.report(
                fact,
                Producer,
                Breaking,
                turned(fact),
                "write the new form, or keep the old one",
            );
        }
    }
}
