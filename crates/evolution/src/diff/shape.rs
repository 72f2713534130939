//! Which key of ODCS holds what: lists with identity, sets, schema elements, plain values.

use zonecut_contract::{Node, Value};

use super::identity::{self, Identity};
use crate::fact::SubjectKind;

/// How the value of a key is compared.
pub(super) enum Shape {
    /// A list of things of their own, each with its own path.
    Things(&'static Identity, SubjectKind),
    /// A list of entries that belong to the thing they stand in.
    Entries(&'static Identity, &'static str),
    /// A set of values: order says nothing.
    Set,
    /// The single schema element of an array (`[]`).
    Items,
    /// The key and the value of a map, each a schema element.
    MapTypes,
    /// The team, in either shape.
    Team,
    /// A mapping that is a thing of its own.
    Thing(SubjectKind),
    /// Anything else.
    Plain,
}

/// The shape of `key` inside a thing of the given kind.
pub(super) fn of(kind: SubjectKind, key: &str) -> Shape {
    use SubjectKind as K;
    match (kind, key) {
        (K::Contract, "schema") => Shape::Things(&identity::ELEMENT, K::Object),
        (K::Contract, "slaProperties") => Shape::Things(&identity::SLA, K::Sla),
        (K::Contract, "servers") => Shape::Things(&identity::SERVER, K::Server),
        (K::Contract, "roles") => Shape::Things(&identity::ROLE, K::Role),
        (K::Contract, "support") => Shape::Things(&identity::SUPPORT, K::Support),
        (K::Contract, "team") => Shape::Team,
        (K::Contract, "price") => Shape::Thing(K::Price),
        (K::Contract, "description") => Shape::Thing(K::Terms),
        (K::Contract, "customProperties") => Shape::Things(&identity::CUSTOM, K::Custom),
        (K::Contract, "authoritativeDefinitions") => {
            Shape::Things(&identity::DEFINITION, K::Definition)
        }
        (K::Object | K::Property, "properties") => Shape::Things(&identity::ELEMENT, K::Property),
        (K::Contract | K::Object | K::Property, "quality") => {
            Shape::Things(&identity::QUALITY, K::Quality)
        }
        (K::Property, "items") => Shape::Items,
        (K::Property, "map") => Shape::MapTypes,
        (_, "customProperties") => Shape::Entries(&identity::CUSTOM, "property"),
        (_, "authoritativeDefinitions") => Shape::Entries(&identity::DEFINITION, "type"),
        (_, "relationships") => Shape::Entries(&identity::RELATIONSHIP, "to"),
        (_, "roles") => Shape::Entries(&identity::ROLE, "role"),
        (
            _,
            "tags"
            | "enum"
            | "examples"
            | "synonyms"
            | "validValues"
            | "invalidValues"
            | "missingValues"
            | "transformSourceObjects",
        ) => Shape::Set,
        _ => Shape::Plain,
    }
}

/// Whether saying `value` for `key` is the same as not saying it.
pub(super) fn is_default(owner: &Node, key: &str, value: &Node) -> bool {
    match &value.value {
        Value::Null => true,
        Value::List(items) => items.is_empty(),
        Value::Map(entries) => entries.is_empty(),
        Value::Bool(truth) => match key {
            "required"
            | "unique"
            | "primaryKey"
            | "partitioned"
            | "criticalDataElement"
            | "deprecated"
            | "exclusiveMinimum"
            | "exclusiveMaximum" => !truth,
            _ => false,
        },
        Value::Number(number) => {
            matches!(key, "primaryKeyPosition" | "partitionKeyPosition")
                && number.as_i64() == Some(-1)
        }
        Value::String(text) => match key {
            "physicalName" => owner.get("name").and_then(Node::as_str) == Some(text),
            "semanticType" => text == "column",
            "defaultTimezone" => text == "Etc/UTC",
            "type" => {
                (text == "library" && owner.get("metric").is_some())
                    || (text == "foreignKey" && owner.get("to").is_some())
            }
            _ => false,
        },
    }
}
