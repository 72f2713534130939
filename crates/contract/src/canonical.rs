//! One spelling for all documents that say the same, and the hash that names it.
//!
//! Canonical form is JSON without white space whose keys are sorted by code point, with strings
//! escaped as little as JSON allows and numbers written the shortest way that reads back as the
//! same double (integers in full). Comments, quoting, block or flow style, anchors and the order of
//! keys do not show. The order of lists does: no list of either standard is said to be a set, and
//! the order of columns, of examples or of primary keys carries meaning. Units are not converted,
//! defaults are not filled in: two documents of one canonical form are one document.

use std::fmt::{self, Display, Write as _};

use sha2::{Digest, Sha256};
use zonecut_diagnostics::HIDDEN;

use crate::model::{Contract, Product};
use crate::node::{Entry, Node, Value};

/// SHA-256 over the canonical form: the identity of a contract version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentHash([u8; 32]);

impl ContentHash {
    /// Of a tree.
    #[must_use]
    pub fn of(root: &Node) -> Self {
        Self(Sha256::digest(to_string(root)).into())
    }

    /// The thirty-two bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl Display for ContentHash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&hex::encode(self.0))
    }
}

impl Contract {
    /// The hash that names this content, wherever and however it is written.
    #[must_use]
    pub fn content_hash(&self) -> ContentHash {
        ContentHash::of(self.root())
    }
}

impl Product {
    /// The hash that names this content, wherever and however it is written.
    #[must_use]
    pub fn content_hash(&self) -> ContentHash {
        ContentHash::of(self.root())
    }
}

/// The canonical form of a tree.
#[must_use]
pub fn to_string(node: &Node) -> String {
    let mut text = String::new();
    write(node, Secrets::Told, &mut text);
    text
}

/// The same with what is shown in place of each secret: for what leaves the program.
#[must_use]
pub fn without_secrets(node: &Node) -> String {
    let mut text = String::new();
    write(node, Secrets::Kept, &mut text);
    text
}

/// What becomes of secrets.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Secrets {
    Told,
    Kept,
}

fn write(node: &Node, secrets: Secrets, text: &mut String) {
    let value = match secrets {
        Secrets::Told => node.value.unsealed(),
        Secrets::Kept => &node.value,
    };
    match value {
        Value::Secret(_) => string(HIDDEN, text),
        Value::Null => text.push_str("null"),
        Value::Bool(truth) => text.push_str(if *truth { "true" } else { "false" }),
        Value::Number(number) => {
            // Writing into a string does not fail.
            let _ = write!(text, "{number}");
        }
        Value::String(content) => string(content, text),
        Value::List(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                separate(index, text);
                write(item, secrets, text);
            }
            text.push(']');
        }
        Value::Map(entries) => {
            let mut sorted: Vec<&Entry> = entries.iter().collect();
            sorted.sort_unstable_by(|a, b| a.identity().cmp(b.identity()));
            text.push('{');
            for (index, entry) in sorted.into_iter().enumerate() {
                separate(index, text);
                let key = match secrets {
                    Secrets::Told => entry.identity(),
                    Secrets::Kept => &entry.key,
                };
                string(key, text);
                text.push(':');
                write(&entry.node, secrets, text);
            }
            text.push('}');
        }
    }
}

fn separate(index: usize, text: &mut String) {
    if index > 0 {
        text.push(',');
    }
}

fn string(content: &str, text: &mut String) {
    text.push('"');
    for letter in content.chars() {
        match letter {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            '\u{8}' => text.push_str("\\b"),
            '\u{c}' => text.push_str("\\f"),
            control if control < ' ' => {
                let _ = write!(text, "\\u{:04x}", u32::from(control));
            }
            other => text.push(other),
        }
    }
    text.push('"');
}
