//! ## What it does
//! A property is promised to be `unique`.
//!
//! ## Why it matters
//! The owner must now keep duplicates out.
//!
//! ## Example
//! ```yaml
//! # before
//! unique: false
//! # after
//! unique: true
//! ```
//!
//! ## How to fix
//! Check that the data holds no duplicates, and add a quality rule that watches it.

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "unique-added",
    since: "0.1.0",
    category: Category::Keys,
    severities: &[(Producer, Warning)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx
        .changes()
        .filter(|fact| fact.alters(SubjectKind::Property, "unique"))
    {
        if fact.after.and_then(Node::as_bool) == Some(true) {
            let message = format!("property `{}` is now promised to be unique", fact.path);
            out.report(
                fact,
                Producer,
                Warning,
                message,
                "check that the data holds no duplicates",
            )
            .minor();
        }
    }
}
