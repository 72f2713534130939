//! ## What it does
//! A property becomes `required`.
//!
//! ## Why it matters
//! Everyone who writes must now supply it. Readers gain a promise; in the backward and full modes
//! new readers meet nulls in old data.
//!
//! ## Example
//! ```yaml
//! # before
//! required: false
//! # after
//! required: true
//! ```
//!
//! ## How to fix
//! Fill it everywhere first, then require it.

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "property-required",
    since: "0.1.0",
    category: Category::Values,
    severities: &[(Producer, Breaking), (Consumer, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx
        .changes()
        .filter(|fact| fact.alters(SubjectKind::Property, "required"))
    {
        if fact.after.and_then(Node::as_bool) == Some(true) {
            let message = format!("property `{}` became required", fact.path);
            out.report(
                fact,
                Producer,
                Breaking,
                message.clone(),
                "fill it everywhere before requiring it",
            )
            .minor();
            if let Some(severity) = cx.new_readers(Breaking) {
                out.report(
                    fact,
                    Consumer,
                    severity,
                    message,
                    "data written before may lack it",
                );
            }
        }
    }
}
