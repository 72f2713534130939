//! The values that a writer may write: all that several schemas let pass together.

use zonecut_contract::{Node, Value};

use super::kinds::{self, Kinds};

/// A schema, and the document whose definitions its references mean.
#[derive(Debug, Clone, Copy)]
pub(super) struct At<'a> {
    pub(super) node: &'a Node,
    root: &'a Node,
}

impl<'a> At<'a> {
    pub(super) fn root(root: &'a Node) -> Self {
        Self { node: root, root }
    }

    /// A schema that stands in the same document.
    pub(super) fn at(self, node: &'a Node) -> Self {
        Self { node, ..self }
    }

    pub(super) fn get(self, key: &str) -> Option<&'a Node> {
        self.node.get(key)
    }

    /// The schemas in the list under a key.
    pub(super) fn list(self, key: &str) -> impl Iterator<Item = Self> {
        let items = self.node.get(key).map_or(&[][..], Node::items);
        items.iter().map(move |node| self.at(node))
    }

    /// What a reference means; nothing when it leads out of the document.
    pub(super) fn resolve(self, reference: &Node) -> Option<Self> {
        let name = reference.as_str()?.strip_prefix("#/$defs/")?;
        self.root.get("$defs")?.get(name).map(|node| self.at(node))
    }

    /// Its identity during one walk.
    pub(super) fn address(self) -> usize {
        std::ptr::from_ref(self.node).addr()
    }
}

/// Values that satisfy every part.
#[derive(Debug, Clone)]
pub(super) struct Values<'a> {
    pub(super) parts: Vec<At<'a>>,
    /// The kinds that are looked at.
    pub(super) only: Kinds,
    /// Whether a branch of a `oneOf` was taken, so that no other branch holds.
    pub(super) chosen: bool,
    /// The choices already taken apart.
    taken: Vec<usize>,
}

impl<'a> Values<'a> {
    pub(super) fn of(schema: At<'a>) -> Self {
        Self::all([schema])
    }

    /// Values that satisfy all of these.
    pub(super) fn all(schemas: impl IntoIterator<Item = At<'a>>) -> Self {
        let mut values = Self {
            parts: Vec::new(),
            only: Kinds::ALL,
            chosen: false,
            taken: Vec::new(),
        };
        for schema in schemas {
            values.add(schema);
        }
        values
    }

    /// The same values as far as they also satisfy these.
    pub(super) fn with(&self, schemas: impl IntoIterator<Item = At<'a>>) -> Self {
        let mut values = self.clone();
        for schema in schemas {
            values.add(schema);
        }
        values
    }

    /// The values of one kind among these.
    pub(super) fn of_kind(&self, kind: Kinds) -> Self {
        Self {
            only: kind,
            ..self.clone()
        }
    }

    fn add(&mut self, schema: At<'a>) {
        if self
            .parts
            .iter()
            .any(|part| part.address() == schema.address())
        {
            return;
        }
        self.parts.push(schema);
        for part in schema.list("allOf") {
            self.add(part);
        }
        if let Some(meant) = schema.get("$ref").and_then(|name| schema.resolve(name)) {
            self.add(meant);
        }
    }

    /// What the parts say under a key.
    pub(super) fn each(&self, key: &'a str) -> impl Iterator<Item = &'a Node> {
        self.parts.iter().filter_map(move |part| part.get(key))
    }

    /// The schemas that the parts have under a key.
    pub(super) fn schemas(&self, key: &'a str) -> impl Iterator<Item = At<'a>> {
        self.parts
            .iter()
            .filter_map(move |part| part.get(key).map(|node| part.at(node)))
    }

    /// The closed lists, each of which holds every value.
    pub(super) fn lists(&self) -> impl Iterator<Item = &'a [Node]> {
        let one = self.each("const").map(std::slice::from_ref);
        self.each("enum").map(Node::items).chain(one)
    }

    /// The kinds that the values may have.
    pub(super) fn kinds(&self) -> Kinds {
        let stated = self
            .each("type")
            .map(Kinds::named)
            .fold(self.only, Kinds::and);
        // A list that contradicts the type is a mistake of its own, not an empty set.
        self.lists()
            .map(|list| list.iter().map(Kinds::of).fold(Kinds::NONE, Kinds::or))
            .fold(stated, |kinds, listed| match kinds.and(listed) {
                Kinds::NONE => kinds,
                both => both,
            })
    }

    /// Whether numbers among them are whole.
    pub(super) fn is_integral(&self) -> bool {
        self.each("type").any(kinds::is_integral)
    }

    /// Whether nothing can be among them.
    pub(super) fn is_never(&self) -> bool {
        let impossible = |part: &At<'_>| match &part.node.value {
            Value::Bool(truth) => !truth,
            _ => part.get("not").is_some_and(is_everything),
        };
        self.parts.iter().any(impossible)
            || self.lists().any(<[Node]>::is_empty)
            || self.kinds().is_empty()
    }

    /// The values as several sets that together hold them all, by a choice or by kinds named.
    pub(super) fn split(&self) -> Option<Vec<Self>> {
        for part in &self.parts {
            for key in ["oneOf", "anyOf"] {
                let Some(choice) = part.get(key) else {
                    continue;
                };
                let address = std::ptr::from_ref(choice).addr();
                if !self.taken.contains(&address) {
                    return Some(self.branches(*part, choice, address, key == "oneOf"));
                }
            }
        }
        let kinds = self.kinds();
        let stated = self.each("type").next().is_some() && kinds.each().count() > 1;
        stated.then(|| kinds.each().map(|kind| self.of_kind(kind)).collect())
    }

    fn branches(&self, part: At<'a>, choice: &'a Node, address: usize, one: bool) -> Vec<Self> {
        let branch = |node| {
            let mut values = self.with([part.at(node)]);
            values.chosen = one;
            values.taken.push(address);
            values
        };
        choice.items().iter().map(branch).collect()
    }

    /// Their identity during one walk.
    pub(super) fn address(&self) -> (Vec<usize>, Kinds, bool) {
        let parts = self.parts.iter().map(|part| part.address());
        (parts.collect(), self.only, self.chosen)
    }
}

/// Whether a schema lets everything pass.
pub(super) fn is_everything(schema: &Node) -> bool {
    match &schema.value {
        Value::Bool(truth) => *truth,
        _ => schema.entries().is_empty(),
    }
}
