//! Our custom properties: documented, in the schema, and used as both say.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{contracts, products};
use crate::checkout::read;

/// Every `customProperties` list anywhere in `node`.
fn lists<'a>(node: &'a Value, found: &mut Vec<&'a Value>) {
    match node {
        Value::Object(fields) => {
            for (key, value) in fields {
                if key == "customProperties" {
                    found.push(value);
                }
                lists(value, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| lists(item, found)),
        _ => {}
    }
}

fn schema() -> Value {
    serde_json::from_str(&read("docs/schemas/extensions.schema.json")).expect("the schema is JSON")
}

#[test]
fn shipped_documents_use_them_as_the_schema_says() {
    let validator = jsonschema::validator_for(&schema()).expect("the schema is a schema");
    let documents = contracts()
        .into_iter()
        .map(|(file, contract)| (file, contract.root().to_json()));
    let documents = documents.chain(
        products()
            .into_iter()
            .map(|(file, product)| (file, product.root().to_json())),
    );
    let mut looked_at = 0;
    for (file, document) in documents {
        let mut found = Vec::new();
        lists(&document, &mut found);
        for list in found {
            looked_at += 1;
            let errors: Vec<_> = validator
                .iter_errors(list)
                .map(|error| error.to_string())
                .collect();
            assert!(errors.is_empty(), "{file}: {list}: {errors:?}");
        }
    }
    assert!(
        looked_at > 100,
        "the mesh uses custom properties throughout, found {looked_at} lists"
    );
}

#[test]
fn the_schema_refuses_what_has_no_meaning() {
    let validator = jsonschema::validator_for(&schema()).expect("the schema is a schema");
    let refused = |property: &str, value: Value| {
        !validator.is_valid(&serde_json::json!([{"property": property, "value": value}]))
    };
    assert!(refused("unit", "furlongs".into()));
    assert!(refused("noticePeriod", "30 days".into()));
    assert!(refused("noticePeriod", "P".into()));
    assert!(refused("keyEpoch", "1".into()));
    assert!(refused("compatibility", "sideways".into()));
    assert!(refused(
        "slo",
        serde_json::json!({"objective": 101, "window": "P30D"})
    ));
    assert!(refused("transform", "rot13".into()));
    assert!(!refused("somebody-elses", "anything".into()));
}

#[test]
fn the_page_and_the_schema_list_the_same() {
    let schema = schema();
    let rules = schema["items"]["allOf"]
        .as_array()
        .expect("one rule for each property");
    let in_schema: BTreeSet<_> = rules
        .iter()
        .map(|rule| {
            rule["if"]["properties"]["property"]["const"]
                .as_str()
                .expect("a name")
                .to_owned()
        })
        .collect();
    let page = read("docs/extensions.md");
    let on_page: BTreeSet<_> = page
        .lines()
        .filter_map(|line| Some(line.strip_prefix("| `")?.split_once('`')?.0.to_owned()))
        .collect();
    assert_eq!(in_schema, on_page);
}
