//! ## What it does
//! An object or a property is marked `deprecated` (ODCS 3.2), or gets a `sunset`. A sunset
//! that is nearer than the contract's `noticePeriod`, counted from the day of the comparison (`--now`), is
//! breaking.
//!
//! ## Why it matters
//! It still works, and readers should begin to move. They need the time that they were promised.
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

use super::prelude::*;
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
        let sunset = match custom_change(fact, "sunset") {
            Some((None, Some(sunset))) => Some(sunset),
            _ => None,
        };
        if let (Some(sunset), Some(notice)) = (sunset, notice)
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

/// Whether a day lies nearer than the notice that was promised.
fn is_too_soon(cx: &Comparison<'_>, sunset: &Node, notice: &Node) -> bool {
    let day = sunset.as_str().and_then(quantity::instant);
    let length = notice.as_str().and_then(quantity::iso_duration);
    match (day, length) {
        (Some(Quantity::Instant(day)), Some(Quantity::Duration(length))) => {
            // The day of the announcement counts whole.
            let today = quantity::instant(&cx.now.date_naive().to_string());
            matches!(today, Some(Quantity::Instant(today)) if day < today + length)
        }
        _ => false,
    }
}
