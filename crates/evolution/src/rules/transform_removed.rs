//! ## What it does
//! The custom property `transform` of an element, the mask that is applied before the data leaves,
//! is withdrawn, or left blank.
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
use crate::transform::is_stated;

pub(super) const RULE: Rule = Rule {
    name: "transform-removed",
    since: "0.1.0",
    category: Category::Protection,
    severities: &[(Governance, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx.changes() {
        let Some((before, after)) = custom_change(fact, "transform") else {
            continue;
        };
        let stated = |value: Option<&'a Node>| value.filter(|value| is_stated(value));
        if let (Some(before), None) = (stated(before), stated(after)) {
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
