//! ## What it does
//! Reports every difference that no other rule speaks about, so that none is lost.
//!
//! ## Why it matters
//! Two documents that differ are two versions: a patch at least.
//!
//! ## Example
//! ```yaml
//! # before
//! name: Queries
//! # after
//! name: Recursive queries
//! ```
//!
//! ## How to fix
//! Nothing.

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "document-changed",
    since: "0.1.0",
    category: Category::Lifecycle,
    severities: &[(Consumer, Note)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx.changes() {
        // The version is the price of a change, not a change.
        if !out.is_claimed(fact) && fact.path != "version" {
            out.report(
                fact,
                Consumer,
                Note,
                turned(fact),
                "nothing to do: nobody is known to rely on it",
            );
        }
    }
}
