//! A schema element as the JSON Schema of its values.

use zonecut_contract::{Entry, Node, Value};
use zonecut_diagnostics::Span;

use super::EXTENSION;

/// The key of the extension that names the property which is the document itself, where the
/// document is no object.
const DOCUMENT: &str = "document";

/// The JSON Schema that the ODCS keys of an element and its extension state together. Places are
/// those of the element.
pub(super) fn schema_of(element: &Node) -> Node {
    let extension = element.custom(EXTENSION);
    if let Some(Node {
        value: Value::Bool(_),
        ..
    }) = extension
    {
        return extension
            .cloned()
            .unwrap_or_else(|| map(element.span, vec![]));
    }
    if let Some(inner) = wrapped(element, extension) {
        return inner;
    }
    let mut entries = Vec::new();
    types(element, &mut entries);
    for option in element
        .get("logicalTypeOptions")
        .map_or(&[][..], Node::entries)
    {
        // Of a date or a time, the format is a pattern for its text, not a JSON Schema format.
        if option.key != "format" || entries.iter().all(|entry| entry.key != "format") {
            entries.push(option.clone());
        }
    }
    let closed = element.get("enum").or_else(|| element.custom("enum"));
    entries.extend(closed.map(|list| entry("enum", list.clone())));
    properties(element, &mut entries);
    if let Some(items) = element.get("items") {
        entries.push(entry("items", schema_of(items)));
    }
    if let Some(value) = element.get("map").and_then(|map| map.get("value")) {
        entries.push(entry("additionalProperties", schema_of(value)));
    }
    let own = extension.map_or(&[][..], Node::entries);
    let mut required = required(element);
    for entry in own {
        if entry.key == "required" {
            required.extend(entry.node.items().iter().cloned());
        } else {
            entries.retain(|known| known.key != entry.key);
            entries.push(entry.clone());
        }
    }
    entries.retain(|entry| entry.key != "required");
    if !required.is_empty() {
        entries.push(entry("required", node(element.span, Value::List(required))));
    }
    map(element.span, entries)
}

/// The schema of a document that is no object: its element, with the definitions of the whole.
fn wrapped(element: &Node, extension: Option<&Node>) -> Option<Node> {
    let name = extension?.get(DOCUMENT)?.as_str()?;
    let inner = element
        .get("properties")?
        .items()
        .iter()
        .find(|property| property.get("name").and_then(Node::as_str) == Some(name))?;
    let mut schema = schema_of(inner);
    let definitions = extension?.entry("$defs").cloned();
    if let (Value::Map(entries), Some(definitions)) = (&mut schema.value, definitions) {
        entries.push(definitions);
    }
    Some(schema)
}

fn types(element: &Node, entries: &mut Vec<Entry>) {
    let Some(logical) = element.get("logicalType") else {
        return;
    };
    let text = |word: &str| node(logical.span, Value::String(word.into()));
    let (kind, format) = match logical.as_str() {
        Some("timestamp") => ("string", Some("date-time")),
        Some("date") => ("string", Some("date")),
        Some("time") => ("string", Some("time")),
        Some("map") => ("object", None),
        Some(other) => (other, None),
        None => return,
    };
    entries.push(entry("type", text(kind)));
    entries.extend(format.map(|format| entry("format", text(format))));
}

fn properties(element: &Node, entries: &mut Vec<Entry>) {
    let Some(list) = element.get("properties") else {
        return;
    };
    let schemas = list
        .items()
        .iter()
        .filter_map(|property| {
            let name = property.get("name")?.as_str()?;
            Some(entry(name, schema_of(property)))
        })
        .collect();
    entries.push(entry("properties", map(list.span, schemas)));
}

/// The names that must be there, by the properties themselves and by the options.
fn required(element: &Node) -> Vec<Node> {
    let properties = element.get("properties").map_or(&[][..], Node::items);
    let named = properties
        .iter()
        .filter(|property| property.get("required").and_then(Node::as_bool) == Some(true))
        .filter_map(|property| property.get("name").cloned());
    let options = element
        .get("logicalTypeOptions")
        .and_then(|options| options.get("required"))
        .map_or(&[][..], Node::items);
    named.chain(options.iter().cloned()).collect()
}

fn entry(key: &str, node: Node) -> Entry {
    Entry::new(key.into(), node.span, node)
}

fn map(span: Span, entries: Vec<Entry>) -> Node {
    node(span, Value::Map(entries))
}

fn node(span: Span, value: Value) -> Node {
    Node { span, value }
}
