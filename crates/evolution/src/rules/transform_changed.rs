//! ## What it does
//! The custom property `transform` of an element turns into another mask.
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
    severities: &[(Governance, Warning), (Consumer, Warning)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx.changes() {
        if let Some((Some(before), Some(after))) = custom_change(fact, "transform") {
            let message = format!(
                "the transform of `{}` turned from {} into {}",
                fact.path,
                quoted(Some(before)),
                quoted(Some(after))
            );
            out.report(
                fact,
                Governance,
                Warning,
                message.clone(),
                "have the privacy office compare the two",
            );
            out.report(
                fact,
                Consumer,
                Warning,
                message,
                "the values look different: tell readers",
            );
        }
    }
}
