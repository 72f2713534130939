//! ## What it does
//! An object or a property is marked `deprecated` (ODCS 3.2), or gets a `sunset`. A sunset
//! that is nearer than the contract's `noticePeriod`, counted from the day of the comparison (`--now`), is
//! breaking, and so is one that is over on that day whatever the notice.
//!
//! ## Why it matters
//! It still works, and readers should begin to move. They need the time that they were promised; a day
//! that has come leaves them none, and is a removal under another name.
//!
//! ## Example
//! ```yaml
//! # before
//! - name: qname
//! # after
//! - name: qname
//!   customProperties:
//!     - property: sunset
//!       value: 2027-06-30
//! ```
//!
//! ## How to fix
//! Tell consumers what replaces it, and leave them the notice period.

use std::cmp::Ordering;

use super::prelude::*;
use super::sunsets::day;
use crate::quantity::{self, Quantity};

pub(super) const RULE: Rule = Rule {
    name: "deprecation-announced",
    since: "0.1.0",
    category: Category::Structure,
    severities: &[(Consumer, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    let notice = cx
        .before
        .and_then(|before| before.root().custom("noticePeriod"));
    for fact in cx.changes() {
        let marked = (fact.alters(SubjectKind::Property, "deprecated")
            || fact.alters(SubjectKind::Object, "deprecated"))
            && fact.after.and_then(Node::as_bool) == Some(true);
        let sunset = announced(fact);
        if sunset.is_some_and(|sunset| is_over(cx, sunset)) {
            let message = format!(
                "`{}` is announced to end on {}, which is over",
                fact.path,
                quoted(sunset)
            );
            let help =
                "announce a later day, or publish a major version: this leaves readers no time";
            out.report(fact, Consumer, Breaking, message, help);
        } else if let (Some(sunset), Some(notice)) = (sunset, notice)
            && is_too_soon(cx, sunset, notice)
        {
            let message = format!(
                "`{}` is announced to end on {}, sooner than the notice period of {}",
                fact.path,
                quoted(Some(sunset)),
                quoted(Some(notice))
            );
            let help = "announce a later day: readers were promised this much time";
            out.report(fact, Consumer, Breaking, message, help);
        } else if marked || sunset.is_some() {
            let message = format!("`{}` is announced to end", fact.path);
            let help = "tell consumers what replaces it, and by when";
            out.report(fact, Consumer, Warning, message, help);
        }
    }
}

/// The sunset that is new: there was none, or none that is a day.
fn announced<'a>(fact: &Fact<'a>) -> Option<&'a Node> {
    match custom_change(fact, "sunset")? {
        (Some(before), _) if day(before).is_some() => None,
        (_, after) => after,
    }
}

/// Whether what ends on that day may be removed at once.
fn is_over(cx: &Comparison<'_>, sunset: &Node) -> bool {
    let now = quantity::instant(&cx.now.to_rfc3339());
    let order = day(sunset)
        .zip(now)
        .and_then(|(day, now)| day.compare(&now));
    order.is_some_and(Ordering::is_le)
}

/// Whether a day lies nearer than the notice that was promised.
fn is_too_soon(cx: &Comparison<'_>, sunset: &Node, notice: &Node) -> bool {
    let length = notice.as_str().and_then(quantity::iso_duration);
    match (day(sunset), length) {
        (Some(Quantity::Instant(day)), Some(Quantity::Duration(length))) => {
            // The day of the announcement counts whole.
            let today = quantity::instant(&cx.now.date_naive().to_string());
            matches!(today, Some(Quantity::Instant(today)) if day < today + length)
        }
        _ => false,
    }
}
