//! Which promises a contract makes.

use serde_json::{Value, json};
use zonecut_contract::{Contract, read_contract};
use zonecut_quality::promises;

/// A contract with these objects, each with a column `query_time`, and these service levels:
/// property, value, unit and element, the last two left out where they are empty.
fn contract(objects: &[&str], sla: &[(&str, Value, &str, &str)]) -> Contract {
    let schema = objects.iter().map(|name| {
        json!({"name": name, "properties": [{"name": "query_time", "logicalType": "timestamp"}]})
    });
    let sla = sla.iter().map(|(property, value, unit, element)| {
        let mut entry = json!({"property": property, "value": value});
        for (key, text) in [("unit", unit), ("element", element)] {
            if !text.is_empty() {
                entry[key] = json!(text);
            }
        }
        entry
    });
    let document = json!({
        "apiVersion": "v3.1.0", "kind": "DataContract", "id": "c", "version": "1.0.0",
        "status": "active", "schema": schema.collect::<Value>(),
        "slaProperties": sla.collect::<Value>(),
    });
    let read = read_contract("c.odcs.json", document.to_string().as_bytes());
    read.value.unwrap()
}

fn told(contract: &Contract) -> String {
    let (held, errors) = promises(contract);
    let held = held.iter().map(|promise| {
        let column = promise.column.as_deref().unwrap_or("-");
        format!(
            "{} {} {} {}s",
            promise.kind.as_str(),
            promise.object,
            column,
            promise.limit.num_seconds()
        )
    });
    held.chain(errors.iter().map(|error| format!("! {error}")))
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn time_bound_service_levels_become_promises() {
    let contract = contract(
        &["queries", "sites"],
        &[
            ("freshness", json!(15), "min", "queries.query_time"),
            ("Freshness", json!("PT2H"), "", ""),
            ("frequency", json!("1"), "d", "queries, sites"),
            ("latency", json!(4), "d", "sites"),
            ("retention", json!(3), "y", "queries"),
            ("availability", json!(99.5), "percent", ""),
        ],
    );
    insta::assert_snapshot!(told(&contract));
}

#[test]
fn a_column_alone_will_do_where_there_is_one_object() {
    assert_eq!(
        told(&contract(
            &["queries"],
            &[("freshness", json!(1), "h", "query_time")]
        )),
        "freshness queries query_time 3600s"
    );
}

#[test]
fn of_two_entries_the_tighter_counts() {
    let twice = [
        ("freshness", json!(2), "h", "queries"),
        ("freshness", json!(90), "min", "queries"),
    ];
    assert_eq!(
        told(&contract(&["queries"], &twice)),
        "freshness queries - 5400s"
    );
}

#[test]
fn what_can_not_be_held_says_why() {
    let contract = contract(
        &["queries", "sites"],
        &[
            ("freshness", json!("soon"), "", "queries"),
            ("freshness", json!(5), "", "queries"),
            ("frequency", json!(1), "fortnight", "queries"),
            ("freshness", json!(5), "min", "query_time"),
            ("freshness", json!(5), "min", "queriesx"),
        ],
    );
    insta::assert_snapshot!(told(&contract));
}
