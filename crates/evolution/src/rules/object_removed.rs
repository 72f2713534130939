//! ## What it does
//! An object disappears from `schema`.
//!
//! ## Why it matters
//! Every query, job and dashboard that reads it fails.
//!
//! ## Example
//! ```yaml
//! # before
//! schema:
//!   - name: queries
//!   - name: daily
//! # after
//! schema:
//!   - name: queries
//! ```
//!
//! ## How to fix
//! Keep the object and announce its end (`sunset`): removed after that day it is a note, before it
//! nothing pays for it. Without a sunset, pay with a major version. If it only has a
//! new name, give both versions the same `id`.

use super::prelude::*;
use super::removal;

pub(super) const RULE: Rule = Rule {
    name: "object-removed",
    since: "0.1.0",
    category: Category::Structure,
    severities: &[(Consumer, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    removal::report(cx, out, SubjectKind::Object, "object");
}
