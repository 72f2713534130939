//! ## What it does
//! The `classification` of an element falls, or is withdrawn: absent < `public` < `internal` <
//! `confidential` < `restricted`, or as the repository [orders its own](../configuration.md#classification). An element without a class of its own has that of its nearest
//! container, and is lowered with it; a container is not, where all that is inside of it keeps its class.
//!
//! ## Why it matters
//! Grants for the lower class now reach the element: data that was guarded becomes visible.
//!
//! ## Example
//! ```yaml
//! # before
//! classification: restricted
//! # after
//! classification: public
//! ```
//!
//! ## How to fix
//! Keep the class, or have the privacy office approve the change.

use super::classes;
use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "classification-lowered",
    since: "0.1.0",
    category: Category::Protection,
    severities: &[(Governance, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for change in classes::changes(cx) {
        let fact = change.fact;
        if let (Some(old), Some(new)) = change.ranks()
            && new < old
        {
            let message = format!(
                "the classification of `{}` fell from {} to {}",
                fact.path,
                change.label_before(),
                change.label_after()
            );
            out.report(
                fact,
                Governance,
                Breaking,
                message,
                "keep the class, or have the privacy office approve the change",
            );
        }
    }
}
