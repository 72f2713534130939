//! ## What it does
//! A property is no longer promised to be `unique`.
//!
//! ## Why it matters
//! Joins by it multiply rows.
//!
//! ## Example
//! ```yaml
//! # before
//! unique: true
//! # after
//! unique: false
//! ```
//!
//! ## How to fix
//! Keep it unique, or pay with a major version.

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "unique-removed",
    since: "0.1.0",
    category: Category::Keys,
    severities: &[(Consumer, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx
        .changes()
        .filter(|fact| fact.alters(SubjectKind::Property, "unique"))
    {
        if fact.after.and_then(Node::as_bool) != Some(true) {
            let message = format!("property `{}` is no longer unique", fact.path);
            out.report(
                fact,
                Consumer,
                Breaking,
                message,
                "joins by it may multiply rows: keep it unique, or publish a major version",
            );
        }
    }
}
