//! ## What it does
//! An object keeps its `id` and gets another `name`.
//!
//! ## Why it matters
//! Readers address it by name, so for them the old one is gone. The stable `id` makes it one
//! finding instead of a removal and an addition.
//!
//! ## Example
//! ```yaml
//! # before
//! - id: queries_obj
//!   name: queries
//! # after
//! - id: queries_obj
//!   name: recursive_queries
//! ```
//!
//! ## How to fix
//! Offer the old name as a view until readers have moved, or pay with a major version.

use super::prelude::*;
use super::removal;

pub(super) const RULE: Rule = Rule {
    name: "object-renamed",
    since: "0.1.0",
    category: Category::Structure,
    severities: &[(Consumer, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    let help = "keep the old name until readers have moved, or publish a major version";
    removal::report_renamed(cx, out, SubjectKind::Object, ("object", help));
}
