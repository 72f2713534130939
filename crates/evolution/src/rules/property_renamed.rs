//! ## What it does
//! A property keeps its `id` and gets another `name`.
//!
//! ## Why it matters
//! Readers address it by name, so for them the old one is gone. The stable `id` makes it one
//! finding instead of a removal and an addition.
//!
//! ## Example
//! ```yaml
//! # before
//! - id: qname
//!   name: qname
//! # after
//! - id: qname
//!   name: dns_qname
//! ```
//!
//! ## How to fix
//! Offer both names until readers have moved, or pay with a major version.

use super::prelude::*;
use super::removal;

pub(super) const RULE: Rule = Rule {
    name: "property-renamed",
    since: "0.1.0",
    category: Category::Structure,
    severities: &[(Consumer, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    let help = "offer both names until readers have moved, or publish a major version";
    removal::report_renamed(cx, out, SubjectKind::Property, ("property", help));
}
