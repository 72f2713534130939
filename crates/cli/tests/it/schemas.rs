//! The published JSON Schemas against what the command really prints and the repository really holds.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::support::{CONTRACT, Folder, repository, without_qname};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn schema(name: &str) -> jsonschema::Validator {
    let path = root().join(format!("docs/schemas/{name}.schema.json"));
    let schema = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let options = jsonschema::options().should_validate_formats(true);
    options.build(&schema).unwrap()
}

/// The answer of a command, which keeps its schema.
fn answer(folder: &Folder, name: &str, arguments: &[&str]) -> Value {
    let answer = folder.zonecut(&[arguments, &["--format", "json"]].concat());
    let value: Value = serde_json::from_str(&answer.out).unwrap();
    let schema = schema(name);
    let flaws: Vec<String> = schema
        .iter_errors(&value)
        .map(|it| it.to_string())
        .collect();
    assert!(flaws.is_empty(), "{arguments:?}: {flaws:#?}\n{value:#}");
    // It describes this answer and not any.
    let mut more = value.clone();
    more["more"] = json!(1);
    assert!(!schema.is_valid(&more));
    value
}

#[test]
fn answers_of_check() {
    let folder = repository();
    answer(&folder, "check", &["check"]);
    folder.write("contracts/queries.odcs.yaml", &without_qname());
    folder.write(
        "contracts/new.odcs.yaml",
        &CONTRACT.replace("id: recursive", "id: other"),
    );
    let found = answer(&folder, "check", &["check", "--target", "iceberg-v2"]);
    let fingerprint = found["contracts"][1]["findings"][0]["fingerprint"].as_str();
    let fingerprint = fingerprint.unwrap_or("0123456789abcdef");
    folder.write(
        "zonecut.waivers.yaml",
        &format!(
            "waivers: [{{fingerprint: {fingerprint}, reason: r, owner: o, expires: 2999-01-01}}]\n"
        ),
    );
    folder.write(
        "zonecut.toml",
        "[rules.property-removed]\nseverity = \"note\"\nreason = \"r\"\n",
    );
    let found = answer(&folder, "check", &["check"]);
    assert!(
        found["waivers"][0].is_object() && found["overrides"][0].is_object(),
        "{found:#}"
    );
}

#[test]
fn answers_of_lint() {
    let folder = repository();
    answer(&folder, "lint", &["lint", "."]);
    folder.write(
        "bad.odcs.yaml",
        "apiVersion: v3.1.0\nkind: DataContract\nid: [\n",
    );
    answer(&folder, "lint", &["lint", "."]);
    folder.write("contracts/queries.odcs.yaml", "kind: DataContract\n");
    answer(&folder, "lint", &["check"]);
}

#[test]
fn answers_of_diff() {
    let folder = Folder::new();
    folder.write("a.odcs.yaml", CONTRACT);
    folder.write(
        "b.odcs.yaml",
        &without_qname()
            .replace("value: 4", "value: 240")
            .replace("unit: h", "unit: d"),
    );
    let found = answer(&folder, "diff", &["diff", "a.odcs.yaml", "b.odcs.yaml"]);
    assert!(found["facts"][1].is_object());
}

#[test]
fn documents_of_this_repository() {
    let mut files = vec![("domains", root().join("domains.yaml"))];
    for entry in std::fs::read_dir(root().join("policies")).unwrap() {
        let path = entry.unwrap().path();
        if path.to_string_lossy().ends_with(".test.yaml") {
            files.push(("policy-test", path));
        }
    }
    assert!(files.len() > 1);
    for (name, path) in files {
        let bytes = std::fs::read(&path).unwrap();
        let document = zonecut_contract::read_document("document", &bytes)
            .value
            .unwrap();
        let schema = schema(name);
        let value = document.root.to_json();
        let flaws: Vec<String> = schema
            .iter_errors(&value)
            .map(|it| it.to_string())
            .collect();
        assert!(flaws.is_empty(), "{}: {flaws:#?}", path.display());
        assert!(!schema.is_valid(&json!({"more": 1})));
    }
}
