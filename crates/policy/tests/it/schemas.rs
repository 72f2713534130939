//! The published JSON Schemas and the parser accept and refuse the same documents.

use std::path::Path;

use serde_json::{Value, json};
use zonecut_policy::{read_policies, testing::read_tests};

use crate::world::{Choices, World};

fn schema(kind: &str) -> jsonschema::Validator {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join(format!("../../docs/schemas/policy-{kind}.schema.json"));
    let text = std::fs::read_to_string(path).expect("the schema is published");
    jsonschema::validator_for(&serde_json::from_str(&text).expect("JSON")).expect("a schema")
}

/// Every document that differs from `document` in one place.
fn variants(document: &Value) -> Vec<Value> {
    let mut places = vec![String::new()];
    let mut all = Vec::new();
    while let Some(place) = places.pop() {
        let here = document.pointer(&place).expect("walked");
        let replacements = [
            json!(null),
            json!(7),
            json!(true),
            json!(""),
            json!([]),
            json!({}),
            json!([7]),
            json!({"unknown": 7}),
        ];
        for replacement in replacements {
            let mut variant = document.clone();
            *variant.pointer_mut(&place).expect("there") = replacement;
            all.push(variant);
        }
        match here {
            Value::Object(map) => {
                let mut more = document.clone();
                more.pointer_mut(&place).expect("there")["unknown"] = json!(7);
                all.push(more);
                for key in map.keys() {
                    let mut less = document.clone();
                    less.pointer_mut(&place)
                        .and_then(Value::as_object_mut)
                        .expect("there")
                        .remove(key);
                    all.push(less);
                    places.push(format!("{place}/{key}"));
                }
            }
            Value::Array(list) => {
                places.extend((0..list.len()).map(|index| format!("{place}/{index}")));
            }
            _ => {}
        }
    }
    all
}

fn compare(kind: &str, documents: &[Value]) {
    let schema = schema(kind);
    let (mut valid, mut invalid) = (0, 0);
    for document in documents {
        assert!(
            schema.is_valid(document),
            "the schema of {kind} refuses {document:#}"
        );
        for variant in variants(document) {
            let parsed = read_policies("variant.json", variant.to_string().as_bytes());
            let accepted = parsed.value.is_some();
            assert_eq!(
                schema.is_valid(&variant),
                accepted,
                "{variant:#}\n{:#?}",
                parsed.findings
            );
            *(if accepted { &mut valid } else { &mut invalid }) += 1;
        }
    }
    assert!(
        valid > 0 && invalid > 0,
        "{kind}: {valid} valid, {invalid} invalid"
    );
}

#[test]
fn schemas_agree_with_the_parser_on_rules_and_roles() {
    let (mut policies, mut guardrails, mut roles) = (Vec::new(), Vec::new(), Vec::new());
    for seed in 0..6 {
        let world = World::new(&mut Choices(seed));
        for document in &world.rules {
            let list = if document.domain.is_some() {
                &mut policies
            } else {
                &mut guardrails
            };
            list.push(document.json());
        }
        roles.extend(world.roles.iter().map(crate::world::RoleDocument::json));
    }
    compare("policy", &policies);
    compare("guardrail", &guardrails);
    compare("roles", &roles);
}

#[test]
fn schemas_agree_with_the_parser_on_engines() {
    let spec = json!({
        "type": "trino", "region": "br", "purpose": "operations", "cloud": "aws", "evaluator": "zonecut-filters",
        "catalogs": {"dns": {"server": "lake-br"}}, "unmanaged": {"catalogs": ["system"], "schemas": ["dns.scratch"]},
        "functions": {"ip-pseudonym": "zonecut.ip_pseudonym", "domain": "registrable"},
    });
    compare(
        "engine",
        &[
            json!({"apiVersion": "zonecut/v1", "kind": "Engine", "metadata": {"name": "e"}, "spec": spec}),
        ],
    );
}

#[test]
fn schemas_agree_with_the_parser_on_every_mask() {
    let masks = [
        json!({"type": "null"}),
        json!({"type": "constant", "value": "redacted"}),
        json!({"type": "partial", "first": 2, "last": 0}),
        json!({"type": "ip-prefix", "v4": 24, "v6": 48}),
        json!({"type": "ip-prefix", "v4": 32, "v6": 64}),
        json!({"type": "domain", "to": "registrable"}),
        json!({"type": "domain", "labels": 2}),
        json!({"type": "time-bucket", "seconds": 3600}),
        json!({"type": "number-bucket", "size": 5}),
        json!({"type": "enum-group", "groups": {"NOERROR": "ok"}, "other": "other"}),
        json!({"type": "hash-keyed", "key": "mesh-2026", "epoch": 1}),
        json!({"type": "ip-pseudonym", "key": "mesh-2026", "epoch": 1}),
        json!({"type": "ip-token", "key": "mesh-2026", "epoch": 1}),
    ];
    let rule = |mask: &Value| json!({"apiVersion": "zonecut/v1", "kind": "Guardrail", "metadata": {"name": "g"}, "spec": {"masks": [{"mask": mask}]}});
    compare("guardrail", &masks.iter().map(rule).collect::<Vec<_>>());
}

#[test]
fn what_the_schema_of_policy_tests_takes_the_reader_takes() {
    let schema = schema("test");
    let document = json!({
        "apiVersion": "zonecut/v1", "kind": "PolicyTest", "metadata": {"name": "t"},
        "cases": [{
            "name": "n", "principal": {"user": "u", "groups": ["g"]}, "action": "select", "purpose": "p",
            "engine": "e", "contract": "c", "object": "o", "columns": ["a"],
            "expect": {
                "allow": true, "filters": ["x = 1"], "reasons": ["r"],
                "columns": {"a": {"access": "masked", "mask": {"type": "ip-prefix", "v4": 24, "v6": 48}}},
            },
        }],
    });
    assert!(schema.is_valid(&document));
    let (mut valid, mut invalid) = (0, 0);
    for variant in variants(&document) {
        let parsed = read_tests("variant.json", variant.to_string().as_bytes());
        let accepted = parsed.value.is_some();
        assert!(
            accepted || !schema.is_valid(&variant),
            "{variant:#}\n{:#?}",
            parsed.findings
        );
        *(if schema.is_valid(&variant) {
            &mut valid
        } else {
            &mut invalid
        }) += 1;
    }
    assert!(valid > 0 && invalid > 0, "{valid} valid, {invalid} invalid");
}

#[test]
fn a_mask_is_one_in_policies_and_in_their_tests() {
    let mask = |kind: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join(format!("../../docs/schemas/policy-{kind}.schema.json"));
        let text = std::fs::read_to_string(path).expect("the schema is published");
        let schema: Value = serde_json::from_str(&text).expect("JSON");
        schema["$defs"]["mask"].clone()
    };
    assert!(mask("test").is_object());
    assert_eq!(mask("test"), mask("policy"));
}
