//! Which key of ODCS holds what: lists with identity, sets, schema elements, plain values.

use zonecut_contract::Node;

use super::extension;
use super::identity::{self, Identity};
use super::scope::Scope;
use crate::fact::SubjectKind;

/// How the value of a key is compared.
pub(super) enum Shape {
    /// A list of things of their own, each with its own path.
    Things(&'static Identity, SubjectKind),
    /// A list of entries that belong to the thing they stand in.
    Entries(&'static Identity, &'static str),
    /// Tags: a set of which each is a thing of its own.
    Tags,
    /// A set of values: order says nothing. One that comes or goes does so as a whole.
    Set,
    /// A single value, whatever it is made of, and when two of them are one.
    Value(fn(&Node, &Node) -> bool),
    /// The single schema element of an array (`[]`).
    Items,
    /// The key and the value of a map, each a schema element.
    MapTypes,
    /// The team, in either shape.
    Team,
    /// A mapping that is a thing of its own.
    Thing(SubjectKind),
    /// A mapping that is no more than its fields; a thing of its own where a kind is given.
    Fields(Option<SubjectKind>),
    /// Anything else.
    Plain,
}

/// The shape of `key` where the walk stands.
pub(super) fn of(scope: &Scope<'_>, key: &str) -> Shape {
    if let Some(shape) = extension::shape(scope, key) {
        shape
    } else if scope.field.is_empty() || is_nested(key) {
        of_key(scope.subject.kind, key)
    } else {
        Shape::Plain
    }
}

/// Keys whose shape holds wherever they stand, also inside nested mappings.
fn is_nested(key: &str) -> bool {
    matches!(
        key,
        "customProperties"
            | "authoritativeDefinitions"
            | "tags"
            | "validValues"
            | "invalidValues"
            | "missingValues"
            | "verifiedStatements"
            | "constraints"
            | "required"
    )
}

/// The shape of `key` inside a thing of the given kind.
fn of_key(kind: SubjectKind, key: &str) -> Shape {
    use SubjectKind as K;
    match (kind, key) {
        (K::Contract, "schema") => Shape::Things(&identity::ELEMENT, K::Object),
        (K::Contract, "slaProperties") => Shape::Things(&identity::SLA, K::Sla),
        (K::Contract, "servers") => Shape::Things(&identity::SERVER, K::Server),
        (K::Contract | K::Server, "roles") => Shape::Things(&identity::ROLE, K::Role),
        (K::Contract, "support") => Shape::Things(&identity::SUPPORT, K::Support),
        (K::Contract, "team") => Shape::Team,
        (K::Contract, "price") => Shape::Thing(K::Price),
        (K::Contract, "description") => Shape::Fields(Some(K::Terms)),
        (K::Contract, "inputPorts" | "outputPorts" | "managementPorts") => {
            Shape::Things(&identity::PORT, K::Port)
        }
        (K::Port, "inputContracts") => Shape::Entries(&identity::INPUT_CONTRACT, "id"),
        (K::Port, "sbom") => Shape::Entries(&identity::BILL, "url"),
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
        (K::Property, "logicalTypeOptions") => Shape::Fields(None),
        (_, "verifiedStatements") => Shape::Entries(&identity::STATEMENT, "question"),
        (_, "constraints") => Shape::Entries(&identity::STATEMENT, "constraint"),
        (_, "tags") => Shape::Tags,
        (
            _,
            // Inside `logicalTypeOptions` it names properties, elsewhere it is a flag.
            "required"
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
