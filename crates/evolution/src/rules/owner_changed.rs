//! ## What it does
//! Someone with the role of owner joins or leaves the team.
//!
//! ## Why it matters
//! Consumers should know whom to ask.
//!
//! ## Example
//! ```yaml
//! # before
//! team:
//!   - username: ana
//!     role: Owner
//! # after
//! team:
//!   - username: rui
//!     role: Owner
//! ```
//!
//! ## How to fix
//! Nothing.

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "owner-changed",
    since: "0.1.0",
    category: Category::Terms,
    severities: &[(Consumer, Note)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx
        .changes()
        .filter(|fact| fact.subject.kind == SubjectKind::Member)
    {
        let owns = |node: Option<&Node>| {
            node.and_then(|node| node.get("role"))
                .and_then(Node::as_str)
                .is_some_and(|role| role.to_lowercase().contains("owner"))
        };
        if owns(fact.subject.before) || owns(fact.subject.after) {
            out.report(
                fact,
                Consumer,
                Note,
                turned(fact),
                "nothing to do: information",
            );
        }
    }
}
