//! ## What it does
//! The custom property `unit` of an element turns into another unit.
//!
//! ## Why it matters
//! The numbers look the same and mean something else: the worst kind of break, since nothing fails.
//!
//! ## Example
//! ```yaml
//! # before
//! - property: unit
//!   value: ms
//! # after
//! - property: unit
//!   value: us
//! ```
//!
//! ## How to fix
//! Add a property in the new unit beside the old one, or pay with a major version.

use super::meaning::{self, Meaning};
use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "unit-changed",
    since: "0.1.0",
    category: Category::Meaning,
    severities: &[(Consumer, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    let meaning = Meaning {
        property: "unit",
        called: "unit",
        severity: Breaking,
        help: "offer the new unit in a property of its own, or publish a major version",
    };
    meaning::report(cx, out, &meaning);
}
