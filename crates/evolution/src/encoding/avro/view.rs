//! A schema element as the Avro type of its values.

use zonecut_contract::{Node, Value};

use super::EXTENSION;
use super::model::{Enum, Field, Kind, Logical, Name, Schema, Type, texts};

/// The key of the extension that names the property which is the value itself, where the schema is
/// no record.
const DOCUMENT: &str = "document";

/// The Avro schema that an object's ODCS keys and extensions state together.
pub(super) fn schema_of(object: &Node) -> Schema<'_> {
    let mut schema = Schema::default();
    let wrapped = object
        .custom(EXTENSION)
        .and_then(|extension| extension.get(DOCUMENT))
        .and_then(Node::as_str)
        .and_then(|name| {
            let properties = object.get("properties")?.items();
            let named =
                |property: &&Node| property.get("name").and_then(Node::as_str) == Some(name);
            properties.iter().find(named)
        });
    let root = match wrapped {
        Some(value) => optional(value, &mut schema),
        None => record(object, &mut schema),
    };
    schema.root = Some(root);
    schema
}

fn record<'a>(element: &'a Node, schema: &mut Schema<'a>) -> Type<'a> {
    let properties = element.get("properties").map_or(&[][..], Node::items);
    let fields = properties
        .iter()
        .filter_map(|property| {
            let extension = property.custom(EXTENSION);
            Some(Field {
                name: property.get("name")?.as_str()?,
                aliases: texts(extension.and_then(|extension| extension.get("aliases"))),
                has_default: extension.is_some_and(|extension| extension.get("default").is_some()),
                kind: optional(property, schema),
            })
        })
        .collect();
    let kind = Kind::Record(name(element), fields);
    remember(plain(element, kind), schema)
}

/// The type of an element; one that is not `required` may be null.
fn optional<'a>(element: &'a Node, schema: &mut Schema<'a>) -> Type<'a> {
    let stated = element
        .custom(EXTENSION)
        .and_then(|extension| extension.get("type"));
    if let Some(stated) = stated {
        return written(stated, schema);
    }
    let present = present(element, schema);
    if element.get("required").and_then(Node::as_bool) == Some(true)
        || matches!(present.kind, Kind::Word("null"))
    {
        return present;
    }
    let null = plain(element, Kind::Word("null"));
    plain(element, Kind::Union(vec![null, present]))
}

/// The type of an element that is there.
fn present<'a>(element: &'a Node, schema: &mut Schema<'a>) -> Type<'a> {
    let word = |key| element.get(key).and_then(Node::as_str);
    let physical = word("physicalType").unwrap_or(match word("logicalType") {
        Some("integer") => "long",
        Some("number") => "double",
        Some("object") => "record",
        Some(other) => other,
        None => "string",
    });
    let size = physical
        .strip_prefix("fixed(")
        .and_then(|rest| rest.strip_suffix(')')?.trim().parse().ok());
    if let Some(size) = size {
        return remember(plain(element, Kind::Fixed(name(element), size)), schema);
    }
    let kind = match physical {
        "record" => return record(element, schema),
        "enum" => {
            let symbols = element.get("enum").or_else(|| element.custom("enum"));
            let extension = element.custom(EXTENSION);
            let closed = Enum {
                symbols: texts(symbols),
                has_default: extension.is_some_and(|own| own.get("enumDefault").is_some()),
            };
            return remember(plain(element, Kind::Enum(name(element), closed)), schema);
        }
        "array" => match element.get("items") {
            Some(items) => Kind::Array(Box::new(optional(items, schema))),
            None => Kind::Word(physical),
        },
        word => Kind::Word(word),
    };
    plain(element, kind)
}

/// A type as Avro writes it, in JSON.
fn written<'a>(node: &'a Node, schema: &mut Schema<'a>) -> Type<'a> {
    let typed = |kind| Type {
        span: node.span,
        kind,
        logical: Logical::of(node),
    };
    match &node.value {
        Value::String(word) => typed(Kind::Word(word)),
        Value::List(branches) => {
            let branches = branches.iter().map(|branch| written(branch, schema));
            typed(Kind::Union(branches.collect()))
        }
        _ => {
            let inner = |key: &str, schema: &mut Schema<'a>| {
                let null = Type {
                    span: node.span,
                    kind: Kind::Word("null"),
                    logical: None,
                };
                Box::new(node.get(key).map_or(null, |inner| written(inner, schema)))
            };
            let own = || Name {
                full: node.get("name").and_then(Node::as_str).unwrap_or_default(),
                aliases: texts(node.get("aliases")),
            };
            match node.get("type") {
                Some(Node {
                    value: Value::String(word),
                    ..
                }) => match word.as_str() {
                    "array" => typed(Kind::Array(inner("items", schema))),
                    "map" => typed(Kind::Map(inner("values", schema))),
                    "fixed" => remember(typed(Kind::Fixed(own(), size(node))), schema),
                    "enum" => remember(typed(Kind::Enum(own(), symbols(node))), schema),
                    "record" | "error" => {
                        let fields = fields(node, schema);
                        remember(typed(Kind::Record(own(), fields)), schema)
                    }
                    word => typed(Kind::Word(word)),
                },
                Some(inner) => written(inner, schema),
                None => typed(Kind::Word("null")),
            }
        }
    }
}

fn fields<'a>(record: &'a Node, schema: &mut Schema<'a>) -> Vec<Field<'a>> {
    let list = record.get("fields").map_or(&[][..], Node::items);
    list.iter()
        .filter_map(|field| {
            Some(Field {
                name: field.get("name")?.as_str()?,
                aliases: texts(field.get("aliases")),
                has_default: field.get("default").is_some(),
                kind: written(field.get("type")?, schema),
            })
        })
        .collect()
}

fn symbols(node: &Node) -> Enum<'_> {
    Enum {
        symbols: texts(node.get("symbols")),
        has_default: node.get("default").is_some(),
    }
}

fn size(node: &Node) -> u64 {
    match node.get("size").map(|size| &size.value) {
        Some(Value::Number(number)) => number.as_u64().unwrap_or_default(),
        _ => 0,
    }
}

/// The name of the type of an element: stated in the extension, else the element's own.
fn name(element: &Node) -> Name<'_> {
    let extension = element.custom(EXTENSION);
    let stated = extension.and_then(|extension| extension.get("name"));
    Name {
        full: stated
            .or_else(|| element.get("name"))
            .and_then(Node::as_str)
            .unwrap_or_default(),
        aliases: texts(extension.and_then(|extension| extension.get("typeAliases"))),
    }
}

fn plain<'a>(element: &'a Node, kind: Kind<'a>) -> Type<'a> {
    Type {
        span: element.span,
        kind,
        logical: element.custom(EXTENSION).and_then(Logical::of),
    }
}

/// The first definition of a name is what later mentions mean.
fn remember<'a>(defined: Type<'a>, schema: &mut Schema<'a>) -> Type<'a> {
    if let Kind::Record(name, _) | Kind::Enum(name, _) | Kind::Fixed(name, _) = &defined.kind {
        let full = name.full.to_owned();
        schema.named.entry(full).or_insert_with(|| defined.clone());
    }
    defined
}
