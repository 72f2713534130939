//! The words in which flaws are told, as people read them.

use std::fmt::Write as _;

use zonecut_contract::{read_contract, read_product};
use zonecut_diagnostics::LintFinding;

const HEAD: &str =
    "apiVersion: v3.1.0\nkind: DataContract\nid: a\nversion: 1.0.0\nstatus: active\n";

fn told(findings: &[LintFinding]) -> String {
    let mut text = String::new();
    for finding in findings {
        let severity = format!("{:?}", finding.severity).to_lowercase();
        writeln!(
            text,
            "{}:{} {severity} {} `{}`: {}\n    {}",
            finding.at.line,
            finding.at.column,
            finding.rule,
            finding.path,
            finding.message,
            finding.help
        )
        .unwrap();
    }
    text
}

fn contract(text: &str) -> String {
    told(&read_contract("a.yaml", text.as_bytes()).findings)
}

#[test]
fn what_is_no_contract() {
    let mut all = String::new();
    for text in [
        "",
        "- a\n",
        "just text",
        "apiVersion: v3.1.0\nid: a\n",
        "apiVersion: v3.1.0\nkind: DataProduct\n",
        "kind: DataContract\nid: a\n",
        "apiVersion: v2.2.2\nkind: DataContract\n",
        "apiVersion: 3.1\nkind: DataContract\n",
    ] {
        writeln!(all, "--- {text:?}\n{}", contract(text)).unwrap();
    }
    insta::assert_snapshot!(all);
}

#[test]
fn what_a_schema_refuses() {
    let text = format!(
        "{HEAD}name: 5
description: hello
schema:
  - name: queries
    logicaltype: object
    properties:
      - name: client_ip
        logicalType: sting
        requird: true
        required: no
      - logicalType: integer
        logicalTypeOptions: {{minimum: low, maxLenght: 3}}
      - name: answers
        logicalType: array
        items:
          logicalType: object
          properties:
            - physicalType: text
servers:
  - {{server: lake, type: kafak}}
  - {{server: topic, type: kafka}}
slaProperties:
  - {{property: latency, value: [1]}}
team:
  members: 3
  nme: x
support:
  - url: x
"
    );
    insta::assert_snapshot!(contract(&text));
}

#[test]
fn what_alternatives_refuse() {
    let text = format!(
        "{HEAD}schema:
  - name: queries
    relationships:
      - {{from: a.b, to: [c.d]}}
    properties:
      - name: qname
        logicalType: string
        logicalTypeOptions: {{minLength: -1}}
        quality:
          - metric: rowCount
          - {{metric: nullValues, mustBe: 1, mustNotBe: 2}}
          - {{type: library, metric: foo, mustBe: 0}}
          - {{metric: nullValues, mustBeBetween: [9, 1, 2]}}
        relationships:
          - {{from: a.b, to: c.d}}
          - to: x y
"
    );
    insta::assert_snapshot!(contract(&text));
}

#[test]
fn what_a_version_should_be() {
    let text = HEAD.replace("1.0.0", "1.10");
    insta::assert_snapshot!(contract(&text));
}

#[test]
fn what_missing_keys_are() {
    insta::assert_snapshot!(contract(
        "apiVersion: v3.1.0\nkind: DataContract\nname: a\n"
    ));
}

#[test]
fn what_newer_documents_should_declare() {
    let text = HEAD.replace("v3.1.0", "v3.0.2") + "team: {name: dns}\n";
    insta::assert_snapshot!(contract(&text));
}

#[test]
fn what_a_product_lacks() {
    let text = "apiVersion: v1.0.0\nkind: DataProduct\nid: a\nstatus: active\ninputPorts:\n  - {name: i, version: 1}\noutputPorts:\n  - {nam: o}\n";
    insta::assert_snapshot!(told(&read_product("a.yaml", text.as_bytes()).findings));
}

#[test]
fn what_breaks_syntax() {
    let mut all = String::new();
    for text in [
        "a: \"b",
        "a: [1, 2",
        "a: [1}",
        "a:\n\t- b",
        "a: b: c",
        "a: @b",
        "a: 1\n  b: 2",
        "a: 1\n---\nb: 2\n",
        "a: *b",
        "a: &b [*b]",
        "a: !!binary x",
        "<<: {}",
        "1: a",
        "a: 1\na: 2",
        "a: 1e999",
    ] {
        writeln!(all, "--- {text:?}\n{}", contract(text)).unwrap();
    }
    insta::assert_snapshot!(all);
}

#[test]
fn thresholds_are_told_by_the_operator_that_is_stated() {
    let rule = |operators: &str| {
        let rule = format!("{{metric: nullValues, {operators}}}");
        let object = "schema:\n  - name: q\n    quality:\n";
        contract(&format!("{HEAD}{object}      - {rule}\n"))
    };
    for (operators, said) in [
        ("mustBeBetween: [9, 1, 2]", "mustBeBetween"),
        ("mustBeBetween: [5, 5]", "mustBeBetween"),
        ("mustNotBeBetween: [5]", "mustNotBeBetween"),
        (
            "mustBe: 1, mustBeGreaterThan: 0",
            "`mustBe`, `mustBeGreaterThan`, of which one may be stated",
        ),
    ] {
        let told = rule(operators);
        assert!(told.contains(said), "{operators}: {told}");
        assert!(!told.contains("lacks `mustBe`"), "{operators}: {told}");
    }
}
