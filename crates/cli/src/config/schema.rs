//! The JSON Schema of `zonecut.toml` allows what is read, and refuses what is not.
//!
//! `ZONECUT_BLESS=1 cargo test -p zonecut-cli` writes the part about rules.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};
use zonecut_contract::lint;
use zonecut_diagnostics::{Perspective, Severity};
use zonecut_evolution::{Rule, rules};
use zonecut_server::config::{Config as Served, Flags};

use super::Config;

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/schemas/zonecut.schema.json")
}

fn schema() -> Value {
    serde_json::from_str(&std::fs::read_to_string(path()).unwrap()).unwrap()
}

/// What a rule of `check` may be graded as for one perspective, or for all of `perspectives`.
fn words(perspectives: &[(Perspective, Severity)]) -> Vec<&'static str> {
    let governance = perspectives
        .iter()
        .find(|(whom, _)| *whom == Perspective::Governance);
    let least = governance.map(|(_, least)| *least);
    let severities = [
        ("note", Severity::Note),
        ("warning", Severity::Warning),
        ("breaking", Severity::Breaking),
    ];
    let off = least.is_none().then_some("off");
    let up = severities
        .iter()
        .filter(|(_, it)| least.is_none_or(|least| *it >= least));
    off.into_iter().chain(up.map(|(word, _)| *word)).collect()
}

/// A rule's entry: what it may be graded as, and that `off` needs a reason.
fn entry(page: &str, grades: Map<String, Value>) -> Value {
    let off: Vec<Value> = grades
        .iter()
        .filter(|(_, grade)| grade["enum"][0] == "off")
        .map(|(key, _)| json!({"required": [key], "properties": {key: {"const": "off"}}}))
        .collect();
    let mut properties = grades;
    properties.insert("reason".into(), json!({"$ref": "#/$defs/reason"}));
    let mut entry = json!({
        "description": page,
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
    });
    if !off.is_empty() {
        entry["if"] = json!({"anyOf": off});
        entry["then"] = json!({"required": ["reason"]});
    }
    entry
}

fn of_check(rule: &Rule) -> Value {
    let grade = |perspectives: &[_]| json!({"enum": words(perspectives)});
    let mut grades = Map::new();
    grades.insert("severity".into(), grade(rule.severities));
    for (whom, most) in rule.severities {
        let whom_word = format!("{whom:?}").to_lowercase();
        grades.insert(whom_word, grade(&[(*whom, *most)]));
    }
    entry(&format!("docs/rules/{}.md", rule.name), grades)
}

fn of_lint(rule: &lint::Rule) -> Value {
    let words = json!({"enum": ["off", "note", "warning", "error"]});
    let grades = Map::from_iter([("severity".to_owned(), words)]);
    entry(&format!("docs/lint/{}.md", rule.name), grades)
}

/// The part of the schema about rules.
fn gradable() -> Map<String, Value> {
    let ungraded = [rules::VERSION_TOO_SMALL, rules::REMOVED_BEFORE_SUNSET];
    let checks = rules::ALL
        .iter()
        .filter(|rule| !ungraded.contains(&rule.name));
    let checks = checks.map(|rule| (rule.name.to_owned(), of_check(rule)));
    let lints = lint::ALL
        .iter()
        .map(|rule| (rule.name.to_owned(), of_lint(rule)));
    checks.chain(lints).collect()
}

/// The text of the schema with the part about rules written anew, a line for each.
fn written(text: &str) -> String {
    const BEGIN: &str = "    \"rules\": {";
    const END: &str = "\n      }\n    },\n    \"classification\"";
    let lines = gradable()
        .into_iter()
        .map(|(name, entry)| format!("        {name:?}: {entry}"));
    let lines = lines.collect::<Vec<_>>().join(",\n");
    let (head, rest) = text.split_once(BEGIN).unwrap();
    let (rules, tail) = rest.split_once(END).unwrap();
    let (about, _) = rules.split_once("\"properties\": {").unwrap();
    format!("{head}{BEGIN}{about}\"properties\": {{\n{lines}{END}{tail}")
}

#[test]
fn every_rule_is_in_the_schema() {
    let text = std::fs::read_to_string(path()).unwrap();
    let anew = written(&text);
    if std::env::var_os("ZONECUT_BLESS").is_some() {
        return std::fs::write(path(), anew).unwrap();
    }
    let help = "zonecut.schema.json is stale: run with ZONECUT_BLESS=1";
    assert!(text == anew, "{help}");
}

/// JSON as an inline value of TOML, which has no null.
fn toml_value(value: &Value) -> String {
    match value {
        Value::Object(map) => {
            let pairs = map
                .iter()
                .map(|(key, value)| format!("{key:?} = {}", toml_value(value)));
            format!("{{{}}}", pairs.collect::<Vec<_>>().join(", "))
        }
        Value::Array(list) => {
            let items: Vec<String> = list.iter().map(toml_value).collect();
            format!("[{}]", items.join(", "))
        }
        other => other.to_string(),
    }
}

/// Whether the schema and whoever reads the file agree about `key = value`, and what they say.
fn agreed(schema: &jsonschema::Validator, key: &str, value: &Value) -> bool {
    let text = format!("{key} = {}\n", toml_value(value));
    let is_ours = matches!(key, "rules" | "classification");
    let accepted = if is_ours {
        Config::parse("zonecut.toml", text.as_bytes()).is_ok()
    } else {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("zonecut.toml");
        std::fs::write(&file, &text).unwrap();
        Served::load(Some(&file), &Flags::default()).is_ok()
    };
    let document = Value::Object(Map::from_iter([(key.to_owned(), value.clone())]));
    assert_eq!(schema.is_valid(&document), accepted, "{text}");
    accepted
}

fn validator() -> jsonschema::Validator {
    jsonschema::validator_for(&schema()).unwrap()
}

/// The keys that a reader names when it meets one that it does not know.
fn expected<T: serde::de::DeserializeOwned>(text: &str) -> Vec<String> {
    let Err(error) = toml::from_str::<T>(text) else {
        panic!("`{text}` is read");
    };
    let message = error.message().to_owned();
    let named = message.split('`').skip(3).step_by(2);
    let mut keys: Vec<String> = named.map(str::to_owned).collect();
    keys.sort();
    keys
}

fn keys(schema: &Value) -> Vec<String> {
    let properties = schema["properties"].as_object().unwrap();
    let mut keys: Vec<String> = properties.keys().cloned().collect();
    keys.sort();
    keys
}

#[test]
fn the_schema_has_every_key_that_is_read_and_no_other() {
    let schema = schema();
    assert_eq!(keys(&schema), expected::<Served>("nobody = 1"));
    let classification = &schema["properties"]["classification"];
    let read = expected::<super::classification::Table>("nobody = 1");
    assert_eq!(keys(classification), read);
    assert_eq!(schema["additionalProperties"], false);
}

#[test]
fn the_schema_and_the_service_agree_on_values() {
    let schema = validator();
    let values = [
        json!(true),
        json!(0),
        json!(7),
        json!(-1),
        json!(70000),
        json!(1.5),
        json!("text"),
        json!([]),
        json!(["10.0.0.0/8", "::1/128"]),
        json!(["proxy"]),
        json!({}),
    ];
    for key in expected::<Served>("nobody = 1") {
        if ["rules", "classification"].contains(&key.as_str()) {
            continue;
        }
        let accepted = values.iter().filter(|value| agreed(&schema, &key, value));
        assert!(accepted.count() > 0, "{key} takes none of the values tried");
    }
}

#[test]
fn the_schema_and_the_reader_agree_on_every_grade() {
    let schema = validator();
    let all = rules::ALL.iter().map(|rule| rule.name);
    let mut accepted = 0;
    for name in all
        .chain(lint::ALL.iter().map(|rule| rule.name))
        .chain(["no-rule"])
    {
        for key in ["severity", "consumer", "producer", "governance", "whom"] {
            for word in ["off", "note", "warning", "breaking", "error", "loud"] {
                for reason in [false, true] {
                    let mut table = Map::from_iter([(key.to_owned(), json!(word))]);
                    if reason {
                        table.insert("reason".to_owned(), json!("known"));
                    }
                    let rules = json!({name: table});
                    accepted += usize::from(agreed(&schema, "rules", &rules));
                }
            }
        }
    }
    assert!(accepted > 500, "{accepted}");
}

#[test]
fn the_schema_and_the_reader_agree_on_classifications() {
    let schema = validator();
    for (fits, table) in [
        (true, json!({})),
        (true, json!({"order": ["a", "b"], "guarded_from": "b"})),
        (
            true,
            json!({"aliases": {"secret": "restricted"}, "personal_tags": []}),
        ),
        (false, json!({"order": []})),
        (false, json!({"order": ["a", ""]})),
        (false, json!({"order": ["a", "a"], "guarded_from": "a"})),
        (false, json!({"order": "a"})),
        (false, json!({"aliases": ["secret"]})),
        (false, json!({"personal_tags": [""]})),
        (false, json!({"ordr": []})),
    ] {
        assert_eq!(agreed(&schema, "classification", &table), fits, "{table}");
    }
}
