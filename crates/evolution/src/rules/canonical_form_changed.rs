//! ## What it does
//! The custom property `canonicalForm` of an element changes: case, trailing dot, A-label, text or
//! binary.
//!
//! ## Why it matters
//! Comparisons and joins by the value find nothing any more.
//!
//! ## Example
//! ```yaml
//! # before
//! - property: canonicalForm
//!   value: lower-no-dot
//! # after
//! - property: canonicalForm
//!   value: wire
//! ```
//!
//! ## How to fix
//! Add a property in the new form beside the old one, or pay with a major version.

use super::meaning::{self, Meaning};
use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "canonical-form-changed",
    since: "0.1.0",
    category: Category::Meaning,
    severities: &[(Consumer, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    let meaning = Meaning {
        property: "canonicalForm",
        called: "canonical form",
        severity: Breaking,
        help: "offer the new form in a property of its own, or publish a major version",
    };
    meaning::report(cx, out, &meaning);
}
