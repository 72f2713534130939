//! What the standards say is meant where nothing is said.

use zonecut_contract::{Node, Value};

use super::metric;
use crate::zone;

/// Whether saying `value` for `key` is the same as not saying it.
pub(super) fn is_default(owner: &Node, key: &str, value: &Node) -> bool {
    match &value.value {
        Value::Secret(_) => false,
        Value::Null => true,
        Value::List(items) => items.is_empty(),
        Value::Map(entries) => entries.is_empty(),
        Value::Bool(truth) => !truth && FALSE.contains(&key),
        Value::Number(number) => number.as_i64().is_some_and(|number| match key {
            "primaryKeyPosition" | "partitionKeyPosition" => number == -1,
            "minLength" | "minItems" | "minProperties" => number == 0,
            "port" => default_port(kind(owner)) == Some(number),
            _ => false,
        }),
        Value::String(text) => is_default_text(owner, key, text),
    }
}

/// Flags that are down unless they are raised.
const FALSE: [&str; 11] = [
    "required",
    "unique",
    "primaryKey",
    "partitioned",
    "criticalDataElement",
    "deprecated",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "uniqueItems",
    "normalized",
    "timezone",
];

fn is_default_text(owner: &Node, key: &str, text: &str) -> bool {
    match key {
        "physicalName" => owner.get("name").and_then(Node::as_str) == Some(text),
        "semanticType" => text == "column",
        "defaultTimezone" => zone::same(text, "Etc/UTC"),
        "elementType" => text == "float32",
        "format" => text == "json" && kind(owner) == "kafka",
        "catalog" => text == "awsdatacatalog" && kind(owner) == "athena",
        "host" => matches!(
            (kind(owner), text),
            ("poet" | "fastobjects", "LOCAL") | ("versant", "localhost")
        ),
        "port" => text
            .parse()
            .is_ok_and(|port| default_port(kind(owner)) == Some(port)),
        "type" => {
            (text == "library" && metric::of(owner).is_some())
                || (text == "foreignKey" && owner.get("to").is_some())
                || (text == "external" && owner.get("url").is_some())
                || (text == "rest" && owner.get("content").is_some())
        }
        _ => false,
    }
}

fn kind(server: &Node) -> &str {
    let kind = server.get("type").and_then(Node::as_str);
    kind.filter(|_| server.get("server").is_some())
        .unwrap_or_default()
}

fn default_port(server: &str) -> Option<i64> {
    match server {
        "exasol" => Some(8563),
        "ingres" | "vectorwise" => Some(21064),
        "poet" | "fastobjects" => Some(6001),
        "sqlserver" => Some(1433),
        "teradata" => Some(1025),
        "versant" => Some(5019),
        _ => None,
    }
}
