//! What the keys of the standards mean on a bare node, for those who walk the tree: it has what the
//! typed view leaves out.

use crate::node::Node;

impl Node {
    /// The value of a custom property of an element.
    #[must_use]
    pub fn custom(&self, property: &str) -> Option<&Node> {
        self.custom_property(property)?.get("value")
    }

    /// A custom property of an element as it is stated, with a value or without one.
    #[must_use]
    pub fn custom_property(&self, property: &str) -> Option<&Node> {
        let stated = self.get("customProperties")?.items();
        let named = |item: &&Node| item.get("property").and_then(Node::as_str) == Some(property);
        stated.iter().find(named)
    }

    /// What is directly inside an element of the schema.
    pub fn parts(&self) -> impl Iterator<Item = &Node> {
        let properties = self.get("properties").map_or(&[][..], Node::items);
        let map = self.get("map");
        let single = [
            self.get("items"),
            map.and_then(|map| map.get("key")),
            map.and_then(|map| map.get("value")),
        ];
        properties.iter().chain(single.into_iter().flatten())
    }
}
