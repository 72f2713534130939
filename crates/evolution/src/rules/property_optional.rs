//! ## What it does
//! A `required` property becomes optional.
//!
//! ## Why it matters
//! Readers may now meet nulls where they were promised a value.
//!
//! ## Example
//! ```yaml
//! # before
//! required: true
//! # after
//! required: false
//! ```
//!
//! ## How to fix
//! Keep it required, or pay with a major version.

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "property-optional",
    since: "0.1.0",
    category: Category::Values,
    severities: &[(Consumer, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx
        .changes()
        .filter(|fact| fact.alters(SubjectKind::Property, "required"))
    {
        if fact.after.and_then(Node::as_bool) != Some(true) {
            let message = format!("property `{}` is no longer required", fact.path);
            out.report(
                fact,
                Consumer,
                cx.old_readers(Breaking),
                message,
                "readers may now meet nulls: keep it required, or publish a major version",
            );
        }
    }
}
