//! ## What it does
//! The custom property `keyEpoch` of a pseudonymized element changes.
//!
//! ## Why it matters
//! The same client gets another token: joins across the change find nothing.
//!
//! ## Example
//! ```yaml
//! # before
//! - property: keyEpoch
//!   value: 1
//! # after
//! - property: keyEpoch
//!   value: 2
//! ```
//!
//! ## How to fix
//! Offer both epochs for as long as joins reach back, or pay with a major version.

use super::meaning::{self, Meaning};
use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "key-epoch-changed",
    since: "0.1.0",
    category: Category::Meaning,
    severities: &[(Consumer, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    let meaning = Meaning {
        property: "keyEpoch",
        called: "key epoch",
        severity: Breaking,
        help: "tokens of two epochs never join: offer both for a while, or publish a major version",
    };
    meaning::report(cx, out, &meaning);
}
