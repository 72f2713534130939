//! The contract around an imported object.

use serde_json::{Map, Value, json};
use zonecut_contract::{Parsed, read_contract};
use zonecut_diagnostics::{LintSeverity, Span};

use crate::remarks::Remarks;
use crate::yaml;

/// The stable id of the only object: its name may change, it stays the same thing.
pub(crate) const ROOT: &str = "root";

/// What an importer made of a source.
pub(crate) struct Imported {
    /// The schema object; absent where the source could not be read.
    pub(crate) object: Option<Value>,
    /// What is to be said about the source.
    pub(crate) remarks: Remarks,
}

/// The contract's text. It is published as it is read: `active`, so that changes to it count.
pub(crate) fn contract(imported: Imported, id: &str) -> Parsed<String> {
    let Imported {
        object,
        mut remarks,
    } = imported;
    let text = object.map(|object| {
        yaml::text(&json!({
            "apiVersion": "v3.1.0",
            "kind": "DataContract",
            "id": id,
            "version": "1.0.0",
            "status": "active",
            "schema": [object],
        }))
    });
    if let Some(text) = &text
        && !remarks.findings.has_errors()
    {
        check(text, &mut remarks);
    }
    Parsed::new(text, remarks.findings)
}

/// What we write is a valid contract, whatever the source was.
fn check(text: &str, remarks: &mut Remarks) {
    let parsed = read_contract("contract", text.as_bytes());
    if parsed.value.is_some() {
        return;
    }
    let errors = parsed
        .findings
        .into_iter()
        .filter(|finding| finding.severity == LintSeverity::Error);
    for error in errors {
        remarks.push(
            "not-a-contract",
            LintSeverity::Error,
            (Span::START, &error.path),
            format!("as a contract, this schema has an error: {}", error.message),
            &error.help,
        );
    }
}

/// A custom property list; nothing when it would be empty.
pub(crate) fn custom_properties(entries: &[(&str, Value)]) -> Option<Value> {
    let list: Vec<Value> = entries
        .iter()
        .map(|(property, value)| json!({"property": property, "value": value}))
        .collect();
    (!list.is_empty()).then(|| list.into())
}

/// Puts a value under a key, when there is one.
pub(crate) fn put(element: &mut Map<String, Value>, key: &str, value: Option<impl Into<Value>>) {
    if let Some(value) = value {
        element.insert(key.to_owned(), value.into());
    }
}
