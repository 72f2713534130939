//! Named types, and what a name means where it stands.

use std::collections::HashMap;

use serde_json::{Map, Value};
use zonecut_contract::{Node, Value as Tree};

use super::PRIMITIVES;

/// The named types of a schema by their full names.
#[derive(Debug, Default)]
pub(super) struct Names<'a> {
    defined: HashMap<String, Definition<'a>>,
}

/// A named type, and the namespace that it stands in.
#[derive(Debug, Clone)]
pub(super) struct Definition<'a> {
    pub(super) node: &'a Node,
    pub(super) around: String,
}

impl<'a> Names<'a> {
    pub(super) fn of(root: &'a Node) -> Self {
        let mut names = Self::default();
        names.collect(root, "");
        names
    }

    fn collect(&mut self, node: &'a Node, around: &str) {
        for branch in node.items() {
            self.collect(branch, around);
        }
        let inner = if is_named(node) {
            let full = full_name(node, around);
            let definition = Definition {
                node,
                around: around.to_owned(),
            };
            let space = namespace(&full).to_owned();
            self.defined.entry(full).or_insert(definition);
            space
        } else {
            around.to_owned()
        };
        for key in ["type", "items", "values"] {
            if let Some(part) = node.get(key) {
                self.collect(part, &inner);
            }
        }
        for field in node.get("fields").map_or(&[][..], Node::items) {
            if let Some(kind) = field.get("type") {
                self.collect(kind, &inner);
            }
        }
    }

    /// The definition that a word means in a namespace; nothing for a primitive type.
    pub(super) fn find(&self, word: &str, around: &str) -> Option<(String, &Definition<'a>)> {
        let full = meaning(word, around);
        let definition = self.defined.get(&full)?;
        Some((full, definition))
    }

    /// A type in JSON with every name in full, so that it means the same anywhere.
    pub(super) fn written(&self, node: &Node, around: &str) -> Value {
        match &node.value {
            Tree::String(word) => meaning(word, around).into(),
            Tree::List(branches) => branches
                .iter()
                .map(|branch| self.written(branch, around))
                .collect(),
            Tree::Map(_) => self.attributes(node, around).into(),
            _ => node.to_json(),
        }
    }

    fn attributes(&self, node: &Node, around: &str) -> Map<String, Value> {
        let named = is_named(node);
        let full = if named {
            full_name(node, around)
        } else {
            String::new()
        };
        let inner = if named { namespace(&full) } else { around };
        let mut written = Map::new();
        for entry in node.entries() {
            let value = match entry.key.as_str() {
                "namespace" if named => continue,
                "name" if named => full.as_str().into(),
                "aliases" if named => aliases(node, inner).into(),
                "type" if is_structure(&entry.node) => entry.node.to_json(),
                "type" | "items" | "values" => self.written(&entry.node, inner),
                "fields" => {
                    let fields = entry.node.items().iter();
                    fields.map(|field| self.written(field, inner)).collect()
                }
                _ => entry.node.to_json(),
            };
            written.insert(entry.key.to_string(), value);
        }
        written
    }
}

/// Whether a type word says how a type is built, rather than naming one.
fn is_structure(word: &Node) -> bool {
    let words = ["record", "error", "enum", "fixed", "array", "map"];
    word.as_str().is_some_and(|word| words.contains(&word))
}

/// The full names that a type had before.
pub(super) fn aliases(node: &Node, inner: &str) -> Vec<String> {
    let list = node.get("aliases").map_or(&[][..], Node::items);
    list.iter()
        .filter_map(Node::as_str)
        .map(|alias| meaning(alias, inner))
        .collect()
}

/// Whether this is the definition of a named type.
pub(super) fn is_named(node: &Node) -> bool {
    let kind = node.get("type").and_then(Node::as_str);
    matches!(kind, Some("record" | "error" | "enum" | "fixed")) && node.get("name").is_some()
}

/// The full name of a definition that stands in a namespace.
pub(super) fn full_name(node: &Node, around: &str) -> String {
    let text = |key| node.get(key).and_then(Node::as_str);
    let name = text("name").unwrap_or_default();
    qualified(name, text("namespace").unwrap_or(around))
}

/// What a word means in a namespace.
fn meaning(word: &str, around: &str) -> String {
    if PRIMITIVES.contains(&word) {
        word.to_owned()
    } else {
        qualified(word, around)
    }
}

fn qualified(name: &str, around: &str) -> String {
    if name.contains('.') || around.is_empty() {
        name.trim_start_matches('.').to_owned()
    } else {
        format!("{around}.{name}")
    }
}

/// The namespace of a full name.
pub(super) fn namespace(full: &str) -> &str {
    full.rsplit_once('.').map_or("", |(space, _)| space)
}

/// A full name without its namespace.
pub(super) fn short(full: &str) -> &str {
    full.rsplit('.').next().unwrap_or(full)
}
