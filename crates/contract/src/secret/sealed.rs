//! Secrets of a tree, sealed when it is read: whoever has the tree can compare and hash them, and
//! has nothing to show but [`HIDDEN`].

use std::fmt;

use zonecut_diagnostics::HIDDEN;

use super::{Secret, find, name::Meaning};
use crate::node::{Entry, Node, Text, Value};

/// A value that is a secret.
#[derive(Clone)]
pub struct Sealed {
    value: Box<Value>,
    kind: Secret,
}

impl Sealed {
    /// What it is, after "holds".
    #[must_use]
    pub const fn word(&self) -> &'static str {
        self.kind.word()
    }

    /// Whether `value` is what was sealed.
    #[must_use]
    pub fn is(&self, value: &Value) -> bool {
        match (&*self.value, value.unsealed()) {
            (Value::String(one), Value::String(other)) => one == other,
            (Value::Number(one), Value::Number(other)) => one == other,
            _ => false,
        }
    }

    /// What was sealed, for what only compares or hashes.
    pub(crate) fn value(&self) -> &Value {
        &self.value
    }
}

/// The text of a key that is a secret.
#[derive(Clone)]
pub(crate) struct SealedKey(Box<Text>);

impl SealedKey {
    /// What was sealed, for what only compares or hashes.
    pub(crate) fn text(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SealedKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(HIDDEN)
    }
}

impl PartialEq for Sealed {
    fn eq(&self, other: &Self) -> bool {
        self.is(&other.value)
    }
}

impl fmt::Debug for Sealed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(HIDDEN)
    }
}

/// Seals a text that is a secret whatever it is called; whether it did.
pub(crate) fn seal_text(value: &mut Value) -> bool {
    let found = match value {
        Value::String(text) => find(text),
        _ => None,
    };
    found.is_some_and(|kind| seal(value, kind))
}

/// Seals what stands under the name of a credential, one or a list of them; whether there is any.
pub(crate) fn seal_named(name: &str, value: &mut Value) -> bool {
    Meaning::of(name).is_some_and(|meaning| seal_meant(meaning, value))
}

fn seal_meant(meaning: Meaning, value: &mut Value) -> bool {
    match value {
        Value::String(text) => meaning.is_kept_by(text) && seal(value, Secret::Named),
        Value::Number(number) => {
            meaning == Meaning::Sure
                && meaning.is_kept_by(&number.to_string())
                && seal(value, Secret::Named)
        }
        Value::List(items) => {
            let sealed = items
                .iter_mut()
                .map(|item| seal_meant(meaning, &mut item.value));
            sealed.fold(false, |any, sealed| any | sealed)
        }
        Value::Map(entries) => {
            let values = entries.iter_mut().filter(|entry| is_value(entry));
            let sealed = values.map(|entry| seal_meant(meaning, &mut entry.node.value));
            sealed.fold(false, |any, sealed| any | sealed)
        }
        Value::Secret(_) => true,
        Value::Null | Value::Bool(_) => false,
    }
}

fn seal(value: &mut Value, kind: Secret) -> bool {
    let value_itself = std::mem::replace(value, Value::Null);
    *value = Value::Secret(Sealed {
        value: Box::new(value_itself),
        kind,
    });
    true
}

/// What the entries of a mapping call their `value`: `{property: password, value: ...}`.
pub(crate) fn name_of_value(entries: &[Entry]) -> Option<String> {
    let naming = ["property", "name", "key"];
    let named = entries.iter().find(|entry| {
        let text = entry.node.as_str();
        naming.contains(&entry.key.as_str()) && text.is_some_and(|text| Meaning::of(text).is_some())
    });
    named?.node.as_str().map(str::to_owned)
}

/// Whether a key holds what its siblings name.
pub(crate) fn is_value(entry: &Entry) -> bool {
    matches!(entry.key.as_str(), "value" | "values")
}

/// Seals keys that are secrets; those of one mapping keep apart.
pub(crate) fn seal_keys(entries: &mut [Entry]) {
    let secrets = entries
        .iter_mut()
        .filter(|entry| find(&entry.key).is_some());
    for (index, entry) in secrets.enumerate() {
        let shown = match index {
            0 => Text::const_new(HIDDEN),
            _ => Text::from(format!("{HIDDEN} {}", index + 1)),
        };
        let text = std::mem::replace(&mut entry.key, shown);
        entry.sealed_key = Some(SealedKey(Box::new(text)));
    }
}

/// Seals again, elsewhere in a tree, what an alias carried there: places where each one begins.
pub(crate) fn seal_repeated(root: &mut Node, sealed: &mut dyn FnMut(&Node)) {
    let mut secrets = Vec::new();
    collect(root, &mut secrets);
    secrets.retain(|secret| secret.kind == Secret::Named);
    if !secrets.is_empty() {
        repeat(root, &secrets, sealed);
    }
}

fn collect(node: &Node, secrets: &mut Vec<Sealed>) {
    // More are a document of nothing else.
    const MOST: usize = 16;
    match &node.value {
        Value::Secret(secret) if secrets.len() < MOST && !secrets.contains(secret) => {
            secrets.push(secret.clone());
        }
        Value::List(items) => items.iter().for_each(|item| collect(item, secrets)),
        Value::Map(entries) => {
            let nodes = entries.iter().map(|entry| &entry.node);
            nodes.for_each(|node| collect(node, secrets));
        }
        _ => {}
    }
}

fn repeat(node: &mut Node, secrets: &[Sealed], sealed: &mut dyn FnMut(&Node)) {
    if !node.is_secret() && secrets.iter().any(|secret| secret.is(&node.value)) {
        sealed(node);
        seal(&mut node.value, Secret::Named);
        return;
    }
    match &mut node.value {
        Value::List(items) => items
            .iter_mut()
            .for_each(|item| repeat(item, secrets, sealed)),
        Value::Map(entries) => {
            let nodes = entries.iter_mut().map(|entry| &mut entry.node);
            nodes.for_each(|node| repeat(node, secrets, sealed));
        }
        _ => {}
    }
}
