//! Apache Avro schemas.
//!
//! A record becomes an object and its fields properties; a field that may be null is not `required`.
//! What ODCS has no key for (the type's full name, aliases, defaults, order, logical types, unions,
//! maps) stands in the custom property `avro`, in Avro's own words. The one on the object says that
//! its data is Avro, so that versions are judged by schema resolution.

mod element;
mod names;

use serde_json::Value;
use zonecut_contract::{Node, read};
use zonecut_diagnostics::Span;

use crate::envelope::Imported;
use crate::remarks::Remarks;
use element::Elements;
use names::Names;

/// The custom property that holds what ODCS has no key for.
const EXTENSION: &str = "avro";
/// The property that is the value itself, where a schema is no record.
const DOCUMENT: &str = "value";
/// Types that have no definition.
const PRIMITIVES: [&str; 8] = [
    "null", "boolean", "int", "long", "float", "double", "bytes", "string",
];

/// The schema object for an Avro schema.
pub(crate) fn import(file: &str, bytes: &[u8]) -> Imported {
    let mut remarks = Remarks::new(file);
    let file = file.into();
    let document = read::parse_open(&file, bytes, &mut remarks.findings);
    let object = document
        .filter(|_| !remarks.findings.has_errors())
        .and_then(|document| object(&document.root, &mut remarks));
    Imported { object, remarks }
}

fn object(root: &Node, remarks: &mut Remarks) -> Option<Value> {
    if let Err(error) = apache_avro::Schema::parse(&root.to_json()) {
        let span = place_of(root, &error.to_string());
        remarks.invalid("Avro", span, "", format!("no Avro schema: {error}"));
        return None;
    }
    let names = Names::of(root);
    Some(Elements::new(&names, remarks).object(root))
}

/// The library says what is wrong and not where: the nearest is a value that its message quotes or
/// ends with.
fn place_of(root: &Node, message: &str) -> Span {
    let quoted = |node: &Node| {
        node.as_str()
            .filter(|text| text.len() > 1)
            .is_some_and(|text| {
                message.contains(&format!("\"{text}\"")) || message.ends_with(&format!(": {text}"))
            })
    };
    find(root, &quoted).map_or(root.span, |node| node.span)
}

fn find<'a>(node: &'a Node, wanted: &impl Fn(&Node) -> bool) -> Option<&'a Node> {
    if wanted(node) {
        return Some(node);
    }
    let entries = node.entries().iter().map(|entry| &entry.node);
    entries
        .chain(node.items())
        .find_map(|inner| find(inner, wanted))
}
