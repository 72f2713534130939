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

use super::notice_period_lengthened::lengthened;
use super::prelude::*;

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
        if lengthened(before, after) {
            continue;
        }
        let message = format!(
            "the notice period turned from {} into {}",
            quoted(before),
            quoted(after)
        );
        out.report(
            fact,
            Consumer,
            Breaking,
            message,
            "keep the notice that readers were promised",
        );
    }
}
