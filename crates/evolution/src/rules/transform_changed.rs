//! ## What it does
//! The custom property `transform` of an element turns into another mask, or is stated where there
//! was none.
//!
//! ## Why it matters
//! The values look different to readers, and may show more.
//!
//! ## Example
//! ```yaml
//! # before
//! - property: transform
//!   value: ip-prefix
//! # after
//! - property: transform
//!   value: partial
//! ```
//!
//! ## How to fix
//! Have the privacy office compare the two.

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "transform-changed",
    since: "0.1.0",
    category: Category::Protection,
    severities: &[
        (Consumer, Warning),
        (Producer, Warning),
        (Governance, Warning),
    ],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx.changes() {
        let Some((before, Some(after))) = custom_change(fact, "transform") else {
            continue;
        };
        let message = match before {
            Some(_) => format!(
                "the transform of `{}` turned from {} into {}",
                fact.path,
                quoted(before),
                quoted(Some(after))
            ),
            None => format!(
                "`{}` is now transformed by {}",
                fact.path,
                quoted(Some(after))
            ),
        };
        let help = "the values look different: tell readers";
        out.report(fact, Consumer, Warning, message.clone(), help);
        if before.is_some() {
            let help = "have the privacy office compare the two";
            out.report(fact, Governance, Warning, message, help);
        } else {
            let help = "apply the transform before the data leaves";
            out.report(fact, Producer, Warning, message, help).minor();
        }
    }
}
