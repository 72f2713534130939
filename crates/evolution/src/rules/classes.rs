//! Changes of the class of an element: what it states, else what its nearest container states.

use std::collections::HashMap;

use zonecut_contract::{Classification, Node};

use super::inherited::{self, Inherited};
use super::phrase::quoted;
use crate::comparison::Comparison;
use crate::fact::{Fact, SubjectKind};

/// A fact about the class of an element, and the labels in force on both sides.
pub(crate) struct Change<'a> {
    /// What the documents state.
    pub(super) fact: &'a Fact<'a>,
    classification: &'a Classification,
    before: Option<&'a Node>,
    after: Option<&'a Node>,
}

/// The facts about the class of an element.
pub(super) fn changes<'c, 'a>(cx: &'c Comparison<'a>) -> &'c [Change<'a>] {
    cx.classes.get_or_init(|| find(cx))
}

fn find<'a>(cx: &Comparison<'a>) -> Vec<Change<'a>> {
    let facts: Vec<&Fact<'_>> = cx
        .changes()
        .filter(|fact| {
            fact.alters(SubjectKind::Property, "classification")
                || fact.alters(SubjectKind::Object, "classification")
        })
        .collect();
    if facts.is_empty() {
        return Vec::new();
    }
    let stated = |element: &'a Node| {
        element
            .get("classification")
            .filter(|label| label.as_str().is_some())
    };
    let olds = Inherited::of(cx.before, stated);
    let news = Inherited::of(cx.after, stated);
    let changes = facts.into_iter().map(|fact| Change {
        fact,
        classification: cx.classification,
        before: olds.get(fact.subject.before),
        after: news.get(fact.subject.after),
    });
    changes
        .filter(|change| !change.is_formal(&olds, &news))
        .collect()
}

impl Change<'_> {
    /// Whether a container loses its class, and all that is inside of it is guarded as well as before by
    /// classes of its own.
    fn is_formal(&self, olds: &Inherited<'_>, news: &Inherited<'_>) -> bool {
        let (Some(before), Some(after)) = (self.fact.subject.before, self.fact.subject.after)
        else {
            return false;
        };
        let rank = |label: Option<&Node>| self.classification.rank(label.and_then(Node::as_str));
        let leaves = inherited::leaves(after);
        let (Some(own), Some(new)) = self.ranks() else {
            return false;
        };
        if new >= own || leaves.is_empty() {
            return false;
        }
        let olds: HashMap<String, Option<usize>> = inherited::leaves(before)
            .into_iter()
            .map(|(path, leaf)| (path, rank(olds.get(Some(leaf)))))
            .collect();
        leaves.into_iter().all(|(path, leaf)| {
            let old = olds.get(&path).copied().unwrap_or(Some(own));
            matches!((old, rank(news.get(Some(leaf)))), (Some(old), Some(new)) if new >= old)
        })
    }

    /// The place of the old and the new label in the order.
    pub(super) fn ranks(&self) -> (Option<usize>, Option<usize>) {
        let of = |node: Option<&Node>| self.classification.rank(node.and_then(Node::as_str));
        (of(self.before), of(self.after))
    }

    /// The old label, and where it comes from.
    pub(super) fn label_before(&self) -> String {
        wording(self.before, self.fact.before)
    }

    /// The new label, and where it comes from.
    pub(super) fn label_after(&self) -> String {
        wording(self.after, self.fact.after)
    }
}

fn wording(label: Option<&Node>, stated: Option<&Node>) -> String {
    let text = quoted(label);
    if label.is_some() && stated.is_none() {
        format!("inherited {text}")
    } else {
        text
    }
}
