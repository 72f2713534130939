//! ## What it does
//! A property disappears from an object, at any depth.
//!
//! ## Why it matters
//! Every query that names it fails, every job that maps it loses a column.
//!
//! ## Example
//! ```yaml
//! # before
//! properties:
//!   - name: qname
//!   - name: rcode
//! # after
//! properties:
//!   - name: qname
//! ```
//!
//! ## How to fix
//! Keep it and announce its end (`sunset`): removed after that day it is a note, before it nothing
//! pays for it. Without a sunset, pay with a major version. If it only has a new name,
//! give both versions the same `id`.

use super::prelude::*;
use super::removal;

pub(super) const RULE: Rule = Rule {
    name: "property-removed",
    since: "0.1.0",
    category: Category::Structure,
    severities: &[(Consumer, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    removal::report(cx, out, SubjectKind::Property, "property");
}
