//! One level of a schema of any draft, in the keywords of 2020-12.

use serde_json::{Map, Value};
use zonecut_contract::{Node, Value as Tree};

/// The published drafts, as far as they read the same keyword differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Draft {
    Four,
    Six,
    Seven,
    Of2019,
    Of2020,
    /// The document does not say, or names a dialect of its own.
    Unstated,
}

impl Draft {
    pub(super) fn of(root: &Node) -> Self {
        let stated = root.get("$schema").and_then(Node::as_str);
        let address = stated.unwrap_or_default().trim_end_matches('#');
        let name = address.split_once("://").map_or(address, |(_, rest)| rest);
        match name {
            "json-schema.org/draft-04/schema" => Self::Four,
            "json-schema.org/draft-06/schema" => Self::Six,
            "json-schema.org/draft-07/schema" => Self::Seven,
            "json-schema.org/draft/2019-09/schema" => Self::Of2019,
            "json-schema.org/draft/2020-12/schema" => Self::Of2020,
            _ => Self::Unstated,
        }
    }

    /// Whether what stands beside `$ref` is ignored.
    pub(super) fn ignores_siblings(self) -> bool {
        matches!(self, Self::Four | Self::Six | Self::Seven)
    }
}

/// What a keyword holds.
#[derive(Debug, Clone)]
pub(super) enum Held<'a> {
    /// A value.
    Plain(Value),
    /// A schema.
    Schema(&'a Node),
    /// Schemas in order.
    List(Vec<&'a Node>),
    /// Schemas by name.
    Named(Vec<(&'a str, &'a Node)>),
}

/// A keyword, where it is written, and what it holds.
#[derive(Debug, Clone)]
pub(super) struct Keyword<'a> {
    pub(super) name: &'a str,
    pub(super) node: &'a Node,
    pub(super) held: Held<'a>,
}

/// The keywords of a schema, in the order of the document, each spelled as 2020-12 does. Those that
/// say nothing are left out.
pub(super) fn of(schema: &Node) -> Vec<Keyword<'_>> {
    schema
        .entries()
        .iter()
        .flat_map(|entry| keyword(schema, &entry.key, &entry.node))
        .collect()
}

fn keyword<'a>(schema: &'a Node, name: &'a str, node: &'a Node) -> Vec<Keyword<'a>> {
    let one = |name: &'a str, held| vec![Keyword { name, node, held }];
    match name {
        "$schema" | "$id" | "id" | "$anchor" | "$dynamicAnchor" | "$recursiveAnchor"
        | "$comment" | "$vocabulary" | "definitions" | "$defs" => Vec::new(),
        "$ref" | "$dynamicRef" | "$recursiveRef" => one("$ref", Held::Plain(node.to_json())),
        "const" if schema.get("enum").is_none() => {
            one("enum", Held::Plain(Value::Array(vec![node.to_json()])))
        }
        "minimum" | "maximum" => {
            let exclusive = if name == "minimum" {
                "exclusiveMinimum"
            } else {
                "exclusiveMaximum"
            };
            let open = schema.get(exclusive).and_then(Node::as_bool) == Some(true);
            one(
                if open { exclusive } else { name },
                Held::Plain(node.to_json()),
            )
        }
        "exclusiveMinimum" | "exclusiveMaximum" if node.as_bool().is_some() => Vec::new(),
        "items" if is_list(node) => one("prefixItems", Held::List(node.items().iter().collect())),
        "additionalItems" => {
            if schema.get("items").is_some_and(is_list) && !is_everything(node) {
                one("items", Held::Schema(node))
            } else {
                Vec::new()
            }
        }
        "unevaluatedProperties" if !has_applicators(schema) => {
            if is_everything(node) || schema.get("additionalProperties").is_some() {
                Vec::new()
            } else {
                one("additionalProperties", Held::Schema(node))
            }
        }
        "unevaluatedItems" if !has_applicators(schema) => {
            let stated = schema.get("items").is_some_and(|items| !is_list(items))
                || schema.get("additionalItems").is_some()
                || schema.get("contains").is_some();
            if is_everything(node) || stated {
                Vec::new()
            } else {
                one("items", Held::Schema(node))
            }
        }
        "items"
        | "additionalProperties"
        | "propertyNames"
        | "unevaluatedProperties"
        | "unevaluatedItems" => {
            if is_everything(node) {
                Vec::new()
            } else {
                one(name, Held::Schema(node))
            }
        }
        "then" | "else" if schema.get("if").is_none() => Vec::new(),
        "contains" | "not" | "if" | "then" | "else" | "contentSchema" => {
            one(name, Held::Schema(node))
        }
        "allOf" | "anyOf" | "oneOf" | "prefixItems" => {
            one(name, Held::List(node.items().iter().collect()))
        }
        "properties" | "patternProperties" | "dependentSchemas" => {
            one(name, Held::Named(named(node)))
        }
        "dependencies" => dependencies(node),
        _ => one(name, Held::Plain(node.to_json())),
    }
}

/// Before 2019-09 one keyword held both: names that come together, and schemas.
fn dependencies(node: &Node) -> Vec<Keyword<'_>> {
    let (lists, schemas): (Vec<_>, Vec<_>) = node
        .entries()
        .iter()
        .partition(|entry| is_list(&entry.node) || entry.node.as_str().is_some());
    let names = |node: &Node| match node.as_str() {
        Some(one) => Value::Array(vec![one.into()]),
        None => node.to_json(),
    };
    let lists: Map<String, Value> = lists
        .into_iter()
        .map(|entry| (entry.key.to_string(), names(&entry.node)))
        .collect();
    let schemas: Vec<(&str, &Node)> = schemas
        .into_iter()
        .map(|entry| (entry.key.as_str(), &entry.node))
        .collect();
    let lists = (!lists.is_empty()).then(|| ("dependentRequired", Held::Plain(lists.into())));
    let schemas = (!schemas.is_empty()).then_some(("dependentSchemas", Held::Named(schemas)));
    let keyword = |(name, held)| Keyword { name, node, held };
    lists.into_iter().chain(schemas).map(keyword).collect()
}

fn named(node: &Node) -> Vec<(&str, &Node)> {
    let entries = node.entries().iter();
    entries
        .map(|entry| (entry.key.as_str(), &entry.node))
        .collect()
}

/// Whether other schemas apply to the same value, so that what is evaluated depends on them.
fn has_applicators(schema: &Node) -> bool {
    [
        "$ref",
        "$dynamicRef",
        "$recursiveRef",
        "allOf",
        "anyOf",
        "oneOf",
        "if",
        "dependentSchemas",
        "dependencies",
    ]
    .iter()
    .any(|key| schema.get(key).is_some())
}

fn is_list(node: &Node) -> bool {
    matches!(node.value, Tree::List(_))
}

/// Whether a schema lets everything pass.
pub(super) fn is_everything(schema: &Node) -> bool {
    match &schema.value {
        Tree::Bool(truth) => *truth,
        Tree::Map(entries) => entries.is_empty(),
        _ => false,
    }
}
