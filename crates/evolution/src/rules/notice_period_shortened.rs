//! ## What it does
//! The `noticePeriod` gets shorter, or is withdrawn.
//!
//! ## Why it matters
//! It promises how long readers are warned before a breaking change.
//!
//! ## Example
//! ```yaml
//! # before
//! - property: noticePeriod
//!   value: P90D
//! # after
//! - property: noticePeriod
//!   value: P30D
//! ```
//!
//! ## How to fix
//! Keep the notice period, or lengthen it.

use std::cmp::Ordering;

use super::prelude::*;
use crate::quantity;

pub(super) const RULE: Rule = Rule {
    name: "notice-period-shortened",
    since: "0.1.0",
    category: Category::Lifecycle,
    severities: &[(Consumer, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx.changes() {
        let Some((before, after)) = custom_change(fact, "noticePeriod") else {
            continue;
        };
        let length =
            |node: Option<&Node>| node.and_then(Node::as_str).and_then(quantity::iso_duration);
        let severity = match (length(before), length(after)) {
            (Some(old), Some(new)) if old.compare(&new) == Some(Ordering::Less) => Note,
            (None, Some(_)) => Note,
            _ => Breaking,
        };
        let message = format!(
            "the notice period turned from {} into {}",
            quoted(before),
            quoted(after)
        );
        out.report(
            fact,
            Consumer,
            severity,
            message,
            "keep the notice that readers were promised",
        );
    }
}
