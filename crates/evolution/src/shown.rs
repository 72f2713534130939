//! Values as they may be shown: credentials are left out of facts, messages and logs.

use serde_json::Value as Json;
use zonecut_contract::{Node, Value, secret};

/// What stands where a credential was.
const HIDDEN: &str = "(a secret, not shown)";

/// The value as JSON, without the credentials in it.
#[must_use]
pub fn shown(node: &Node) -> Json {
    match &node.value {
        Value::String(text) if secret::find(text).is_some() => HIDDEN.into(),
        Value::List(items) => items.iter().map(shown).collect(),
        Value::Map(entries) => {
            let property = node.get("property").and_then(Node::as_str);
            let named = property.is_some_and(secret::names_credential);
            let pairs = entries.iter().map(|entry| {
                let hide = secret::names_credential(&entry.key) || (named && entry.key == "value");
                let value = if hide {
                    shown_as_credential(&entry.node)
                } else {
                    shown(&entry.node)
                };
                (entry.key.to_string(), value)
            });
            pairs.collect::<serde_json::Map<_, _>>().into()
        }
        _ => node.to_json(),
    }
}

/// The value of something that is called a credential.
#[must_use]
pub fn shown_as_credential(node: &Node) -> Json {
    match node.as_str() {
        Some(text) if !secret::is_placeholder(text) => HIDDEN.into(),
        _ => shown(node),
    }
}

/// Whether a path or field leads to something that is called a credential.
#[must_use]
pub fn leads_to_credential(path: &str) -> bool {
    path.split(['.', '[', ']'])
        .any(|part| !part.is_empty() && secret::names_credential(part))
}
