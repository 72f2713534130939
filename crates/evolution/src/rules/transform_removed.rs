//! ## What it does
//! The custom property `transform` of an element, the mask that is applied before the data leaves,
//! is withdrawn.
//!
//! ## Why it matters
//! The data arrives unmasked.
//!
//! ## Example
//! ```yaml
//! # before
//! - property: transform
//!   value: ip-prefix
//! # after
//! - property: semanticType
//!   value: net.client_ip
//! ```
//!
//! ## How to fix
//! Keep the transform, or have the privacy office approve the change.

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "transform-removed",
    since: "0.1.0",
    category: Category::Protection,
    severities: &[(Governance, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx.changes() {
        if let Some((Some(before), None)) = custom_change(fact, "transform") {
            let message = format!(
                "`{}` is no longer transformed by {}",
                fact.path,
                quoted(Some(before))
            );
            out.report(
                fact,
                Governance,
                Breaking,
                message,
                "keep the transform, or have the privacy office approve the change",
            );
        }
    }
}
