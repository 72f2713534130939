//! ## What it does
//! The `domain` or the `tenant` of the contract changes.
//!
//! ## Why it matters
//! Another team's roles and policies hold from now on.
//!
//! ## Example
//! ```yaml
//! # before
//! domain: resolvers
//! # after
//! domain: edge
//! ```
//!
//! ## How to fix
//! Have both domains agree, and move the policies with the contract.

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "domain-changed",
    since: "0.1.0",
    category: Category::Lifecycle,
    severities: &[(Governance, Warning)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx.changes() {
        if fact.alters(SubjectKind::Contract, "domain")
            || fact.alters(SubjectKind::Contract, "tenant")
        {
            out.report(
                fact,
                Governance,
                Warning,
                turned(fact),
                "other roles and policies hold from now on: have both sides agree",
            );
        }
    }
}
