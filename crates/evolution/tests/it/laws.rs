//! Laws of the diff, for any contract and any single edit.
//!
//! Contracts are generated as JSON trees from keys of ODCS and keys nobody knows, and read like any
//! other document.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};
use serde_json::{Map, Value, json};
use zonecut_contract::Contract;
use zonecut_evolution::{FactKind, compare, diff};

use crate::support::{contract, settings};

const NAMES: [&str; 6] = ["qname", "rcode", "client_ip", "latency", "site", "answers"];

fn property(depth: u32) -> BoxedStrategy<Value> {
    let base = (
        any::<bool>(),
        select(vec!["string", "integer", "timestamp", "boolean"]),
        select(vec!["varchar(18)", "bigint", "timestamp(3)"]),
        prop::option::of(select(vec!["public", "internal", "restricted"])),
        subsequence(vec!["pii", "dns", "gdpr"], 0..=3),
        prop::option::of(select(vec!["ms", "count"])),
    );
    let leaf = base.prop_map(|(required, logical, physical, class, tags, unit)| {
        let mut map = Map::new();
        map.insert("logicalType".into(), json!(logical));
        map.insert("physicalType".into(), json!(physical));
        map.insert("required".into(), json!(required));
        if let Some(class) = class {
            map.insert("classification".into(), json!(class));
        }
        if !tags.is_empty() {
            map.insert("tags".into(), json!(tags));
        }
        if let Some(unit) = unit {
            map.insert(
                "customProperties".into(),
                json!([{"property": "unit", "value": unit}]),
            );
        }
        Value::Object(map)
    });
    if depth == 0 {
        return leaf.boxed();
    }
    let nested =
        properties(depth - 1).prop_map(|list| json!({"logicalType": "object", "properties": list}));
    let array =
        property(depth - 1).prop_map(|items| json!({"logicalType": "array", "items": items}));
    prop_oneof![3 => leaf, 1 => nested, 1 => array].boxed()
}

fn properties(depth: u32) -> impl Strategy<Value = Vec<Value>> {
    (subsequence(NAMES.to_vec(), 1..=4), any::<bool>()).prop_flat_map(move |(names, ids)| {
        let count = names.len();
        prop::collection::vec(property(depth), count).prop_map(move |list| {
            names
                .iter()
                .zip(list)
                .map(|(name, mut property)| {
                    property["name"] = json!(name);
                    if ids {
                        property["id"] = json!(format!("{name}_id"));
                    }
                    property
                })
                .collect()
        })
    })
}

fn document() -> impl Strategy<Value = Value> {
    let sla = prop::sample::subsequence(
        vec![
            json!({"property": "latency", "value": 4, "unit": "h"}),
            json!({"property": "retention", "value": 30, "unit": "d"}),
            json!({"property": "timeOfAvailability", "value": "09:00-03:00", "driver": "regulatory"}),
            json!({"property": "timeOfAvailability", "value": "08:00-03:00", "driver": "analytics"}),
        ],
        0..=4,
    );
    let roles = subsequence(
        vec![
            json!({"role": "a", "access": "read"}),
            json!({"role": "b", "access": "write"}),
        ],
        0..=2,
    );
    let servers = subsequence(
        vec![
            json!({"server": "x", "type": "kafka", "host": "k:9092"}),
            json!({"server": "y", "type": "s3", "location": "s3://b/p"}),
        ],
        0..=2,
    );
    let quality = subsequence(
        vec![
            json!({"metric": "rowCount", "mustBeGreaterThan": 5}),
            json!({"name": "no-twins", "metric": "duplicateValues", "mustBe": 0}),
        ],
        0..=2,
    );
    (properties(2), sla, roles, servers, quality, "[a-z]{1,8}").prop_map(|(list, sla, roles, servers, quality, purpose)| {
        let mut object = json!({"name": "queries", "properties": list});
        if !quality.is_empty() {
            object["quality"] = json!(quality);
        }
        json!({
            "apiVersion": "v3.1.0", "kind": "DataContract", "id": "c", "version": "1.0.0", "status": "active",
            "description": {"purpose": purpose}, "schema": [object], "slaProperties": sla, "roles": roles,
            "servers": servers,
        })
    })
}

fn read(name: &str, value: &Value) -> Contract {
    contract(name, &serde_json::to_string_pretty(value).unwrap())
}

/// The same document with every list of things in another order, and keys too.
fn shuffled(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().rev().map(shuffled).collect(),
        Value::Object(map) => map
            .iter()
            .rev()
            .map(|(key, value)| (key.clone(), shuffled(value)))
            .collect::<Map<_, _>>()
            .into(),
        other => other.clone(),
    }
}

/// Lists as sets: what the order of keyed lists leaves to compare.
fn unordered(value: &Value) -> Value {
    match value {
        Value::Array(items) => {
            let set: BTreeSet<String> = items
                .iter()
                .map(|item| unordered(item).to_string())
                .collect();
            json!(set)
        }
        Value::Object(map) => {
            let sorted: std::collections::BTreeMap<_, _> = map
                .iter()
                .map(|(key, value)| (key, unordered(value)))
                .collect();
            json!(sorted)
        }
        other => other.clone(),
    }
}

/// One edit, the path it happens at, and the field that changes.
struct Edit {
    path: String,
    field: Option<&'static str>,
    kind: FactKind,
}

/// Applies the edit that `which` selects to the first property.
fn edit(document: &mut Value, which: usize) -> Edit {
    let object = &mut document["schema"][0];
    let name = object["properties"][0]["name"].as_str().unwrap().to_owned();
    let path = format!("queries.{name}");
    let first = &mut object["properties"][0];
    let set = |first: &mut Value, key: &'static str, value: Value| {
        let kind = if first.get(key).is_some() {
            FactKind::Changed
        } else {
            FactKind::Added
        };
        first[key] = value;
        Edit {
            path: path.clone(),
            field: Some(key),
            kind,
        }
    };
    match which {
        0 => set(first, "physicalType", json!("uuid")),
        1 => set(first, "classification", json!("secret")),
        2 => set(first, "description", json!("what it says")),
        3 => set(first, "transformLogic", json!("select 1")),
        4 => {
            object["properties"]
                .as_array_mut()
                .unwrap()
                .push(json!({"name": "fresh"}));
            Edit {
                path: "queries.fresh".into(),
                field: None,
                kind: FactKind::Added,
            }
        }
        5 => {
            object["properties"].as_array_mut().unwrap().remove(0);
            Edit {
                path,
                field: None,
                kind: FactKind::Removed,
            }
        }
        6 => {
            document["price"] = json!({"priceAmount": 1});
            Edit {
                path: "price".into(),
                field: None,
                kind: FactKind::Added,
            }
        }
        7 => {
            document["status"] = json!("retired");
            Edit {
                path: "status".into(),
                field: Some("status"),
                kind: FactKind::Changed,
            }
        }
        8 => {
            document["slaProperties"]
                .as_array_mut()
                .unwrap()
                .push(json!({"property": "errorRate", "value": 1}));
            Edit {
                path: "slaProperties[errorRate]".into(),
                field: None,
                kind: FactKind::Added,
            }
        }
        _ => {
            document["description"]["purpose"] = json!("ANOTHER");
            Edit {
                path: "description".into(),
                field: Some("purpose"),
                kind: FactKind::Changed,
            }
        }
    }
}

/// Every text that says what something is like, not which one it is: where it stands.
fn leaves(value: &Value, pointer: &str, found: &mut Vec<String>) {
    const NAMES: [&str; 10] = [
        "name",
        "id",
        "property",
        "role",
        "server",
        "type",
        "metric",
        "driver",
        "kind",
        "apiVersion",
    ];
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                leaves(item, &format!("{pointer}/{index}"), found);
            }
        }
        Value::Object(map) => {
            for (key, value) in map {
                let pointer = format!("{pointer}/{key}");
                if value.is_string() && !NAMES.contains(&key.as_str()) {
                    found.push(pointer);
                } else {
                    leaves(value, &pointer, found);
                }
            }
        }
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_contract_does_not_differ_from_itself(document in document()) {
        let a = read("a", &document);
        prop_assert!(diff(&a, &a).is_empty());
        let b = read("b", &document);
        prop_assert!(diff(&a, &b).is_empty());
        let report = compare(Some(&a), Some(&b), &settings());
        prop_assert!(report.findings.is_empty());
        prop_assert_eq!(report.version.required, "1.0.0");
    }

    #[test]
    fn the_order_of_keyed_lists_says_nothing(document in document()) {
        let (a, b) = (read("a", &document), read("b", &shuffled(&document)));
        let facts = diff(&a, &b);
        prop_assert!(facts.is_empty(), "{:#?}", facts);
    }

    #[test]
    fn silence_means_equality(one in document(), two in document()) {
        let (a, b) = (read("a", &one), read("b", &two));
        let same = unordered(&a.root().to_json()) == unordered(&b.root().to_json());
        prop_assert_eq!(diff(&a, &b).is_empty(), same);
    }

    #[test]
    fn every_fact_has_its_mirror(one in document(), two in document()) {
        let (a, b) = (read("a", &one), read("b", &two));
        prop_assert_eq!(diff(&a, &b).len(), diff(&b, &a).len());
    }

    #[test]
    fn one_edit_is_one_fact(before in document(), which in 0usize..10) {
        let mut after = before.clone();
        let edit = edit(&mut after, which);
        let (a, b) = (read("a", &before), read("b", &after));
        let facts: Vec<_> = diff(&a, &b).into_iter().filter(|fact| fact.kind != FactKind::Respelled).collect();
        prop_assert_eq!(facts.len(), 1, "{:#?}", facts);
        prop_assert_eq!(&facts[0].path, &edit.path);
        prop_assert_eq!(facts[0].field.as_deref(), edit.field);
        prop_assert_eq!(facts[0].kind, edit.kind);
    }

    #[test]
    fn one_edit_anywhere_is_that_fact_and_no_other(before in document(), at in any::<Index>()) {
        let mut found = Vec::new();
        leaves(&before, "", &mut found);
        let pointer = at.get(&found);
        let mut after = before.clone();
        let old = after.pointer_mut(pointer).unwrap().take();
        // What a schema would refuse, the tree still holds: the diff is about both.
        let new = if pointer.ends_with("logicalType") { json!("date") } else { json!("another") };
        *after.pointer_mut(pointer).unwrap() = new.clone();
        let (a, b) = (read("a", &before), read("b", &after));
        let facts = diff(&a, &b);
        prop_assert_eq!(facts.len(), 1, "{} {:#?}", pointer, facts);
        prop_assert_eq!(facts[0].kind, FactKind::Changed);
        prop_assert_eq!(facts[0].before.map(zonecut_contract::Node::to_json), Some(old));
        prop_assert_eq!(facts[0].after.map(zonecut_contract::Node::to_json), Some(new));
        let key = pointer.rsplit('/').next().unwrap();
        prop_assert!(facts[0].field().ends_with(key), "{} {:#?}", pointer, facts);
    }

    #[test]
    fn no_fact_is_left_unjudged(one in document(), two in document(), at in any::<Index>()) {
        let (a, b) = (read("a", &one), read("b", &two));
        let report = compare(Some(&a), Some(&b), &settings());
        let mut facts = diff(&a, &b);
        prop_assert_eq!(facts.is_empty(), report.findings.is_empty());
        // Adopting or dropping a stable id is silence, and still takes a patch.
        facts.retain(|fact| fact.kind != FactKind::Respelled || fact.field() != "id");
        if !facts.is_empty() {
            let fact = at.get(&facts);
            prop_assert!(report.findings.iter().any(|finding| finding.path == fact.path), "{:#?} {:#?}", fact, report.findings);
        }
    }
}
