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

use super::notice_period_lengthened::notice_changes;
use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "notice-period-shortened",
    since: "0.1.0",
    category: Category::Lifecycle,
    severities: &[(Consumer, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for (fact, message) in notice_changes(cx, false) {
        let help = "keep the notice that readers were promised";
        out.report(fact, Consumer, Breaking, message, help);
    }
}
