//! What rules ask of the nodes of a document.

use std::fmt;

use zonecut_dns::SemanticType;

use super::elements::Element;
use crate::node::Node;

/// A text of an element, and where it stands.
pub(super) fn text<'a>(element: &'a Node, key: &str) -> Option<(&'a str, &'a Node)> {
    let node = element.get(key)?;
    Some((node.as_str()?, node))
}

/// What an element is called.
pub(super) fn name(element: &Node) -> &str {
    text(element, "name").map_or("", |(name, _)| name)
}

/// The semantic type of an element, where the field dictionary knows it.
pub(super) fn semantic_type(element: &Node) -> Option<&'static SemanticType> {
    zonecut_dns::semantic_type(element.custom("semanticType")?.as_str()?)
}

/// A quality rule of an element, shown as its path: `queries.quality[no-gaps]`.
#[derive(Clone, Copy)]
pub(super) struct QualityRule<'a> {
    pub(super) node: &'a Node,
    element: Element<'a>,
    index: usize,
}

/// The quality rules of an element.
pub(super) fn rules(element: Element<'_>) -> impl Iterator<Item = QualityRule<'_>> {
    let rules = element.node.get("quality").map(Node::items);
    let numbered = rules.unwrap_or_default().iter().enumerate();
    numbered.map(move |(index, node)| QualityRule {
        node,
        element,
        index,
    })
}

impl fmt::Display for QualityRule<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = text(self.node, "id").or_else(|| text(self.node, "name"));
        match name {
            Some((name, _)) => write!(formatter, "{}.quality[{name}]", self.element),
            None => write!(formatter, "{}.quality[{}]", self.element, self.index),
        }
    }
}
