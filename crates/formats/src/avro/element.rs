//! Avro types as elements of a contract.

use serde_json::{Map, Value, json};
use zonecut_contract::{Node, Value as Tree};

use super::names::{Names, aliases, full_name, namespace, short};
use super::{DOCUMENT, EXTENSION, PRIMITIVES};
use crate::envelope::{ROOT, custom_properties, put};
use crate::remarks::Remarks;

/// Elements within each other that are written out; deeper ones are left to their names.
const DEEPEST: usize = 20;
/// Elements that are written out before named types are left to their names.
const MOST: usize = 6_000;

/// Makes elements of the types of one schema.
pub(super) struct Elements<'a, 'r> {
    names: &'r Names<'a>,
    remarks: &'r mut Remarks,
    /// The records that are being written out.
    within: Vec<String>,
    written: usize,
    path: Vec<String>,
}

/// An element in the making.
#[derive(Default)]
struct Draft {
    element: Map<String, Value>,
    extension: Map<String, Value>,
    list: Option<Value>,
    properties: Option<Value>,
    items: Option<Value>,
    /// Whether its own keys state the type in full; else the extension does.
    stated: bool,
}

impl<'a, 'r> Elements<'a, 'r> {
    pub(super) fn new(names: &'r Names<'a>, remarks: &'r mut Remarks) -> Self {
        Self {
            names,
            remarks,
            within: Vec::new(),
            written: 0,
            path: Vec::new(),
        }
    }

    /// The object that a schema is: its record, or the only property of one.
    pub(super) fn object(&mut self, root: &'a Node) -> Value {
        let kind = root.get("type").and_then(Node::as_str);
        let mut element = Map::new();
        element.insert("id".to_owned(), ROOT.into());
        if !matches!(kind, Some("record" | "error")) {
            self.remarks
                .kept("a schema that is no record", EXTENSION, root.span, "");
            let custom = custom_properties(&[(EXTENSION, json!({"document": DOCUMENT}))]);
            element.insert("name".to_owned(), DOCUMENT.into());
            element.insert("logicalType".to_owned(), "object".into());
            put(&mut element, "customProperties", custom);
            let value = self.typed(root, "", Some(DOCUMENT), Map::new(), Map::new());
            element.insert("properties".to_owned(), json!([value]));
            return element.into();
        }
        let full = full_name(root, "");
        element.insert("name".to_owned(), short(&full).into());
        let mut draft = Draft::default();
        self.record(root, "", &mut draft);
        element.extend(draft.element);
        draft.element = element;
        draft.finish()
    }

    /// A type as a property, or without a name as the items of an array.
    fn typed(
        &mut self,
        kind: &'a Node,
        around: &str,
        name: Option<&str>,
        element: Map<String, Value>,
        extension: Map<String, Value>,
    ) -> Value {
        self.written += 1;
        self.path.push(name.unwrap_or("[]").to_owned());
        let mut draft = Draft {
            extension,
            ..Draft::default()
        };
        put(&mut draft.element, "name", name);
        let present = nullable(kind);
        put(
            &mut draft.element,
            "required",
            present.is_none().then_some(true),
        );
        self.state(present.unwrap_or(kind), around, &mut draft);
        if !draft.stated {
            draft.element.remove("required");
            let written = self.names.written(kind, around);
            draft.extension.insert("type".to_owned(), written);
            let path = self.path.join(".");
            self.remarks
                .kept(&format!("`{}`", worded(kind)), EXTENSION, kind.span, &path);
        }
        draft.element.extend(element);
        self.path.pop();
        draft.finish()
    }

    /// Writes a type into an element's own keys, as far as ODCS has some.
    fn state(&mut self, kind: &'a Node, around: &str, draft: &mut Draft) {
        match &kind.value {
            Tree::String(word) => self.word(word, around, draft),
            Tree::Map(_) => self.complex(kind, around, draft),
            _ => {}
        }
    }

    fn word(&mut self, word: &str, around: &str, draft: &mut Draft) {
        if PRIMITIVES.contains(&word) {
            draft.primitive(word);
            return;
        }
        let Some((full, definition)) = self.names.find(word, around) else {
            return;
        };
        if self.within.contains(&full) || self.path.len() > DEEPEST || self.written > MOST {
            draft.logical("object");
            return;
        }
        let around = definition.around.clone();
        self.complex(definition.node, &around, draft);
    }

    fn complex(&mut self, kind: &'a Node, around: &str, draft: &mut Draft) {
        let Some(word) = kind.get("type").and_then(Node::as_str) else {
            // A type in a type: `{"type": {"type": "int", …}}`.
            if let Some(inner) = kind.get("type") {
                self.state(inner, around, draft);
            }
            return;
        };
        match word {
            "record" | "error" => self.record(kind, around, draft),
            "enum" => draft.closed(kind, around),
            "fixed" => {
                draft.named(kind, around);
                let size = kind.get("size").map(Node::to_json).unwrap_or_default();
                draft.physical("string", &format!("fixed({size})"));
                draft.logical_type(kind);
            }
            "array" => {
                draft.physical("array", "array");
                draft.items = kind
                    .get("items")
                    .map(|items| self.typed(items, around, None, Map::new(), Map::new()));
            }
            "map" => draft.logical("object"),
            _ if PRIMITIVES.contains(&word) => {
                draft.primitive(word);
                draft.logical_type(kind);
            }
            name => self.word(name, around, draft),
        }
    }

    fn record(&mut self, record: &'a Node, around: &str, draft: &mut Draft) {
        let full = draft.named(record, around);
        draft.physical("object", "record");
        self.within.push(full.clone());
        let fields = record.get("fields").map_or(&[][..], Node::items);
        let properties: Vec<Value> = fields
            .iter()
            .filter_map(|field| self.field(field, namespace(&full)))
            .collect();
        self.within.pop();
        draft.properties = (!properties.is_empty()).then(|| properties.into());
    }

    fn field(&mut self, field: &'a Node, around: &str) -> Option<Value> {
        let name = field.get("name")?.as_str()?;
        let mut extension = Map::new();
        for key in ["aliases", "default", "order"] {
            put(&mut extension, key, field.get(key).map(Node::to_json));
        }
        let known = ["name", "type", "doc", "aliases", "default", "order"];
        let others: Map<String, Value> = field
            .entries()
            .iter()
            .filter(|entry| !known.contains(&entry.key.as_str()))
            .map(|entry| (entry.key.to_string(), entry.node.to_json()))
            .collect();
        put(
            &mut extension,
            "attributes",
            (!others.is_empty()).then_some(others),
        );
        let mut element = Map::new();
        put(
            &mut element,
            "description",
            field.get("doc").and_then(Node::as_str),
        );
        Some(self.typed(field.get("type")?, around, Some(name), element, extension))
    }
}

impl Draft {
    /// A closed list of symbols; an empty one is left to the extension.
    fn closed(&mut self, kind: &Node, around: &str) {
        let symbols = kind.get("symbols").map(Node::to_json).unwrap_or_default();
        if symbols.as_array().is_none_or(Vec::is_empty) {
            self.logical("string");
            return;
        }
        self.named(kind, around);
        self.physical("string", "enum");
        self.list = Some(symbols);
        let default = kind.get("default").map(Node::to_json);
        put(&mut self.extension, "enumDefault", default);
    }

    /// What the extension says about the name of a type.
    fn named(&mut self, kind: &Node, around: &str) -> String {
        let full = full_name(kind, around);
        self.extension
            .insert("name".to_owned(), full.as_str().into());
        let before = aliases(kind, namespace(&full));
        put(
            &mut self.extension,
            "typeAliases",
            (!before.is_empty()).then_some(before),
        );
        let doc = kind.get("doc").and_then(Node::as_str);
        put(&mut self.element, "description", doc);
        full
    }

    fn logical(&mut self, logical: &str) {
        self.element
            .insert("logicalType".to_owned(), logical.into());
    }

    fn physical(&mut self, logical: &str, physical: &str) {
        self.logical(logical);
        self.element
            .insert("physicalType".to_owned(), physical.into());
        self.stated = true;
    }

    fn primitive(&mut self, word: &str) {
        match word {
            "int" | "long" => self.physical("integer", word),
            "float" | "double" => self.physical("number", word),
            "boolean" => self.physical("boolean", word),
            "bytes" | "string" => self.physical("string", word),
            // Nothing but null: ODCS has no such type.
            _ => {}
        }
    }

    /// The meaning that a logical type gives to a plain one.
    fn logical_type(&mut self, kind: &Node) {
        let Some(name) = kind.get("logicalType").and_then(Node::as_str) else {
            return;
        };
        for key in ["logicalType", "precision", "scale"] {
            put(&mut self.extension, key, kind.get(key).map(Node::to_json));
        }
        let options = match name {
            "date" => {
                self.logical("date");
                None
            }
            "time-millis" | "time-micros" => {
                self.logical("time");
                None
            }
            _ if name.starts_with("timestamp-") => {
                self.logical("timestamp");
                Some(json!({"timezone": true}))
            }
            _ if name.starts_with("local-timestamp-") => {
                self.logical("timestamp");
                Some(json!({"timezone": false}))
            }
            "decimal" | "big-decimal" => {
                self.logical("number");
                None
            }
            "uuid" => Some(json!({"format": "uuid"})),
            _ => None,
        };
        put(&mut self.element, "logicalTypeOptions", options);
    }

    fn finish(mut self) -> Value {
        let list = self.list.map(|list| ("enum", list));
        let extension = (!self.extension.is_empty()).then(|| (EXTENSION, self.extension.into()));
        let custom: Vec<_> = list.into_iter().chain(extension).collect();
        put(
            &mut self.element,
            "customProperties",
            custom_properties(&custom),
        );
        put(&mut self.element, "properties", self.properties);
        put(&mut self.element, "items", self.items);
        self.element.into()
    }
}

/// The type that is there when it is not null, of a union of the two.
fn nullable(kind: &Node) -> Option<&Node> {
    let is_null = |node: &&Node| node.as_str() == Some("null");
    match kind.items() {
        [null, present] if is_null(&null) => Some(present),
        [present, null] if is_null(&null) => Some(present),
        _ => None,
    }
}

fn worded(kind: &Node) -> String {
    match &kind.value {
        Tree::List(_) => "union".to_owned(),
        Tree::String(word) => word.to_string(),
        _ => kind
            .get("type")
            .and_then(Node::as_str)
            .unwrap_or("type")
            .to_owned(),
    }
}
