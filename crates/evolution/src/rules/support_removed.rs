//! ## What it does
//! A support channel is withdrawn.
//!
//! ## Why it matters
//! Consumers ask there when something is wrong.
//!
//! ## Example
//! ```yaml
//! # before
//! support:
//!   - channel: resolvers-help
//! # after
//! support: []
//! ```
//!
//! ## How to fix
//! Name the channel that replaces it.

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "support-removed",
    since: "0.1.0",
    category: Category::Terms,
    severities: &[(Consumer, Warning)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx
        .changes()
        .filter(|fact| fact.removes(SubjectKind::Support))
    {
        let message = format!("support channel `{}` was removed", fact.path);
        out.report(
            fact,
            Consumer,
            Warning,
            message,
            "name the channel that replaces it",
        );
    }
}
