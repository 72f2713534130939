//! Small readings of JSON values that the event reader needs.

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

/// The longest text that is a name. Nothing honest comes near, and indexes take no more.
pub(crate) const MAX_TEXT: usize = 1024;

/// The text under `key`, when it is one that can be kept: not empty, not endless, no NUL (which
/// PostgreSQL takes in no text).
pub(crate) fn text<'a>(object: &'a Map<String, Value>, key: &str) -> Option<&'a str> {
    object
        .get(key)
        .and_then(Value::as_str)
        .filter(|text| !text.is_empty() && text.len() <= MAX_TEXT && !text.contains('\0'))
}

/// The object under `key`.
pub(crate) fn object<'a>(
    object: &'a Map<String, Value>,
    key: &str,
) -> Option<&'a Map<String, Value>> {
    object.get(key).and_then(Value::as_object)
}

/// The items under `key`, none where there is no list.
pub(crate) fn items<'a>(object: &'a Map<String, Value>, key: &str) -> &'a [Value] {
    object
        .get(key)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

/// SHA-256 over the value with its keys in order, so that two spellings of one event are one.
pub(crate) fn content_hash(value: &Value) -> String {
    let mut hasher = Sha256::new();
    feed(&mut hasher, value);
    hex::encode(hasher.finalize())
}

fn feed(hasher: &mut Sha256, value: &Value) {
    match value {
        Value::Array(items) => {
            hasher.update(b"[");
            for item in items {
                feed(hasher, item);
                hasher.update(b",");
            }
            hasher.update(b"]");
        }
        Value::Object(map) => {
            let mut entries: Vec<_> = map.iter().collect();
            entries.sort_by_key(|(key, _)| *key);
            hasher.update(b"{");
            for (key, item) in entries {
                feed(hasher, &Value::String(key.clone()));
                hasher.update(b":");
                feed(hasher, item);
                hasher.update(b",");
            }
            hasher.update(b"}");
        }
        scalar => hasher.update(scalar.to_string().as_bytes()),
    }
}
