//! Where the keywords of a schema have their place in a contract.

use serde_json::{Map, Value};
use zonecut_contract::{Node, Value as Tree};

use super::keywords::{Held, Keyword};
use crate::envelope::put;

/// Every kind of JSON value: what a missing `type` lets pass.
pub(super) const KINDS: [&str; 6] = ["array", "boolean", "null", "number", "object", "string"];

/// What the object is called: its title as a name.
pub(super) fn name(root: &Node) -> String {
    let title = root.get("title").and_then(Node::as_str).unwrap_or_default();
    let plain = |letter: char| {
        if letter.is_alphanumeric() {
            letter
        } else {
            '_'
        }
    };
    let name: String = title.trim().chars().map(plain).collect();
    if name.chars().any(char::is_alphanumeric) {
        name
    } else {
        "document".to_owned()
    }
}

/// The kinds that `type` names, a missing one being all.
pub(super) fn kinds(stated: &[Keyword<'_>]) -> Option<Vec<&'static str>> {
    let keyword = stated.iter().find(|keyword| keyword.name == "type")?;
    let known = |node: &Node| {
        let name = node.as_str()?;
        KINDS
            .into_iter()
            .chain(["integer"])
            .find(|kind| *kind == name)
    };
    Some(match &keyword.node.value {
        Tree::List(items) => items.iter().filter_map(known).collect(),
        _ => known(keyword.node).into_iter().collect(),
    })
}

/// The logical type of a JSON type. Text in a standard form of time is a time, unless more is said
/// about the text than ODCS lets be said about a time.
pub(super) fn logical_type(kind: &str, stated: &[Keyword<'_>]) -> Option<&'static str> {
    let format = stated.iter().find(|keyword| keyword.name == "format");
    let text = stated
        .iter()
        .any(|keyword| matches!(keyword.name, "minLength" | "maxLength" | "pattern"));
    let format = format.and_then(|keyword| keyword.node.as_str());
    match (kind, format) {
        ("string", Some("date-time")) if !text => Some("timestamp"),
        ("string", Some("date")) if !text => Some("date"),
        ("string", Some("time")) if !text => Some("time"),
        ("null", _) => None,
        (kind, _) => ["string", "number", "integer", "boolean", "object", "array"]
            .into_iter()
            .find(|known| *known == kind),
    }
}

/// Whether ODCS has an option of that name and form for the logical type.
pub(super) fn is_option(logical: &str, name: &str, value: &Value) -> bool {
    let count = || value.as_u64().is_some();
    match (logical, name) {
        ("string", "minLength" | "maxLength")
        | ("array", "minItems" | "maxItems")
        | ("object", "minProperties" | "maxProperties") => count(),
        ("string", "pattern" | "format") => value.is_string(),
        ("array", "uniqueItems") => value.is_boolean(),
        ("integer" | "number", "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum") => {
            value.is_number()
        }
        ("integer" | "number", "multipleOf") => value.as_f64().is_some_and(|step| step > 0.0),
        _ => false,
    }
}

/// The names of `required`.
pub(super) fn required(stated: &[Keyword<'_>]) -> Vec<String> {
    let list = stated.iter().find(|keyword| keyword.name == "required");
    let items = list.map_or(&[][..], |keyword| keyword.node.items());
    let names = items.iter().filter_map(Node::as_str);
    names.map(str::to_owned).collect()
}

/// The names of `required` that are no property, each once: a property says it itself.
pub(super) fn unlisted(value: &Value, stated: &[Keyword<'_>]) -> Vec<Value> {
    let listed = stated.iter().find_map(|keyword| match &keyword.held {
        Held::Named(properties) if keyword.name == "properties" => Some(properties),
        _ => None,
    });
    let is_listed = |name: &Value| {
        listed.is_some_and(|properties| properties.iter().any(|(own, _)| name == own))
    };
    let mut names: Vec<Value> = Vec::new();
    for name in value.as_array().into_iter().flatten() {
        if !is_listed(name) && !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}

/// Whether a list can stand in the custom property `enum`: some values, each once.
pub(super) fn is_closed_list(value: &Value) -> bool {
    value.as_array().is_some_and(|list| {
        let repeats = |(index, value): (usize, &Value)| {
            list.iter().skip(index + 1).any(|other| other == value)
        };
        !list.is_empty() && !list.iter().enumerate().any(repeats)
    })
}

/// Keywords that say nothing about which values are valid.
pub(super) fn is_annotation(name: &str) -> bool {
    matches!(
        name,
        "title" | "description" | "default" | "examples" | "deprecated" | "readOnly" | "writeOnly"
    ) || name.starts_with("x-")
}

/// Puts what a schema says to people where an element says it.
pub(super) fn annotate(element: &mut Map<String, Value>, stated: &[Keyword<'_>]) {
    let text = |name| {
        let keyword = stated.iter().find(|keyword| keyword.name == name);
        keyword.and_then(|keyword| keyword.node.as_str())
    };
    put(element, "businessName", text("title"));
    put(element, "description", text("description"));
}

/// The examples of a property; an object has no place for them.
pub(super) fn examples(element: &mut Map<String, Value>, stated: &[Keyword<'_>]) {
    let examples = stated.iter().find(|keyword| keyword.name == "examples");
    let examples = examples.map(|keyword| keyword.node.to_json());
    put(element, "examples", examples.filter(Value::is_array));
}
