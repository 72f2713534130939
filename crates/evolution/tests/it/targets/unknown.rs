//! What reports say of servers that no target stands for.

use zonecut_contract::Contract;
use zonecut_diagnostics::{ContractReport, Verdict};
use zonecut_evolution::{Settings, compare, targets};

use super::target;
use crate::support::{contract, settings};

fn document(version: &str, servers: &str, physical: &str) -> Contract {
    contract(
        "c",
        &format!(
            "apiVersion: v3.1.0\nkind: DataContract\nid: c\nversion: {version}\nstatus: active\nservers:\n{servers}\nschema:\n  - name: queries\n    properties:\n      - {{name: latency, logicalType: integer, physicalType: {physical}}}\n"
        ),
    )
}

fn widened(before: &str, after: &str, settings: &Settings<'_>) -> ContractReport {
    compare(
        Some(&document("1.0.0", before, "int")),
        Some(&document("2.0.0", after, "bigint")),
        settings,
    )
}

fn said(report: &ContractReport) -> Vec<&str> {
    let findings = report.findings.iter();
    findings
        .filter(|finding| finding.rule == "target-unknown")
        .map(|finding| finding.message.rsplit(": ").next().unwrap())
        .collect()
}

const PRESTO: &str = "  - {server: p, type: presto, host: h, catalog: c, schema: s}";
const CLOUDSQL: &str = "  - {server: s, type: cloudsql, host: h, port: 1, database: d, schema: s}";
const CLOUD_POSTGRESQL: &str = "  - {server: s, type: cloudsql, host: h, port: 1, database: d, schema: s, customProperties: [{property: system, value: PostgreSQL}]}";
const CLOUD_MYSQL: &str = "  - {server: s, type: cloudsql, host: h, port: 1, database: d, schema: s, customProperties: [{property: system, value: mysql}]}";

#[test]
fn a_server_without_a_target_is_named() {
    let of = |server: &str| {
        let report = widened(server, server, &settings());
        said(&report).join("; ")
    };
    for (server, expected) in [
        (PRESTO, "no target stands for `presto`"),
        (
            "  - {server: h, type: hive, host: h, port: 1, database: d, format: parquet}",
            "no target stands for `hive`, only for the format beneath it",
        ),
        (CLOUDSQL, "no target stands for `cloudsql`"),
        (CLOUD_MYSQL, "no target stands for `mysql`"),
        (CLOUD_POSTGRESQL, ""),
        (
            "  - {server: k, type: kafka, host: h}",
            "it states no `format`",
        ),
        ("  - {server: k, type: kafka, host: h, format: avro}", ""),
        (
            "  - {server: f, type: s3, location: 's3://b/p', format: csv}",
            "no target stands for the format `csv`",
        ),
        (
            "  - {server: f, type: s3, location: 's3://b/p', format: parquet}",
            "",
        ),
        (
            "  - {server: r, type: redshift, host: h, database: d, schema: s}",
            "",
        ),
        (
            "  - {server: b, type: databricks, catalog: c, schema: s}",
            "",
        ),
    ] {
        assert_eq!(of(server), expected, "{server}");
    }
}

#[test]
fn cloud_sql_is_postgresql_where_it_says_so() {
    let names = |servers: &str| -> Vec<&str> {
        let contract = document("1.0.0", servers, "int");
        let targets = targets::of_contract(&contract);
        targets.iter().map(|target| target.name).collect()
    };
    assert_eq!(names(CLOUD_POSTGRESQL), ["postgresql"]);
    assert_eq!(names(CLOUD_MYSQL), [""; 0]);
    assert_eq!(names(CLOUDSQL), [""; 0]);
}

#[test]
fn only_what_storage_may_mind_is_left_unjudged() {
    // Nothing that is stored differs.
    let same = compare(
        Some(&document("1.0.0", PRESTO, "int")),
        Some(&document("1.0.1", PRESTO, "int")),
        &settings(),
    );
    assert!(said(&same).is_empty(), "{:#?}", same.findings);
    // A server that only the new version has is still empty.
    let kafka = "  - {server: k, type: kafka, host: h, format: avro}";
    let both = format!("{kafka}\n{PRESTO}");
    assert!(said(&widened(kafka, &both, &settings())).is_empty());
    assert_eq!(said(&widened(&both, &both, &settings())).len(), 1);
    // Whoever asks for a target gets that one.
    let asked = [target("trino")];
    let trino = Settings {
        targets: &asked,
        ..settings()
    };
    let report = widened(PRESTO, PRESTO, &trino);
    assert!(said(&report).is_empty());
    assert_eq!(report.targets["trino"], Verdict::Compatible);
}
