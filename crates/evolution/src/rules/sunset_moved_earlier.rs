//! ## What it does
//! A `sunset` moves to an earlier day.
//!
//! ## Why it matters
//! Readers planned their move by the day that was promised.
//!
//! ## Example
//! ```yaml
//! # before
//! - property: sunset
//!   value: 2027-06-30
//! # after
//! - property: sunset
//!   value: 2027-01-31
//! ```
//!
//! ## How to fix
//! Keep the day, or move it later.

use std::cmp::Ordering;

use super::prelude::*;
use crate::quantity;

pub(super) const RULE: Rule = Rule {
    name: "sunset-moved-earlier",
    since: "0.1.0",
    category: Category::Lifecycle,
    severities: &[(Consumer, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx.changes() {
        let Some((Some(before), Some(after))) = custom_change(fact, "sunset") else {
            continue;
        };
        let day = |node: &Node| node.as_str().and_then(quantity::instant);
        let severity = match (day(before), day(after)) {
            (Some(old), Some(new)) if old.compare(&new) == Some(Ordering::Greater) => Breaking,
            (Some(_), Some(_)) => Note,
            _ => Warning,
        };
        let message = format!(
            "the sunset of `{}` moved from {} to {}",
            fact.path,
            quoted(Some(before)),
            quoted(Some(after))
        );
        out.report(
            fact,
            Consumer,
            severity,
            message,
            "keep the day that was promised, or a later one",
        );
    }
}
