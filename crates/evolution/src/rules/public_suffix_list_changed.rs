//! ## What it does
//! The custom property `pslVersion` changes: another edition of the Public Suffix List.
//!
//! ## Why it matters
//! Some names are cut elsewhere than before, so groups by registrable domain shift.
//!
//! ## Example
//! ```yaml
//! # before
//! - property: pslVersion
//!   value: 2025-01-01
//! # after
//! - property: pslVersion
//!   value: 2026-01-01
//! ```
//!
//! ## How to fix
//! Tell consumers who compare across the change.

use super::meaning::{self, Meaning};
use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "public-suffix-list-changed",
    since: "0.1.0",
    category: Category::Meaning,
    severities: &[(Consumer, Warning)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    let meaning = Meaning {
        property: "pslVersion",
        called: "Public Suffix List",
        severity: Warning,
        help: "tell consumers who compare registrable domains across the change",
    };
    meaning::report(cx, out, &meaning);
}
