//! Canonical form: every spelling of one content has one hash, every edit another.

use proptest::prelude::*;
use serde_json::{Map, Value as Json, json};
use zonecut_contract::{ContentHash, Document, canonical, read_document};

fn document(text: &str) -> Document {
    let parsed = read_document("a.yaml", text.as_bytes());
    parsed
        .value
        .unwrap_or_else(|| panic!("{text}\n{:?}", parsed.findings))
}

fn hash(text: &str) -> ContentHash {
    ContentHash::of(&document(text).root)
}

/// A text that survives every spelling below.
fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z]{1,8}",
        "[ -~]{0,12}",
        "\\PC{0,6}",
        Just("no".to_owned()),
        Just("1.0".to_owned()),
        Just("null".to_owned()),
        Just("two\nlines\n".to_owned()),
    ]
}

fn content() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        any::<u64>().prop_map(Json::from),
        (-1_000_000_i32..1_000_000).prop_map(|milli| json!(f64::from(milli) / 1000.0)),
        words().prop_map(Json::from),
    ];
    let inner = leaf.prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Json::from),
            mapping(inner),
        ]
    });
    mapping(inner)
}

fn mapping(values: impl Strategy<Value = Json>) -> impl Strategy<Value = Json> {
    prop::collection::btree_map(words(), values, 1..6)
        .prop_map(|members| Json::Object(members.into_iter().collect::<Map<_, _>>()))
}

fn reversed(value: &Json) -> Json {
    match value {
        Json::Object(members) => {
            let members = members
                .iter()
                .rev()
                .map(|(key, value)| (key.clone(), reversed(value)));
            Json::Object(members.collect())
        }
        Json::Array(items) => items.iter().map(reversed).collect(),
        other => other.clone(),
    }
}

/// Block style, with comments between everything.
fn block(value: &Json, indent: usize, text: &mut String) {
    let margin = " ".repeat(indent);
    match value {
        Json::Object(members) if !members.is_empty() => {
            for (key, value) in members {
                *text += &format!("{margin}# about the next key\n{margin}{}:", json!(key));
                child(value, indent, text);
            }
        }
        Json::Array(items) if !items.is_empty() => {
            for item in items {
                *text += &format!("{margin}-");
                child(item, indent, text);
            }
        }
        scalar => *text += &format!("{margin}{scalar}\n"),
    }
}

fn child(value: &Json, indent: usize, text: &mut String) {
    let empty =
        value.as_array().is_some_and(Vec::is_empty) || value.as_object().is_some_and(Map::is_empty);
    if (value.is_array() || value.is_object()) && !empty {
        *text += " # below\n";
        block(value, indent + 2, text);
    } else {
        *text += &format!(" {value} # aside\n");
    }
}

/// Every value of the tree with one scalar changed, one at a time.
fn edits(value: &Json) -> Vec<Json> {
    match value {
        Json::Object(members) => members
            .iter()
            .flat_map(|(key, inner)| {
                edits(inner).into_iter().map(move |edited| {
                    let mut members = members.clone();
                    members.insert(key.clone(), edited);
                    Json::Object(members)
                })
            })
            .collect(),
        Json::Array(items) => (0..items.len())
            .flat_map(|index| {
                edits(&items[index]).into_iter().map(move |edited| {
                    let mut items = items.clone();
                    items[index] = edited;
                    Json::Array(items)
                })
            })
            .collect(),
        Json::String(text) => vec![json!(format!("{text}x"))],
        Json::Null => vec![json!(false), json!("null")],
        Json::Bool(truth) => vec![json!(!truth), json!(truth.to_string())],
        Json::Number(number) => vec![
            json!(number.to_string()),
            json!(number.as_f64() == Some(0.0)),
        ],
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn spelling_does_not_matter(value in content()) {
        let compact = value.to_string();
        let expected = hash(&compact);
        prop_assert_eq!(hash(&serde_json::to_string_pretty(&value).unwrap()), expected);
        prop_assert_eq!(hash(&reversed(&value).to_string()), expected);
        let mut lines = String::new();
        block(&value, 0, &mut lines);
        prop_assert_eq!(hash(&lines), expected, "{}", lines);
        prop_assert_eq!(document(&lines).root.to_json(), document(&compact).root.to_json());
    }

    #[test]
    fn canonical_form_is_a_fixed_point(value in content()) {
        let once = canonical::to_string(&document(&value.to_string()).root);
        prop_assert_eq!(canonical::to_string(&document(&once).root), once);
    }

    #[test]
    fn every_edit_matters(value in content()) {
        let before = hash(&value.to_string());
        for edited in edits(&value) {
            prop_assert_ne!(hash(&edited.to_string()), before, "{}", edited);
        }
    }

    #[test]
    fn the_order_of_a_list_matters(mut items in prop::collection::btree_set(words(), 2..6)) {
        let forward: Vec<String> = items.iter().cloned().collect();
        let first = items.pop_first();
        let rotated: Vec<String> = items.into_iter().chain(first).collect();
        prop_assert_ne!(hash(&json!({"a": forward}).to_string()), hash(&json!({"a": rotated}).to_string()));
    }
}

#[test]
fn numbers_are_equal_by_value() {
    for (a, b) in [
        ("1", "1.0"),
        ("1000", "1e3"),
        ("0.5", ".5"),
        ("15", "0xF"),
        ("0", "-0.0"),
        ("2.50", "2.5"),
    ] {
        assert_eq!(
            hash(&format!("a: {a}")),
            hash(&format!("a: {b}")),
            "{a} {b}"
        );
    }
    assert_ne!(hash("a: 1"), hash("a: \"1\""));
    assert_ne!(hash("a: ~"), hash("a: \"\""));
    assert_ne!(hash("a: ~"), hash("{}"));
}

#[test]
fn the_hash_is_sha_256_of_the_canonical_form() {
    let document = document("b: [1, two]\na: \"\\u001f\\n\"\n");
    assert_eq!(
        canonical::to_string(&document.root),
        r#"{"a":"\u001f\n","b":[1,"two"]}"#
    );
    let hash = ContentHash::of(&document.root).to_string();
    assert_eq!(
        hash,
        "ce9d6dde290e2401d9b7ba2dde1616269c526309c56a3ee099a1bae43b1c54b6"
    );
}
