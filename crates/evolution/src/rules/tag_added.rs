//! ## What it does
//! A tag is added.
//!
//! ## Why it matters
//! Policies that select by it begin to match.
//!
//! ## Example
//! ```yaml
//! # before
//! tags: [dns]
//! # after
//! tags: [dns, pii]
//! ```
//!
//! ## How to fix
//! Check which policies match now.

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "tag-added",
    since: "0.1.0",
    category: Category::Protection,
    severities: &[(Governance, Note)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx.changes() {
        if fact.kind == FactKind::Added && fact.field() == "tags" {
            let message = format!("`{}` gained the tag {}", fact.path, quoted(fact.after));
            out.report(
                fact,
                Governance,
                Note,
                message,
                "check which policies match now",
            );
        }
    }
}
