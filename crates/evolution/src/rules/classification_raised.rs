//! ## What it does
//! The `classification` of an element rises, or is stated for the first time. An element without
//! a class of its own has that of its nearest container.
//!
//! ## Why it matters
//! Better guarded. Those who read by a grant for the lower class lose it.
//!
//! ## Example
//! ```yaml
//! # before
//! classification: internal
//! # after
//! classification: restricted
//! ```
//!
//! ## How to fix
//! Check the grants of those who need the element.

use super::classes;
use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "classification-raised",
    since: "0.1.0",
    category: Category::Protection,
    severities: &[(Governance, Note)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for change in classes::changes(cx) {
        let fact = change.fact;
        if let (Some(old), Some(new)) = change.ranks()
            && new > old
        {
            let message = format!(
                "the classification of `{}` rose from {} to {}",
                fact.path,
                change.label_before(),
                change.label_after()
            );
            out.report(
                fact,
                Governance,
                Note,
                message,
                "check the grants of those who need it",
            );
        }
    }
}
