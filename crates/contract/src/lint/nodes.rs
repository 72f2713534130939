//! The elements of the schema as nodes, for rules that point at a key of one.

use crate::model::Contract;
use crate::node::Node;

/// Each object with everything inside it, and the path of each in the contract. The object is first.
pub(super) fn objects(contract: &Contract) -> Vec<Vec<(String, &Node)>> {
    let objects = contract.root().get("schema").map(Node::items);
    let within = |object| {
        let mut found = Vec::new();
        collect(object, name(object), &mut found);
        found
    };
    objects.unwrap_or_default().iter().map(within).collect()
}

/// A text of an element, and where it stands.
pub(super) fn text<'a>(element: &'a Node, key: &str) -> Option<(&'a str, &'a Node)> {
    let node = element.get(key)?;
    Some((node.as_str()?, node))
}

/// The quality rules of an element, each with its path: `queries.quality[no-gaps]`.
pub(super) fn rules<'a>(path: &str, element: &'a Node) -> Vec<(String, &'a Node)> {
    let rules = element.get("quality").map(Node::items).unwrap_or_default();
    let called = rules.iter().enumerate().map(|(index, rule)| {
        let name = text(rule, "id").or_else(|| text(rule, "name"));
        let name = name.map_or_else(|| index.to_string(), |(name, _)| name.to_owned());
        (format!("{path}.quality[{name}]"), rule)
    });
    called.collect()
}

fn name(element: &Node) -> &str {
    text(element, "name").map_or("", |(name, _)| name)
}

fn collect<'a>(element: &'a Node, path: &str, found: &mut Vec<(String, &'a Node)>) {
    let map = element.get("map");
    let inner = [
        ("[]", element.get("items")),
        ("{key}", map.and_then(|map| map.get("key"))),
        ("{value}", map.and_then(|map| map.get("value"))),
    ];
    found.push((path.to_owned(), element));
    let properties = element.get("properties").map(Node::items);
    for property in properties.unwrap_or_default() {
        collect(property, &format!("{path}.{}", name(property)), found);
    }
    for (mark, inner) in inner {
        if let Some(inner) = inner {
            collect(inner, &format!("{path}{mark}"), found);
        }
    }
}
