//! JSON Schema, draft 4 to 2020-12.
//!
//! All drafts become one: the keywords of 2020-12. What ODCS has a key for goes there; the rest
//! stands in the custom property `jsonSchema` of the element it is about, and means what JSON Schema
//! says. The custom property on the object itself says that its data is JSON, so that an open object
//! is open and a missing `type` is any type.

mod element;
mod keywords;
mod places;
mod references;
mod soundness;

use serde_json::{Map, Value, json};
use zonecut_contract::{Node, place, read};
use zonecut_diagnostics::{LintSeverity, Span};

use crate::envelope::{Imported, ROOT, custom_properties, put};
use crate::remarks::Remarks;
use element::Elements;
use keywords::Draft;
use references::References;

/// The custom property that holds what ODCS has no key for.
const EXTENSION: &str = "jsonSchema";
/// What the keywords in it mean.
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";
/// The property that is the document itself, where a document is no object.
const DOCUMENT: &str = "value";

/// The schema object for a JSON Schema.
pub(crate) fn import(file: &str, bytes: &[u8]) -> Imported {
    let mut remarks = Remarks::new(file);
    let file = file.into();
    let document = read::parse_open(&file, bytes, &mut remarks.findings);
    let object = document
        .filter(|_| !remarks.findings.has_errors())
        .and_then(|document| {
            if !is_schema(&document.root, &mut remarks) {
                return None;
            }
            let references = References::of(&document.root);
            soundness::is_sound(&document.root, &references, &mut remarks)
                .then(|| object(&document.root, references, &mut remarks))
        });
    Imported { object, remarks }
}

/// Whether the document keeps the rules of the draft that it names.
fn is_schema(root: &Node, remarks: &mut Remarks) -> bool {
    if !matches!(
        root.value,
        zonecut_contract::Value::Map(_) | zonecut_contract::Value::Bool(_)
    ) {
        let message = "a JSON Schema is a mapping, `true` or `false`".to_owned();
        remarks.invalid("JSON Schema", root.span, "", message);
        return false;
    }
    let stated = root.entry("$schema");
    let schema = root.to_json();
    let validator = match Draft::of(root) {
        Draft::Four => jsonschema::draft4::meta::validator(),
        Draft::Six => jsonschema::draft6::meta::validator(),
        Draft::Seven => jsonschema::draft7::meta::validator(),
        Draft::Of2019 => jsonschema::draft201909::meta::validator(),
        Draft::Of2020 => jsonschema::draft202012::meta::validator(),
        Draft::Unstated => {
            if let Some(stated) = stated {
                remarks.push(
                    "dialect-unknown",
                    LintSeverity::Warning,
                    (stated.node.span, "$schema"),
                    "the dialect named here is unknown, so keywords are read as drafts 4 to 2020-12 mean them".to_owned(),
                    "name one of the published drafts in `$schema`",
                );
            }
            return true;
        }
    };
    let errors: Vec<(String, String)> = validator
        .iter_errors(&schema)
        .map(|error| (error.instance_path().as_str().to_owned(), error.to_string()))
        .collect();
    for (pointer, message) in &errors {
        let span = place::find(root, &references::steps(root, pointer))
            .node
            .span;
        remarks.invalid("JSON Schema", span, pointer, message.clone());
    }
    errors.is_empty()
}

fn object<'a>(root: &'a Node, references: References<'a>, remarks: &mut Remarks) -> Value {
    let mut elements = Elements::new(root, references, remarks);
    let mut object = match elements.object(root) {
        Some(object) => object,
        None => wrapped(root, &mut elements),
    };
    if let Some(definitions) = elements.definitions() {
        object.extension.insert("$defs".to_owned(), definitions);
    }
    object.finish()
}

/// A document that is no object, as the only property of one.
fn wrapped<'a>(root: &'a Node, elements: &mut Elements<'a, '_>) -> Object {
    let name = places::name(root);
    let mut object = Object::new(&name);
    let inner = elements.element(root, Some(DOCUMENT), false);
    elements.remark_document(root.span);
    object
        .extension
        .insert("document".to_owned(), DOCUMENT.into());
    object
        .element
        .insert("properties".to_owned(), json!([inner]));
    object
}

/// A schema object in the making.
struct Object {
    element: Map<String, Value>,
    extension: Map<String, Value>,
}

impl Object {
    fn new(name: &str) -> Self {
        let element =
            json!({"id": ROOT, "name": name, "logicalType": "object", "physicalType": "json"});
        let extension = json!({"$schema": DIALECT});
        let map = |value| match value {
            Value::Object(map) => map,
            _ => Map::new(),
        };
        Self {
            element: map(element),
            extension: map(extension),
        }
    }

    /// The object with its custom property before its properties, where a reader sees it.
    fn finish(mut self) -> Value {
        let properties = self.element.shift_remove("properties");
        let custom = custom_properties(&[(EXTENSION, self.extension.into())]);
        put(&mut self.element, "customProperties", custom);
        put(&mut self.element, "properties", properties);
        self.element.into()
    }
}

/// Where something without a place of its own stands.
const NOWHERE: Span = Span::START;
