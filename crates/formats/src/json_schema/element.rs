//! Schemas as elements of a contract.

use serde_json::{Map, Value};
use zonecut_contract::{Node, Value as Tree};
use zonecut_diagnostics::Span;

use super::keywords::{self, Draft, Held, Keyword};
use super::places::{
    KINDS, annotate, examples, is_annotation, is_closed_list, is_option, kinds, logical_type, name,
    required, unlisted,
};
use super::references::References;
use super::{EXTENSION, Object};
use crate::envelope::{custom_properties, put};
use crate::remarks::Remarks;

/// Elements within each other that are written out; deeper ones are left to references.
const DEEPEST: usize = 20;
/// Elements that are written out before references are kept as references.
const MOST: usize = 6_000;

/// Makes elements of the schemas of one document.
pub(super) struct Elements<'a, 'r> {
    draft: Draft,
    references: References<'a>,
    remarks: &'r mut Remarks,
    /// The references that are being written out.
    within: Vec<*const Node>,
    /// The definitions that references are kept to, by name.
    definitions: Vec<(String, &'a Node)>,
    written: usize,
    path: Vec<String>,
}

/// The keys of one element, sorted by where they go.
#[derive(Default)]
struct Parts {
    options: Map<String, Value>,
    extension: Map<String, Value>,
    properties: Vec<Value>,
    items: Option<Value>,
    list: Option<Value>,
}

impl<'a, 'r> Elements<'a, 'r> {
    pub(super) fn new(
        root: &'a Node,
        references: References<'a>,
        remarks: &'r mut Remarks,
    ) -> Self {
        Self {
            draft: Draft::of(root),
            references,
            remarks,
            within: vec![std::ptr::from_ref(root)],
            definitions: Vec::new(),
            written: 0,
            path: Vec::new(),
        }
    }

    /// The object that the document is; nothing when it is something else.
    pub(super) fn object(&mut self, root: &'a Node) -> Option<Object> {
        let (schema, followed) = self.followed(root);
        let stated = keywords::of(schema);
        let kinds = kinds(&stated);
        let is_object = match kinds.as_deref() {
            Some(kinds) => kinds.contains(&"object"),
            None => stated.iter().any(|keyword| keyword.name == "properties"),
        };
        if !is_object {
            self.leave(followed);
            return None;
        }
        let mut object = Object::new(&name(schema));
        if kinds.as_deref() != Some(&["object"]) {
            let all = kinds.unwrap_or_else(|| KINDS.to_vec());
            object.extension.insert("type".to_owned(), all.into());
        }
        annotate(&mut object.element, &stated);
        let mut parts = Parts::default();
        self.fill(&mut parts, "", &stated);
        object.extension.extend(parts.extension);
        if !parts.properties.is_empty() {
            let properties = Value::Array(parts.properties);
            object.element.insert("properties".to_owned(), properties);
        }
        self.leave(followed);
        Some(object)
    }

    /// Says that the document is no object.
    pub(super) fn remark_document(&mut self, span: Span) {
        self.remarks
            .kept("a document that is no object", EXTENSION, span, "");
    }

    /// A schema as a property, or without a name as the items of an array.
    pub(super) fn element(
        &mut self,
        schema: &'a Node,
        name: Option<&str>,
        required: bool,
    ) -> Value {
        self.written += 1;
        self.path.push(name.unwrap_or("[]").to_owned());
        let (meant, followed) = self.followed(schema);
        let stated = keywords::of(meant);
        let mut element = Map::new();
        put(&mut element, "name", name);
        put(&mut element, "required", required.then_some(true));
        let mut parts = Parts::default();
        if let Tree::Bool(false) = meant.value {
            let custom = custom_properties(&[(EXTENSION, false.into())]);
            put(&mut element, "customProperties", custom);
            self.remark("false", meant.span);
        } else {
            let logical = self.logical(&stated, &mut parts);
            put(&mut element, "logicalType", logical);
            annotate(&mut element, &stated);
            examples(&mut element, &stated);
            if let Some(note) = schema.get("description").and_then(Node::as_str) {
                element.insert("description".to_owned(), note.into());
            }
            self.fill(&mut parts, logical.unwrap_or("any"), &stated);
            parts.put(&mut element);
        }
        self.leave(followed);
        self.path.pop();
        element.into()
    }

    /// The definitions that references lead to, each in full.
    pub(super) fn definitions(&mut self) -> Option<Value> {
        let mut written = Map::new();
        // Writing one may add more.
        while let Some((name, schema)) = self.definitions.get(written.len()).cloned() {
            let definition = self.schema(schema);
            written.insert(name, definition);
        }
        (!written.is_empty()).then(|| written.into())
    }

    /// What a schema that only refers stands for, and how many references that took; the schema
    /// itself where the reference has to stay.
    fn followed(&mut self, schema: &'a Node) -> (&'a Node, usize) {
        let (mut schema, mut count) = (schema, 0);
        while let Some(target) = self.inlined(schema) {
            self.within.push(std::ptr::from_ref(target));
            count += 1;
            schema = target;
        }
        (schema, count)
    }

    fn leave(&mut self, followed: usize) {
        let left = self.within.len().saturating_sub(followed);
        self.within.truncate(left);
    }

    fn inlined(&self, schema: &'a Node) -> Option<&'a Node> {
        let target = self.references.resolve(reference(schema)?)?;
        let alone = self.draft.ignores_siblings()
            || keywords::of(schema)
                .iter()
                .all(|keyword| keyword.name == "$ref" || is_annotation(keyword.name));
        let may = alone
            && !self.within.contains(&std::ptr::from_ref(target))
            && self.path.len() < DEEPEST
            && self.written < MOST;
        may.then_some(target)
    }

    /// The logical type, where ODCS has one; types it can't state go to the extension.
    fn logical(&mut self, stated: &[Keyword<'a>], parts: &mut Parts) -> Option<&'static str> {
        let has = |name| stated.iter().any(|keyword| keyword.name == name);
        let shaped = || {
            if has("properties") {
                Some("object")
            } else {
                has("items")
                    .then_some("array")
                    .filter(|_| !has("prefixItems"))
            }
        };
        let kinds = kinds(stated);
        let (logical, exact) = match kinds.as_deref() {
            None => (shaped().or_else(|| self.referred(stated)), false),
            Some([kind]) => (logical_type(kind, stated), *kind != "null"),
            Some(several) => {
                let mut other = several.iter().filter(|kind| **kind != "null");
                let logical = match (other.next(), other.next()) {
                    (Some(kind), None) => logical_type(kind, stated),
                    _ => shaped().filter(|shape| several.contains(shape)),
                };
                (logical, false)
            }
        };
        if !exact && let Some(listed) = kinds {
            let span = stated.iter().find(|keyword| keyword.name == "type");
            self.remark(
                "type",
                span.map_or(super::NOWHERE, |keyword| keyword.node.span),
            );
            parts.extension.insert("type".to_owned(), listed.into());
        } else if !exact && logical.is_some() && shaped().is_some() {
            parts
                .extension
                .insert("type".to_owned(), KINDS.to_vec().into());
        }
        logical
    }

    /// The type that a reference which stays surely leads to.
    fn referred(&self, stated: &[Keyword<'a>]) -> Option<&'static str> {
        let keyword = stated.iter().find(|keyword| keyword.name == "$ref")?;
        let target = self.references.resolve(keyword.node.as_str()?)?;
        match target.get("type")?.as_str()? {
            "object" => Some("object"),
            "array" => Some("array"),
            _ => None,
        }
    }

    /// Sorts keywords by where they go: a key of ODCS, or the extension.
    fn fill(&mut self, parts: &mut Parts, logical: &str, stated: &[Keyword<'a>]) {
        let only_reference =
            self.draft.ignores_siblings() && stated.iter().any(|keyword| keyword.name == "$ref");
        let tuple = stated.iter().any(|keyword| keyword.name == "prefixItems");
        for keyword in stated {
            let name = keyword.name;
            if name == "type" || (only_reference && name != "$ref") {
                continue;
            }
            match &keyword.held {
                Held::Named(properties)
                    if name == "properties" && (logical == "object" || logical.is_empty()) =>
                {
                    let required = required(stated);
                    parts.properties = properties
                        .iter()
                        .map(|(name, schema)| {
                            self.element(schema, Some(name), required.iter().any(|own| own == name))
                        })
                        .collect();
                }
                Held::Schema(items) if name == "items" && logical == "array" && !tuple => {
                    parts.items = Some(self.element(items, None, false));
                }
                Held::Plain(value) => self.plain(parts, logical, keyword, value, stated),
                _ => self.keep(parts, keyword),
            }
        }
    }

    fn plain(
        &mut self,
        parts: &mut Parts,
        logical: &str,
        keyword: &Keyword<'a>,
        value: &Value,
        stated: &[Keyword<'a>],
    ) {
        match keyword.name {
            "title" | "description" | "examples" => {}
            "format" if matches!(logical, "timestamp" | "date" | "time") => {}
            "enum" if !logical.is_empty() && is_closed_list(value) => {
                parts.list = Some(value.clone());
            }
            "required" if matches!(logical, "" | "object") => {
                let left = unlisted(value, stated);
                if left.is_empty() {
                    return;
                }
                if logical == "object" {
                    parts.options.insert("required".to_owned(), left.into());
                } else {
                    parts.extension.insert("required".to_owned(), left.into());
                    self.remark("required", keyword.node.span);
                }
            }
            name if is_option(logical, name, value) => {
                parts.options.insert(name.to_owned(), value.clone());
            }
            _ => self.keep(parts, keyword),
        }
    }

    fn keep(&mut self, parts: &mut Parts, keyword: &Keyword<'a>) {
        if !is_annotation(keyword.name) {
            self.remark(keyword.name, keyword.node.span);
        }
        let value = self.held(keyword);
        parts.extension.insert(keyword.name.to_owned(), value);
    }

    /// A schema that stays one, in the keywords of 2020-12.
    fn schema(&mut self, schema: &'a Node) -> Value {
        if let Tree::Bool(truth) = schema.value {
            return truth.into();
        }
        let stated = keywords::of(schema);
        let reference = stated.iter().any(|keyword| keyword.name == "$ref");
        let mut keys = Map::new();
        for keyword in &stated {
            if reference && self.draft.ignores_siblings() && keyword.name != "$ref" {
                continue;
            }
            let value = self.held(keyword);
            keys.insert(keyword.name.to_owned(), value);
        }
        keys.into()
    }

    fn held(&mut self, keyword: &Keyword<'a>) -> Value {
        match &keyword.held {
            Held::Plain(value) if keyword.name == "$ref" => self.kept_reference(keyword, value),
            Held::Plain(value) => value.clone(),
            Held::Schema(schema) => self.schema(schema),
            Held::List(schemas) => schemas.iter().map(|schema| self.schema(schema)).collect(),
            Held::Named(schemas) => {
                let each = schemas.iter();
                let named: Map<_, _> = each
                    .map(|(name, schema)| ((*name).to_owned(), self.schema(schema)))
                    .collect();
                named.into()
            }
        }
    }

    /// A reference to one of our definitions; one that leads elsewhere stays as it is.
    fn kept_reference(&mut self, keyword: &Keyword<'a>, value: &Value) -> Value {
        let text = value.as_str().unwrap_or_default();
        let Some(target) = self.references.resolve(text) else {
            let path = self.path.join(".");
            self.remarks.unresolved(text, keyword.node.span, &path);
            return value.clone();
        };
        let known = self
            .definitions
            .iter()
            .find(|(_, schema)| std::ptr::eq(*schema, target));
        if let Some((name, _)) = known {
            return format!("#/$defs/{name}").into();
        }
        let name = self.definition_name(text);
        self.definitions.push((name.clone(), target));
        format!("#/$defs/{name}").into()
    }

    /// The last part of a reference, as a name that no other definition has.
    fn definition_name(&self, reference: &str) -> String {
        let last = reference.rsplit(['/', '#']).next().unwrap_or_default();
        let plain = |letter: &char| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.');
        let base: String = last.chars().filter(plain).collect();
        let base = if base.is_empty() {
            "document".to_owned()
        } else {
            base
        };
        let taken = |name: &str| self.definitions.iter().any(|(known, _)| known == name);
        let numbered = (2..).map(|number| format!("{base}-{number}"));
        std::iter::once(base.clone())
            .chain(numbered)
            .find(|name| !taken(name))
            .unwrap_or(base)
    }

    fn remark(&mut self, what: &str, span: Span) {
        let path = self.path.join(".");
        self.remarks
            .kept(&format!("`{what}`"), EXTENSION, span, &path);
    }
}

impl Parts {
    fn put(self, element: &mut Map<String, Value>) {
        let options = (!self.options.is_empty()).then_some(self.options);
        put(element, "logicalTypeOptions", options);
        let list = self.list.map(|list| ("enum", list));
        let extension = (!self.extension.is_empty()).then(|| (EXTENSION, self.extension.into()));
        let custom: Vec<_> = list.into_iter().chain(extension).collect();
        put(element, "customProperties", custom_properties(&custom));
        let properties = (!self.properties.is_empty()).then_some(self.properties);
        put(element, "properties", properties);
        put(element, "items", self.items);
    }
}

fn reference(schema: &Node) -> Option<&str> {
    ["$ref", "$dynamicRef", "$recursiveRef"]
        .iter()
        .find_map(|key| schema.get(key))?
        .as_str()
}
