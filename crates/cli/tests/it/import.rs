//! Schemas of other formats as contracts, and their versions compared.

use serde_json::Value;

use crate::support::Folder;

const OLD: &str = r#"{"type": "object", "properties": {"qname": {"type": "string"}}, "additionalProperties": false}"#;
const NEW: &str = r#"{"type": "object", "properties": {"qname": {"type": "string"}, "rcode": {"type": "integer"}}, "additionalProperties": false}"#;

fn consumer(folder: &Folder, mode: &str) -> Value {
    let answer = folder.zonecut(&[
        "check", "--before", "old.yaml", "--after", "new.yaml", "--mode", mode, "--format", "json",
    ]);
    let report: Value = serde_json::from_str(&answer.out).unwrap();
    report
        .pointer("/contracts/0/verdict/consumer")
        .unwrap()
        .clone()
}

#[test]
fn versions_of_a_schema_are_compared_as_contracts() {
    let folder = Folder::new();
    for (name, schema) in [("old", OLD), ("new", NEW)] {
        folder.write(&format!("{name}.json"), schema);
        let source = format!("{name}.json");
        let answer = folder.zonecut(&["import", "json-schema", &source, "--id", "queries"]);
        assert_eq!(answer.exit, 0, "{}", answer.err);
        folder.write(&format!("{name}.yaml"), &answer.out);
        let lint = folder.zonecut(&["lint", &format!("{name}.yaml")]);
        assert_eq!(lint.exit, 0, "{}", lint.out);
    }
    assert_eq!(consumer(&folder, "backward"), "compatible");
    assert_eq!(consumer(&folder, "forward"), "breaking");
    let shown = folder.zonecut(&["check", "--before", "old.yaml", "--after", "new.yaml"]);
    insta::assert_snapshot!(shown.out);
}

#[test]
fn the_contract_goes_out_and_remarks_go_aside() {
    let folder = Folder::new();
    folder.write("old.json", OLD);
    let answer = folder.zonecut(&["import", "json-schema", "old.json"]);
    assert_eq!(answer.exit, 0);
    insta::assert_snapshot!(format!("{}---\n{}", answer.out, answer.err));
    let piped = folder.zonecut_with(&["import", "json-schema", "-"], OLD);
    assert_eq!(piped.out, answer.out);
    let json = folder.zonecut(&["import", "json-schema", "old.json", "--format", "json"]);
    let report: Value = serde_json::from_str(&json.err).unwrap();
    assert_eq!(report["valid"], true);
    assert_eq!(report["findings"][0]["rule"], "kept-as-extension");
}

#[test]
fn what_is_no_schema_is_invalid_input() {
    let folder = Folder::new();
    folder.write("bad.avsc", r#"{"type": "record"}"#);
    let answer = folder.zonecut(&["import", "avro", "bad.avsc"]);
    assert_eq!((answer.exit, answer.out.as_str()), (2, ""));
    assert!(answer.err.contains("schema-invalid"), "{}", answer.err);
    let missing = folder.zonecut(&["import", "avro", "none.avsc"]);
    assert_eq!((missing.exit, missing.out.as_str()), (2, ""));
    let unknown = folder.zonecut(&["import", "cobol", "bad.avsc"]);
    assert_eq!(unknown.exit, 2);
}
