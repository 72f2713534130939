//! What elements have from their containers where they say nothing themselves, and what is inside of them.

use std::collections::HashMap;

use zonecut_contract::{Contract, Node};

/// Something in force for each element; elements without it are left out.
pub(super) struct Inherited<'a>(HashMap<*const Node, &'a Node>);

impl<'a> Inherited<'a> {
    /// What `own` finds at each element, else at its nearest container.
    pub(super) fn of(
        contract: Option<&'a Contract>,
        own: fn(&'a Node) -> Option<&'a Node>,
    ) -> Self {
        let mut found = HashMap::new();
        for object in contract.map_or(&[][..], objects) {
            visit(object, None, own, &mut found);
        }
        Self(found)
    }

    /// What is in force for an element.
    pub(super) fn get(&self, element: Option<&Node>) -> Option<&'a Node> {
        self.0.get(&std::ptr::from_ref(element?)).copied()
    }
}

fn visit<'a>(
    element: &'a Node,
    inherited: Option<&'a Node>,
    own: fn(&'a Node) -> Option<&'a Node>,
    found: &mut HashMap<*const Node, &'a Node>,
) {
    let value = own(element).or(inherited);
    found.extend(value.map(|value| (std::ptr::from_ref(element), value)));
    for part in element.parts() {
        visit(part, value, own, found);
    }
}

/// The container of each element of a schema but its objects, which have none.
pub(super) struct Containers<'a>(HashMap<*const Node, &'a Node>);

impl<'a> Containers<'a> {
    /// Those of a contract.
    pub(super) fn of(contract: &'a Contract) -> Self {
        let mut found = HashMap::new();
        let mut open: Vec<&Node> = objects(contract).iter().collect();
        while let Some(container) = open.pop() {
            for part in container.parts() {
                found.insert(std::ptr::from_ref(part), container);
                open.push(part);
            }
        }
        Self(found)
    }

    /// An element, its container, and so on outwards.
    pub(super) fn outwards(&self, element: &'a Node) -> impl Iterator<Item = &'a Node> {
        std::iter::successors(Some(element), |inner| {
            self.0.get(&std::ptr::from_ref(*inner)).copied()
        })
    }
}

/// The objects of a contract.
pub(super) fn objects(contract: &Contract) -> &[Node] {
    let schema = contract.root().get("schema");
    schema.map_or(&[][..], Node::items)
}

/// What is inside of an element and has nothing inside of its own, each with its path from there.
pub(super) fn leaves(element: &Node) -> Vec<(String, &Node)> {
    let mut found = Vec::new();
    let mut open = vec![(String::new(), element)];
    while let Some((path, outer)) = open.pop() {
        let before = open.len();
        for (index, part) in outer.parts().enumerate() {
            let name = part.get("name").and_then(Node::as_str);
            let name = name.map_or_else(|| index.to_string(), str::to_owned);
            open.push((format!("{path}.{name}"), part));
        }
        let is_leaf = open.len() == before;
        if is_leaf && !std::ptr::eq(outer, element) {
            found.push((path, outer));
        }
    }
    found
}
