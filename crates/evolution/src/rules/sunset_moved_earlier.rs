//! ## What it does
//! A `sunset` moves to an earlier day; a warning where the new value is no day.
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
use super::sunsets;

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
        let severity = match sunsets::moved(before, after) {
            Some(Ordering::Less) => Breaking,
            // A day that is none any more: nobody can tell.
            None if sunsets::day(before).is_some() => Warning,
            _ => continue,
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
