//! What elements have from their containers where they say nothing themselves.

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
        let schema = contract.and_then(|contract| contract.root().get("schema"));
        for object in schema.map_or(&[][..], Node::items) {
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
