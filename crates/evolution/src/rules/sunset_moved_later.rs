//! ## What it does
//! A `sunset` moves to a later day, or is withdrawn.
//!
//! ## Why it matters
//! What was to end lives on; readers who have not moved yet have more time.
//!
//! ## Example
//! ```yaml
//! # before
//! - property: sunset
//!   value: 2027-01-31
//! # after
//! - property: sunset
//!   value: 2027-06-30
//! ```
//!
//! ## How to fix
//! Nothing. Tell those who plan by the earlier day.

use std::cmp::Ordering;

use super::prelude::*;
use super::sunsets;

pub(super) const RULE: Rule = Rule {
    name: "sunset-moved-later",
    since: "0.1.0",
    category: Category::Lifecycle,
    severities: &[(Consumer, Note)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx.changes() {
        let message = match custom_change(fact, "sunset") {
            Some((Some(before), Some(after)))
                if sunsets::moved(before, after) == Some(Ordering::Greater) =>
            {
                format!(
                    "the sunset of `{}` moved from {} to {}",
                    fact.path,
                    quoted(Some(before)),
                    quoted(Some(after))
                )
            }
            Some((Some(before), None)) => format!(
                "the sunset of `{}` on {} is withdrawn",
                fact.path,
                quoted(Some(before))
            ),
            _ => continue,
        };
        let help = "nothing to do for readers: it lives on";
        out.report(fact, Consumer, Note, message, help);
    }
}
