//! ## What it does
//! A tag goes, and no container has it that the element would inherit it from, nor has everything inside
//! of the element got it instead. Breaking where it marks personal data (`pii`, `personal`, `personal-data`,
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

use std::cell::OnceCell;

use super::inherited::{self, Containers};
use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "tag-removed",
    since: "0.1.0",
    category: Category::Protection,
    severities: &[(Governance, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    let containers = OnceCell::new();
    for fact in cx.changes() {
        if fact.kind != FactKind::Removed
            || fact.field() != "tags"
            || is_in_force(fact, cx, &containers)
        {
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

/// Whether the tag holds still for all that it held for: tags hold for everything inside.
fn is_in_force<'a>(
    fact: &Fact<'a>,
    cx: &Comparison<'a>,
    containers: &OnceCell<Containers<'a>>,
) -> bool {
    let (Some(tag), Some(element), Some(contract)) = (
        fact.before.and_then(Node::as_str),
        fact.subject.after,
        cx.after,
    ) else {
        return false;
    };
    let has = |element: &Node| has_tag(element, tag);
    let is_whole = match fact.subject.kind {
        SubjectKind::Contract => true,
        SubjectKind::Object | SubjectKind::Property => false,
        _ => return has(element),
    };
    if has(contract.root()) {
        return true;
    }
    let containers = containers.get_or_init(|| Containers::of(contract));
    let carries = |element| containers.outwards(element).any(has);
    if is_whole {
        let objects = inherited::objects(contract);
        return !objects.is_empty()
            && objects
                .iter()
                .all(|it| carries(it) || is_inside(it, carries));
    }
    carries(element) || is_inside(element, carries)
}

/// Whether something holds for all that is inside of an element, where anything is.
fn is_inside<'a>(element: &'a Node, holds: impl Fn(&'a Node) -> bool) -> bool {
    let leaves = inherited::leaves(element);
    !leaves.is_empty() && leaves.into_iter().all(|(_, leaf)| holds(leaf))
}

/// Whether an element has a tag of its own, in whatever case.
fn has_tag(element: &Node, tag: &str) -> bool {
    let tags = element.get("tags").map_or(&[][..], Node::items);
    let mut tags = tags.iter().filter_map(Node::as_str);
    tags.any(|other| other.eq_ignore_ascii_case(tag))
}
