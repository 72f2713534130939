//! ## What it does
//! The `noticePeriod` gets longer, or is promised for the first time.
//!
//! ## Why it matters
//! Readers are warned earlier. It is a stronger promise, so the version moves by a minor step.
//!
//! ## Example
//! ```yaml
//! # before
//! - property: noticePeriod
//!   value: P30D
//! # after
//! - property: noticePeriod
//!   value: P90D
//! ```
//!
//! ## How to fix
//! Nothing, beyond the minor version.

use std::cmp::Ordering;

use super::prelude::*;
use crate::quantity;

pub(super) const RULE: Rule = Rule {
    name: "notice-period-lengthened",
    since: "0.1.0",
    category: Category::Lifecycle,
    severities: &[(Consumer, Note)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for (fact, message) in notice_changes(cx, true) {
        let help = "nothing to do for readers: they are warned earlier";
        out.report(fact, Consumer, Note, message, help).minor();
    }
}

/// The changes of the notice period that promise readers more notice, or those that do not, in words.
pub(super) fn notice_changes<'a>(
    cx: &Comparison<'a>,
    more: bool,
) -> impl Iterator<Item = (&'a Fact<'a>, String)> {
    cx.changes().filter_map(move |fact| {
        let (before, after) = custom_change(fact, "noticePeriod")?;
        let (old, new) = (quoted(before), quoted(after));
        (lengthened(before, after) == more).then(|| {
            (
                fact,
                format!("the notice period turned from {old} into {new}"),
            )
        })
    })
}

fn lengthened(before: Option<&Node>, after: Option<&Node>) -> bool {
    let length = |node: Option<&Node>| node.and_then(Node::as_str).and_then(quantity::iso_duration);
    match (length(before), length(after)) {
        (Some(old), Some(new)) => new.compare(&old) == Some(Ordering::Greater),
        (None, Some(_)) => true,
        _ => false,
    }
}
