//! Changes of the class of an element: what it states, else what its nearest container states.

use std::collections::HashMap;

use zonecut_contract::{Contract, Node};

use super::phrase::quoted;
use crate::comparison::Comparison;
use crate::fact::{Fact, SubjectKind};
use crate::sensitivity::{parts, rank};

/// A fact about the class of an element, and the labels in force on both sides.
pub(super) struct Change<'a> {
    /// What the documents state.
    pub(super) fact: &'a Fact<'a>,
    before: Option<&'a Node>,
    after: Option<&'a Node>,
}

/// The facts about the class of an element.
pub(super) fn changes<'a>(cx: &Comparison<'a>) -> Vec<Change<'a>> {
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
    let (olds, news) = (labels(cx.before), labels(cx.after));
    let label = |labels: &HashMap<*const Node, &'a Node>, element: Option<&Node>| {
        element.and_then(|element| labels.get(&std::ptr::from_ref(element)).copied())
    };
    facts
        .into_iter()
        .map(|fact| Change {
            fact,
            before: label(&olds, fact.subject.before),
            after: label(&news, fact.subject.after),
        })
        .collect()
}

impl Change<'_> {
    /// The place of the old and the new label in the order.
    pub(super) fn ranks(&self) -> (Option<u8>, Option<u8>) {
        let of = |node: Option<&Node>| rank(node.and_then(Node::as_str));
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

/// The label in force for each element; elements without one are left out.
fn labels(contract: Option<&Contract>) -> HashMap<*const Node, &Node> {
    let mut labels = HashMap::new();
    let schema = contract.and_then(|contract| contract.root().get("schema"));
    for object in schema.map_or(&[][..], Node::items) {
        label(object, None, &mut labels);
    }
    labels
}

fn label<'a>(
    element: &'a Node,
    inherited: Option<&'a Node>,
    labels: &mut HashMap<*const Node, &'a Node>,
) {
    let own = element
        .get("classification")
        .filter(|stated| stated.as_str().is_some())
        .or(inherited);
    labels.extend(own.map(|own| (std::ptr::from_ref(element), own)));
    for part in parts(element) {
        label(part, own, labels);
    }
}
