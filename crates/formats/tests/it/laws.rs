//! Laws of imports over generated schemas.

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use zonecut_contract::{lint_document, read_contract};
use zonecut_diagnostics::LintSeverity;
use zonecut_evolution::diff;
use zonecut_formats::{Format, import};

use crate::support::{compatibility, imported, yaml};

/// Schemas over a few names and texts, with these choices, with or without references.
fn json_schema(choices: &'static [&'static str], references: bool) -> impl Strategy<Value = Value> {
    let count = 0_u64..6;
    let leaf = prop_oneof![
        Just(json!({})),
        any::<bool>().prop_map(Value::from),
        prop::sample::select(vec!["string", "number", "integer", "boolean", "null"])
            .prop_map(|kind| json!({"type": kind})),
        (count.clone(), "[a-c]{1,2}").prop_map(
            |(length, text)| json!({"type": "string", "maxLength": length, "pattern": text})
        ),
        (-3..3_i64).prop_map(|low| json!({"type": "integer", "minimum": low})),
        prop::collection::vec("[a-c]", 0..3).prop_map(|list| json!({"enum": list})),
        Just(if references {
            json!({"$ref": "#/$defs/d"})
        } else {
            json!({"type": "string"})
        }),
        prop::sample::select(vec!["date-time", "date", "uuid"])
            .prop_map(|format| json!({"type": "string", "format": format})),
    ];
    let schema = leaf.prop_recursive(3, 24, 4, move |inner| {
        let named = prop::collection::btree_map("[a-d]", inner.clone(), 0..4);
        let list = prop::collection::vec(inner.clone(), 1..3);
        prop_oneof![
            (named.clone(), prop::collection::btree_set("[a-d]", 0..3)).prop_map(
                |(properties, required)| {
                    json!({"type": "object", "properties": properties, "required": required})
                }
            ),
            (named, inner.clone()).prop_map(|(properties, more)| {
                json!({"properties": properties, "additionalProperties": more})
            }),
            inner
                .clone()
                .prop_map(|items| json!({"type": "array", "items": items})),
            (list.clone(), inner.clone()).prop_map(|(tuple, rest)| {
                json!({"type": "array", "prefixItems": tuple, "items": rest})
            }),
            (list, prop::sample::select(choices)).prop_map(|(list, key)| json!({key: list})),
            inner.prop_map(|schema| json!({"not": schema})),
        ]
    });
    (schema.clone(), schema).prop_map(|(root, definition)| match root {
        Value::Object(mut map) => {
            // A definition that is itself is refused; in its own elements it may come again.
            let definition = if is_itself(&definition) {
                json!({"items": definition})
            } else {
                definition
            };
            map.insert("$defs".to_owned(), json!({"d": definition}));
            map.into()
        }
        other => other,
    })
}

/// Whether the reference in a definition speaks of the value that the definition does.
fn is_itself(definition: &Value) -> bool {
    let lists = CHOICES.iter().filter_map(|key| definition[key].as_array());
    definition.get("$ref").is_some()
        || definition.get("not").is_some_and(is_itself)
        || lists.flatten().any(is_itself)
}

/// The keywords that join schemas; the last is a choice of one.
const CHOICES: [&str; 3] = ["allOf", "anyOf", "oneOf"];

/// Documents over the same names and texts.
fn instance() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-4..6_i64).prop_map(Value::from),
        Just(json!(0.5)),
        "[a-d]{0,7}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::btree_map("[a-e]", inner, 0..4).prop_map(|map| json!(map)),
        ]
    })
}

fn validator(schema: &Value) -> jsonschema::Validator {
    jsonschema::draft202012::new(schema).unwrap()
}

fn avro_schema() -> impl Strategy<Value = Value> {
    let leaf = prop::sample::select(vec![
        json!("int"),
        json!("string"),
        json!("double"),
        json!({"type": "long", "logicalType": "timestamp-millis"}),
        json!(["null", "long"]),
        json!(["string", "boolean"]),
    ]);
    let kind = leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            inner
                .clone()
                .prop_map(|items| json!({"type": "array", "items": items})),
            inner.prop_map(|values| json!({"type": "map", "values": values})),
        ]
    });
    prop::collection::btree_map("[a-e]", (kind, any::<bool>()), 0..5).prop_map(|fields| {
        let fields: Vec<Value> = fields
            .into_iter()
            .map(|(name, (kind, link))| {
                let kind = if link { json!(["null", "r"]) } else { kind };
                json!({"name": name, "type": kind})
            })
            .collect();
        json!({"type": "record", "name": "r", "namespace": "n.s", "fields": fields})
    })
}

fn holds(format: Format, schema: &Value) {
    let text = yaml(format, &schema.to_string());
    assert_eq!(text, yaml(format, &schema.to_string()), "twice alike");
    assert!(
        read_contract("again", text.as_bytes()).value.is_some(),
        "{text}"
    );
    let errors: Vec<_> = lint_document("again", text.as_bytes())
        .findings
        .into_iter()
        .filter(|finding| finding.severity == LintSeverity::Error)
        .collect();
    assert!(errors.is_empty(), "{errors:#?}\n{text}");
    let contract = imported(format, schema);
    assert!(diff(&contract, &contract).is_empty());
    assert_eq!(compatibility(format, schema, schema), "both", "{schema}");
}

/// One keyword of a schema, anywhere, taken away.
fn without(schema: &Value, mut at: usize) -> Value {
    fn cut(value: &Value, at: &mut usize) -> Value {
        match value {
            Value::Object(map) => {
                let mut kept = Map::new();
                for (key, value) in map {
                    if *at == 0 {
                        *at = usize::MAX;
                        continue;
                    }
                    *at -= 1;
                    kept.insert(key.clone(), cut(value, at));
                }
                kept.into()
            }
            Value::Array(items) => items.iter().map(|item| cut(item, at)).collect(),
            other => other.clone(),
        }
    }
    cut(schema, &mut at)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn every_json_schema_becomes_a_contract_that_equals_itself(schema in json_schema(&CHOICES, true)) {
        holds(Format::JsonSchema, &schema);
    }

    #[test]
    fn every_avro_schema_becomes_a_contract_that_equals_itself(schema in avro_schema()) {
        holds(Format::Avro, &schema);
    }

    #[test]
    fn a_pair_is_judged_the_same_from_both_sides(schema in json_schema(&CHOICES, true), at in 0_usize..12) {
        let other = without(&schema, at);
        let there = compatibility(Format::JsonSchema, &schema, &other);
        let back = compatibility(Format::JsonSchema, &other, &schema);
        let turned = match there {
            "backward" => "forward",
            "forward" => "backward",
            same => same,
        };
        prop_assert_eq!(turned, back, "{} and {}", schema, other);
    }

    /// A validator that shares no code refuses nothing of what we say is compatible. Choices of one
    /// are left out: we judge their branches, not what falls between them.
    #[test]
    fn what_is_compatible_is_never_refused(
        schema in json_schema(&CHOICES[..2], false),
        other in json_schema(&CHOICES[..2], false),
        at in 0_usize..12,
        values in prop::collection::vec(instance(), 32),
    ) {
        for other in [without(&schema, at), other] {
            let judged = compatibility(Format::JsonSchema, &schema, &other);
            let (old, new) = (validator(&schema), validator(&other));
            for value in &values {
                let (before, after) = (old.is_valid(value), new.is_valid(value));
                if before && !after {
                    prop_assert!(
                        matches!(judged, "forward" | "none"),
                        "{} is lost from {} to {}", value, schema, other
                    );
                }
                if after && !before {
                    prop_assert!(
                        matches!(judged, "backward" | "none"),
                        "{} is new from {} to {}", value, schema, other
                    );
                }
            }
        }
    }

    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
        for format in Format::ALL {
            let imported = import(format, "schema", &bytes, "test");
            prop_assert!(imported.value.is_some() || !imported.findings.is_empty());
        }
    }
}
