//! ## What it does
//! The custom property `compatibility` changes.
//!
//! ## Why it matters
//! It promises which versions can be read together; later changes are judged by it.
//!
//! ## Example
//! ```yaml
//! # before
//! - property: compatibility
//!   value: full
//! # after
//! - property: compatibility
//!   value: forward
//! ```
//!
//! ## How to fix
//! Keep the mode, or tell consumers.

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "compatibility-changed",
    since: "0.1.0",
    category: Category::Lifecycle,
    severities: &[(Consumer, Warning)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx.changes() {
        let Some((before, after)) = custom_change(fact, "compatibility") else {
            continue;
        };
        let severity = if before.is_some() { Warning } else { Note };
        let message = format!(
            "the compatibility mode turned from {} into {}",
            quoted(before),
            quoted(after)
        );
        out.report(
            fact,
            Consumer,
            severity,
            message,
            "keep the mode that consumers were promised",
        );
    }
}
