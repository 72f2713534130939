//! What becomes of whole schemas, and of what is none.

use zonecut_contract::{lint_document, read_contract};
use zonecut_diagnostics::{LintFinding, LintSeverity};
use zonecut_formats::{Format, import};

fn told(findings: &[LintFinding]) -> String {
    let line = |finding: &LintFinding| {
        let (at, rule) = (&finding.at, &finding.rule);
        let severity = serde_json::to_value(finding.severity).unwrap();
        let severity = severity.as_str().unwrap().to_owned();
        format!(
            "{}:{} {severity} {rule} [{}] {}\n",
            at.line, at.column, finding.path, finding.message
        )
    };
    findings.iter().map(line).collect()
}

fn whole(format: Format, schema: &str) -> String {
    let imported = import(format, "schema", schema.as_bytes(), "queries");
    let text = imported.value.unwrap();
    let lint = lint_document("contract", text.as_bytes()).findings;
    let errors = lint
        .iter()
        .filter(|finding| finding.severity == LintSeverity::Error);
    assert_eq!(errors.count(), 0, "{lint:#?}");
    format!("{text}---\n{}", told(&imported.findings))
}

#[test]
fn a_json_schema_becomes_a_contract() {
    let schema = include_str!("../fixtures/queries.schema.json");
    insta::assert_snapshot!(whole(Format::JsonSchema, schema));
}

#[test]
fn an_avro_schema_becomes_a_contract() {
    let schema = include_str!("../fixtures/queries.avsc");
    insta::assert_snapshot!(whole(Format::Avro, schema));
}

#[test]
fn documents_that_are_no_objects_are_wrapped() {
    let list = r#"{"title": "All queries", "type": "array", "items": {"type": "object", "properties": {"qname": {"type": "string"}}}}"#;
    let union = r#"["null", {"type": "record", "name": "Query", "fields": [{"name": "qname", "type": "string"}]}]"#;
    insta::assert_snapshot!(format!(
        "{}\n{}",
        whole(Format::JsonSchema, list),
        whole(Format::Avro, union)
    ));
}

#[test]
fn patterns_that_engines_never_finish_are_told() {
    let schema = r#"{"type": "object",
        "properties": {"a": {"type": "string", "pattern": "^(a+)+$"}, "b": {"type": "string", "pattern": "^a+$"}},
        "patternProperties": {"(x|x)*y": true}}"#;
    let imported = import(Format::JsonSchema, "schema", schema.as_bytes(), "queries");
    assert!(imported.value.is_some());
    let told = imported
        .findings
        .iter()
        .filter(|finding| finding.rule == "pattern-backtracks");
    let told: Vec<_> = told
        .map(|finding| (finding.at.line, finding.severity))
        .collect();
    assert_eq!(
        told,
        [(2, LintSeverity::Warning), (3, LintSeverity::Warning)]
    );
}

#[test]
fn what_is_no_schema_is_refused_where_it_is_wrong() {
    let cases = [
        (Format::JsonSchema, "[]"),
        (Format::JsonSchema, "{\"type\": "),
        (
            Format::JsonSchema,
            "{\"$schema\": \"http://json-schema.org/draft-07/schema#\",\n \"properties\": {\"a\": {\"type\": \"text\"}}}",
        ),
        (
            Format::JsonSchema,
            "{\"properties\": {\"a\": {\n \"pattern\": \"([\"}, \"b\": {\"patternProperties\": {\"*x\": {}}}}}",
        ),
        (Format::JsonSchema, "{\"$ref\": \"#\"}"),
        (
            Format::JsonSchema,
            "{\"$ref\": \"#/$defs/a\", \"$defs\": {\n \"a\": {\"$ref\": \"#/$defs/b\"},\n \"b\": {\"$ref\": \"#/$defs/a\"}}}",
        ),
        (
            Format::JsonSchema,
            "{\"$defs\": {\"a\": {\"anyOf\": [{\"type\": \"null\"},\n {\"not\": {\"$ref\": \"#/$defs/a\"}}]}}}",
        ),
        (Format::Avro, "{\"type\": \"record\"}"),
        (
            Format::Avro,
            "{\"type\": \"record\", \"name\": \"r\", \"fields\": [\n {\"name\": \"f\", \"type\": \"text\"}]}",
        ),
        (Format::Avro, "{\"a\": 1, \"a\": 2}"),
    ];
    let answers: Vec<String> = cases
        .iter()
        .map(|(format, schema)| {
            let imported = import(*format, "schema", schema.as_bytes(), "queries");
            assert!(imported.value.is_none(), "{schema}");
            format!("{schema}\n{}", told(&imported.findings))
        })
        .collect();
    insta::assert_snapshot!(answers.join("\n"));
}

#[test]
fn references_that_step_into_the_value_come_to_an_end() {
    let chain: Vec<String> = (0..2000)
        .map(|link| format!("\"d{link}\": {{\"$ref\": \"#/$defs/d{}\"}}", link + 1))
        .collect();
    let chain = format!(
        "{{\"$ref\": \"#/$defs/d0\", \"$defs\": {{{}, \"d2000\": {{}}}}}}",
        chain.join(", ")
    );
    let ignored = r##"{"$schema": "http://json-schema.org/draft-07/schema#", "definitions": {"a": {"type": "string"}, "b": {"$ref": "#/definitions/a", "allOf": [{"$ref": "#/definitions/b"}]}}}"##;
    for schema in [
        r##"{"type": "object", "properties": {"next": {"$ref": "#"}, "all": {"items": {"$ref": "#"}}}}"##,
        r##"{"additionalProperties": {"anyOf": [{"type": "null"}, {"$ref": "#"}]}}"##,
        ignored,
        &chain,
    ] {
        let imported = import(Format::JsonSchema, "schema", schema.as_bytes(), "queries");
        assert!(imported.value.is_some(), "{}", told(&imported.findings));
    }
}

#[test]
fn hostile_schemas_are_answered() {
    let doubling: Vec<String> = (0..40)
        .map(|level| {
            let next = level + 1;
            format!(
                "\"d{level}\": {{\"type\": \"object\", \"properties\": {{\"a\": {{\"$ref\": \"#/$defs/d{next}\"}}, \"b\": {{\"$ref\": \"#/$defs/d{next}\"}}}}}}"
            )
        })
        .collect();
    let bomb = format!(
        "{{\"$ref\": \"#/$defs/d0\", \"$defs\": {{{}, \"d40\": {{\"type\": \"string\"}}}}}}",
        doubling.join(", ")
    );
    let deep = format!(
        "{}{{}}{}",
        "{\"type\": \"array\", \"items\": ".repeat(55),
        "}".repeat(55)
    );
    let fields: Vec<String> = (0..40)
        .map(|level| format!("{{\"name\": \"f{level}\", \"type\": [\"null\", \"r\"]}}"))
        .collect();
    let entangled = format!(
        "{{\"type\": \"record\", \"name\": \"r\", \"fields\": [{}]}}",
        fields.join(", ")
    );
    let circle = "{\"$ref\": \"#/$defs/a\", \"$defs\": {\"a\": {\"$ref\": \"#/$defs/b\"}, \"b\": {\"$ref\": \"#/$defs/a\"}}}";
    for (format, schema) in [
        (Format::JsonSchema, bomb.as_str()),
        (Format::JsonSchema, deep.as_str()),
        (Format::JsonSchema, circle),
        (Format::Avro, entangled.as_str()),
    ] {
        let imported = import(format, "schema", schema.as_bytes(), "queries");
        match imported.value {
            Some(text) => {
                let contract = read_contract("contract", text.as_bytes()).value.unwrap();
                let now = "2026-03-01T00:00:00Z".parse().unwrap();
                let mut settings = zonecut_evolution::Settings::at(now);
                settings.mode = Some("full".parse().unwrap());
                let report =
                    zonecut_evolution::compare(Some(&contract), Some(&contract), &settings);
                assert!(report.findings.is_empty(), "{:#?}", report.findings);
            }
            None => assert!(!imported.findings.is_empty()),
        }
    }
}
