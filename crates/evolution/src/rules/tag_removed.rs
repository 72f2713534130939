//! ## What it does
//! A tag goes. Breaking where it marks personal data (`pii`, `personal`, `personal-data`,
//! `sensitive`, `gdpr`, or what the repository [says instead](../configuration.md#classification)) or
//! guarded data carries it; else a warning.
//!
//! ## Why it matters
//! Policies that select by the tag stop matching, so masks and denies no longer fall on what it
//! marked.
//!
//! ## Example
//! ```yaml
//! # before
//! tags: [pii]
//! # after
//! tags: []
//! ```
//!
//! ## How to fix
//! Keep the tag, or move the policies first and have the privacy office approve.

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "tag-removed",
    since: "0.1.0",
    category: Category::Protection,
    severities: &[(Governance, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx.changes() {
        if fact.kind != FactKind::Removed || fact.field() != "tags" || is_still_there(fact) {
            continue;
        }
        let personal = fact
            .before
            .and_then(Node::as_str)
            .is_some_and(|tag| cx.classification.is_personal_tag(tag));
        let guarded = fact
            .subject
            .before
            .and_then(|node| node.get("classification"))
            .is_some_and(|class| cx.classification.is_guarded(class.as_str()));
        let severity = if personal || guarded {
            Breaking
        } else {
            Warning
        };
        let message = format!("`{}` lost its tag {}", fact.path, quoted(fact.before));
        out.report(
            fact,
            Governance,
            severity,
            message,
            "policies that select by the tag stop matching: keep it, or move them first",
        );
    }
}

/// Whether the element has the tag once more, in whatever case.
fn is_still_there(fact: &Fact<'_>) -> bool {
    let tag = fact.before.and_then(Node::as_str).unwrap_or_default();
    let tags = fact.subject.after.and_then(|owner| owner.get("tags"));
    let mut tags = tags.map_or(&[][..], Node::items).iter();
    tags.any(|other| {
        other
            .as_str()
            .is_some_and(|other| other.eq_ignore_ascii_case(tag))
    })
}
