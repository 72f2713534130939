//! What a report promises beyond its rules.

use zonecut_contract::Contract;
use zonecut_diagnostics::Verdict;
use zonecut_evolution::compare;

use crate::support::{contract, settings};

const BASE: &str = "apiVersion: v3.1.0
kind: DataContract
id: c
version: 1.0.0
status: active
schema:
  - name: queries
    properties:
      - name: qname
      - name: rcode
        logicalType: integer
        logicalTypeOptions:
          maximum: 9007199254740993
";

fn edited(old: &str, new: &str) -> Contract {
    assert!(BASE.contains(old), "{old}");
    contract("c", &BASE.replace(old, new))
}

fn fingerprint(before: Option<&Contract>, after: Option<&Contract>, rule: &str) -> String {
    let report = compare(before, after, &settings());
    let found = report.findings.iter().find(|found| found.rule == rule);
    format!("{:?}", found.unwrap().fingerprint)
}

#[test]
fn a_waiver_reaches_the_values_it_was_given_for_alone() {
    let base = contract("c", BASE);
    let without = |version: &str| {
        let text = BASE.replace("      - name: qname\n", "");
        contract("c", &text.replace("1.0.0", version))
    };
    let unpaid = |version| fingerprint(Some(&base), Some(&without(version)), "version-too-small");
    assert_ne!(unpaid("1.0.1"), unpaid("1.1.0"));
    let other = edited("qname", "name");
    for rule in ["contract-added", "contract-removed"] {
        let of = |contract| {
            if rule == "contract-added" {
                fingerprint(None, Some(contract), rule)
            } else {
                fingerprint(Some(contract), None, rule)
            }
        };
        assert_ne!(of(&base), of(&other), "{rule}");
        assert_eq!(of(&base), of(&contract("c", BASE)), "{rule}");
    }
}

#[test]
fn a_misspelt_promise_of_the_old_version_is_not_replaced_by_the_new() {
    let with = |mode: &str, more: &str| {
        contract(
            "c",
            &format!(
                "{BASE}{more}customProperties:\n  - property: compatibility\n    value: {mode}\n"
            ),
        )
    };
    // Removing a property is harmless to new readers of old data alone.
    let before = with("fulll", "      - name: gone\n");
    let report = compare(Some(&before), Some(&with("backward", "")), &settings());
    let removed = report
        .findings
        .iter()
        .find(|finding| finding.rule == "property-removed")
        .unwrap();
    assert_eq!(removed.severity, zonecut_diagnostics::Severity::Breaking);
}

#[test]
fn large_bounds_that_differ_by_one_differ() {
    let base = contract("c", BASE);
    let report = compare(Some(&base), Some(&edited("740993", "740992")), &settings());
    assert!(
        report
            .findings
            .iter()
            .any(|finding| finding.rule == "constraint-tightened"),
        "{:#?}",
        report.findings
    );
}

#[test]
fn an_encoding_hides_no_column_of_a_table() {
    let with = |server: &str, columns: &str, version: &str| {
        let text = format!(
            "apiVersion: v3.1.0
kind: DataContract
id: c
version: {version}
status: active
{server}schema:
  - name: queries
    customProperties:
      - {{property: jsonSchema, value: {{additionalProperties: false}}}}
    properties:
      - {{name: qname, logicalType: string}}
{columns}"
        );
        contract("c", &text)
    };
    let rcode = "      - {name: rcode, logicalType: integer}\n";
    let verdict = |server: &str| {
        let before = with(server, rcode, "1.0.0");
        let after = with(server, "", "1.0.1");
        compare(Some(&before), Some(&after), &settings())
            .verdict
            .consumer
    };
    let trino = "servers: [{server: lake, type: trino, host: h, port: 1, catalog: c, schema: s}]\n";
    assert_eq!(verdict(trino), Verdict::Breaking);
    let kafka = "servers: [{server: bus, type: kafka, host: h, format: json}]\n";
    assert_eq!(
        verdict(kafka),
        Verdict::Compatible,
        "readers of JSON expect nothing of it"
    );
}
