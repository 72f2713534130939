//! A document as a tree in which every value knows its place.

use std::sync::Arc;

use zonecut_diagnostics::{HIDDEN, Span, Stretch};

use crate::secret::Sealed;
use crate::secret::sealed::SealedKey;

/// The text of a key or a value. Most are short, and stand in the tree itself rather than beside it.
pub use compact_str::CompactString as Text;

/// A document that was read: its name, its text and its tree.
#[derive(Debug, Clone)]
pub struct Document {
    /// The file as the user named it.
    pub file: Arc<str>,
    /// The text as it was read, byte for byte (it was valid UTF-8).
    pub text: Arc<str>,
    /// The tree, its secrets sealed.
    pub root: Node,
    /// Where its secrets stand, those in comments too.
    pub hidden: Arc<[Stretch]>,
}

/// A value and where it begins.
#[derive(Debug, Clone)]
pub struct Node {
    /// Where the value begins.
    pub span: Span,
    /// The value.
    pub value: Value,
}

/// A YAML 1.2 (JSON schema) value. Map entries keep the order of the document.
#[derive(Debug, Clone)]
pub enum Value {
    /// `null`, `~` or nothing.
    Null,
    /// `true` or `false`; `no` is Norway.
    Bool(bool),
    /// An integer or a decimal, exact as JSON can hold it.
    Number(serde_json::Number),
    /// Text.
    String(Text),
    /// A sequence.
    List(Vec<Node>),
    /// A mapping with distinct keys.
    Map(Vec<Entry>),
    /// A text or number that is a secret.
    Secret(Sealed),
}

/// One key of a mapping.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The key's text; what is shown in its place where it is a secret.
    pub key: Text,
    /// Where the key begins.
    pub key_span: Span,
    /// The value.
    pub node: Node,
    /// The text of a key that is a secret.
    pub(crate) sealed_key: Option<SealedKey>,
}

impl Entry {
    /// A key and its value.
    #[must_use]
    pub fn new(key: Text, key_span: Span, node: Node) -> Self {
        Self {
            key,
            key_span,
            node,
            sealed_key: None,
        }
    }

    /// Whether the key itself is a secret.
    #[must_use]
    pub fn has_secret_key(&self) -> bool {
        self.sealed_key.is_some()
    }

    /// What tells the key from others, for what only compares or hashes.
    #[must_use]
    pub fn identity(&self) -> &str {
        self.sealed_key.as_ref().map_or(&self.key, SealedKey::text)
    }
}

impl Value {
    /// The value that a secret is, for the official schemas, which judge and do not tell.
    pub(crate) fn unsealed(&self) -> &Self {
        match self {
            Self::Secret(secret) => secret.value(),
            other => other,
        }
    }
}

impl Node {
    /// The value under `key`, when this is a mapping that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.node)
    }

    /// The entry of `key`, when this is a mapping that has it.
    #[must_use]
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| entry.key == key)
    }

    /// The entries of a mapping, else none.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a sequence, else none.
    #[must_use]
    pub fn items(&self) -> &[Node] {
        match &self.value {
            Value::List(items) => items,
            _ => &[],
        }
    }

    /// The text, when this is a string; of a secret, what is shown in its place.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            Value::Secret(_) => Some(HIDDEN),
            _ => None,
        }
    }

    /// The boolean, when this is one.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match self.value {
            Value::Bool(truth) => Some(truth),
            _ => None,
        }
    }

    /// Whether this is a secret: what it says is known to nobody.
    #[must_use]
    pub const fn is_secret(&self) -> bool {
        matches!(self.value, Value::Secret(_))
    }

    /// The same value as plain JSON, without places and without secrets.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Null => serde_json::Value::Null,
            Value::Bool(truth) => (*truth).into(),
            Value::Number(number) => number.clone().into(),
            Value::String(text) => text.as_str().into(),
            Value::Secret(_) => HIDDEN.into(),
            Value::List(items) => items.iter().map(Self::to_json).collect(),
            Value::Map(entries) => entries
                .iter()
                .map(|entry| (entry.key.to_string(), entry.node.to_json()))
                .collect::<serde_json::Map<_, _>>()
                .into(),
        }
    }
}
