//! What reports say of targets: which ones, how grave, and by which findings.

use proptest::prelude::*;
use proptest::sample::subsequence;
use zonecut_contract::Contract;
use zonecut_diagnostics::{ContractReport, Perspective, Verdict};
use zonecut_evolution::targets::{self, Place};
use zonecut_evolution::{Settings, compare};

use super::target;
use crate::support::{contract, settings};

const PROPERTIES: &str = "
      - {id: i_time, name: query_time, logicalType: timestamp, physicalType: timestamp(3), required: true, partitioned: true}
      - {id: i_id, name: query_id, logicalType: string, physicalType: varchar(26), required: true, primaryKey: true}
      - {id: i_latency, name: latency, logicalType: integer, physicalType: int}
      - {id: i_cost, name: cost, logicalType: number, physicalType: 'decimal(10,2)'}
      - {id: i_site, name: site, logicalType: string, physicalType: varchar(8)}
      - {id: i_hits, name: hits, logicalType: integer}
      - {id: i_labels, name: labels, logicalType: array, physicalType: 'array<varchar(16)>', items: {logicalType: string, physicalType: varchar(16)}}
";

fn document(version: &str, servers: &str, properties: &str) -> Contract {
    contract(
        "c",
        &format!(
            "apiVersion: v3.1.0\nkind: DataContract\nid: c\nversion: {version}\nstatus: active\nservers:{servers}\nschema:\n  - name: queries\n    properties:{properties}"
        ),
    )
}

const WAREHOUSE: &str =
    "\n  - {server: w, type: postgres, host: h, port: 5432, database: d, schema: s}";
const LAKE: &str = "\n  - {server: l, type: trino, host: h, port: 1, catalog: c, schema: s, customProperties: [{property: tableFormat, value: iceberg}]}";
const NEWER_LAKE: &str = "\n  - {server: l, type: trino, host: h, port: 1, catalog: c, schema: s, customProperties: [{property: tableFormat, value: iceberg}, {property: icebergFormatVersion, value: 3}]}";
const STREAM: &str = "\n  - {server: k, type: kafka, host: h, format: avro}";
const FOLDER: &str = "\n  - {server: f, type: s3, location: 's3://b/p', format: parquet}";
const PULSAR: &str = "\n  - {server: p, type: custom, format: protobuf, customProperties: [{property: system, value: pulsar}]}";
const SNOW: &str = "\n  - {server: n, type: snowflake, account: a, database: d, schema: s}";
const BIG: &str = "\n  - {server: g, type: bigquery, project: p, dataset: d}";
const HOUSE: &str = "\n  - {server: h, type: clickhouse, host: h, port: 9000, database: d}";
const BRICKS: &str = "\n  - {server: b, type: databricks, catalog: c, schema: s}";

fn report(servers: &str, edits: &[(&str, &str)]) -> ContractReport {
    let mut after = PROPERTIES.to_owned();
    for (old, new) in edits {
        assert!(after.contains(old), "{old}");
        after = after.replacen(old, new, 1);
    }
    compare(
        Some(&document("1.0.0", servers, PROPERTIES)),
        Some(&document("2.0.0", servers, &after)),
        &settings(),
    )
}

fn verdict(report: &ContractReport, name: &str) -> Verdict {
    *report
        .targets
        .get(name)
        .unwrap_or_else(|| panic!("no {name} in {:?}", report.targets))
}

#[test]
fn the_servers_are_the_targets() {
    let names = |servers: &str| -> Vec<&str> {
        let contract = document("1.0.0", servers, PROPERTIES);
        targets::of_contract(&contract)
            .iter()
            .map(|target| target.name)
            .collect()
    };
    assert_eq!(
        names(&format!("{WAREHOUSE}{LAKE}{STREAM}")),
        ["iceberg-v2", "avro", "postgresql", "trino"]
    );
    assert_eq!(names(NEWER_LAKE), ["iceberg-v3", "trino"]);
    let quoted = NEWER_LAKE.replace("value: 3", "value: '3'");
    assert_eq!(names(&quoted), ["iceberg-v3", "trino"]);
    assert_eq!(names(FOLDER), ["parquet"]);
    assert_eq!(names(PULSAR), ["protobuf"]);
    assert_eq!(names(BRICKS), ["delta", "spark"]);
    assert_eq!(names(&format!("{FOLDER}{FOLDER}")), ["parquet"]);
    assert_eq!(
        names("\n  - {server: d, type: duckdb, database: d}"),
        [""; 0]
    );
}

#[test]
fn each_target_has_its_own_verdict_and_findings_name_what_they_break() {
    let report = report(
        &format!("{WAREHOUSE}{LAKE}{STREAM}{BRICKS}"),
        &[("physicalType: int}", "physicalType: bigint}")],
    );
    assert_eq!(verdict(&report, "postgresql"), Verdict::Breaking);
    assert_eq!(verdict(&report, "delta"), Verdict::Warning);
    for name in ["iceberg-v2", "avro", "trino", "spark"] {
        assert_eq!(verdict(&report, name), Verdict::Compatible, "{name}");
    }
    let targets_of = |rule: &str| {
        let finding = report.findings.iter().find(|finding| finding.rule == rule);
        finding
            .unwrap_or_else(|| panic!("no {rule}"))
            .targets
            .clone()
    };
    assert_eq!(targets_of("type-widened"), ["postgresql"]);
    assert_eq!(targets_of("target-rewrite"), ["postgresql"]);
    assert_eq!(targets_of("target-feature"), ["delta"]);
}

#[test]
fn a_change_is_as_grave_to_a_target_as_its_table_says() {
    for (old, new) in [("int", "bigint"), ("int", "varchar(8)")] {
        let edit = format!("physicalType: {new}}}");
        let report = report(&all_servers(), &[("physicalType: int}", &edit)]);
        for (name, verdict) in &report.targets {
            let target = target(name);
            // Two names of one type are no change there.
            let turns = target.changes_of_type(old, new);
            let outcomes = turns
                .iter()
                .map(|it| target.judge(it.change, &[Place::Anywhere]).outcome);
            let gravity = outcomes.map(targets::Outcome::severity).max();
            assert_eq!(Verdict::from(gravity), *verdict, "{name}");
        }
    }
}

/// What storage can do says nothing of the code of readers, and the reverse.
#[test]
fn targets_never_soften_the_verdict_for_consumers() {
    let edits = [("physicalType: int}", "physicalType: bigint}")];
    for servers in [LAKE, WAREHOUSE, STREAM] {
        assert_eq!(
            report(servers, &edits).verdict.consumer,
            Verdict::Breaking,
            "{servers}"
        );
    }
    assert_eq!(report(LAKE, &edits).verdict.producer, Verdict::Compatible);
}

#[test]
fn a_target_that_only_the_new_version_has_is_still_empty() {
    let after = PROPERTIES.replace("physicalType: int}", "physicalType: bigint}");
    let compared = |before: &str, now: &str| {
        compare(
            Some(&document("1.0.0", before, PROPERTIES)),
            Some(&document("2.0.0", now, &after)),
            &settings(),
        )
    };
    let both = format!("{LAKE}{WAREHOUSE}");
    assert_eq!(
        verdict(&compared(LAKE, &both), "postgresql"),
        Verdict::Compatible
    );
    assert_eq!(
        verdict(&compared(&both, &both), "postgresql"),
        Verdict::Breaking
    );
    assert!(!compared(&both, LAKE).targets.contains_key("postgresql"));
    // A table is upgraded from one format version to the next: it holds what it held.
    let date = |text: &str| text.replace("timestamp(3)", "date");
    let upgraded = compare(
        Some(&document(
            "1.0.0",
            LAKE,
            &PROPERTIES.replace("varchar(8)", "int"),
        )),
        Some(&document("2.0.0", NEWER_LAKE, &date(PROPERTIES))),
        &settings(),
    );
    assert_eq!(verdict(&upgraded, "iceberg-v3"), Verdict::Breaking);
}

#[test]
fn targets_that_are_asked_for_replace_those_of_the_servers() {
    let asked = [target("bigquery"), target("parquet"), target("bigquery")];
    let settings = Settings {
        targets: &asked,
        ..settings()
    };
    let after = PROPERTIES.replace("physicalType: int}", "physicalType: bigint}");
    let report = compare(
        Some(&document("1.0.0", WAREHOUSE, PROPERTIES)),
        Some(&document("2.0.0", WAREHOUSE, &after)),
        &settings,
    );
    let names: Vec<&str> = report.targets.keys().map(String::as_str).collect();
    assert_eq!(names, ["bigquery", "parquet"]);
    assert_eq!(verdict(&report, "parquet"), Verdict::Warning);
    assert_eq!(verdict(&report, "bigquery"), Verdict::Compatible);
}

#[test]
fn only_the_name_that_storage_knows_counts() {
    let renamed = [("name: site,", "name: place,")];
    assert_eq!(
        verdict(&report(FOLDER, &renamed), "parquet"),
        Verdict::Breaking
    );
    let kept = [("name: site,", "name: place, physicalName: site,")];
    assert_eq!(
        verdict(&report(FOLDER, &kept), "parquet"),
        Verdict::Compatible
    );
    let moved = [("name: site,", "name: site, physicalName: place,")];
    assert_eq!(
        verdict(&report(FOLDER, &moved), "parquet"),
        Verdict::Breaking
    );
}

#[test]
fn a_logical_type_speaks_where_the_physical_is_not_stated() {
    let longer = (
        "name: hits, logicalType: integer}",
        "name: hits, logicalType: integer, logicalTypeOptions: {format: i64}}",
    );
    assert_eq!(
        verdict(&report(WAREHOUSE, &[longer]), "postgresql"),
        Verdict::Breaking
    );
    assert_eq!(
        verdict(&report(LAKE, &[longer]), "iceberg-v2"),
        Verdict::Compatible
    );
    // To state what was silent until now changes no storage.
    let stated = (
        "name: hits, logicalType: integer}",
        "name: hits, logicalType: integer, physicalType: int}",
    );
    assert_eq!(
        verdict(&report(WAREHOUSE, &[stated]), "postgresql"),
        Verdict::Compatible
    );
}

#[test]
fn each_target_reads_a_type_in_its_own_words() {
    let servers = format!("{BRICKS}{SNOW}{BIG}{HOUSE}");
    // No `int` is left in Snowflake or BigQuery.
    let wider = report(&servers, &[("physicalType: int}", "physicalType: bigint}")]);
    assert_eq!(verdict(&wider, "snowflake"), Verdict::Compatible);
    assert_eq!(verdict(&wider, "bigquery"), Verdict::Compatible);
    assert_eq!(verdict(&wider, "clickhouse"), Verdict::Breaking);
    assert_eq!(verdict(&wider, "delta"), Verdict::Warning);
    let nullable = report(
        &servers,
        &[(
            "physicalType: varchar(8)",
            "physicalType: Nullable(varchar(8))",
        )],
    );
    assert_eq!(verdict(&nullable, "clickhouse"), Verdict::Breaking);
    assert_eq!(verdict(&nullable, "delta"), Verdict::Compatible);
}

/// What readers see alike may be stored otherwise.
#[test]
fn another_word_for_a_type_can_ask_for_a_rewrite() {
    let latency = "physicalType: int}";
    let dictionary = PROPERTIES.replace(latency, "physicalType: LowCardinality(UInt32)}");
    let plain = PROPERTIES.replace(latency, "physicalType: UInt32}");
    let compared = compare(
        Some(&document("1.0.0", HOUSE, &dictionary)),
        Some(&document("2.0.0", HOUSE, &plain)),
        &settings(),
    );
    assert_eq!(verdict(&compared, "clickhouse"), Verdict::Breaking);
    let instant = PROPERTIES.replace("timestamp(3)", "TIMESTAMP");
    let local = PROPERTIES.replace("timestamp(3)", "DATETIME");
    let compared = compare(
        Some(&document("1.0.0", BIG, &instant)),
        Some(&document("2.0.0", BIG, &local)),
        &settings(),
    );
    assert_eq!(verdict(&compared, "bigquery"), Verdict::Breaking);
    assert_eq!(compared.verdict.consumer, Verdict::Breaking);
}

#[test]
fn a_property_becomes_unique_where_keys_are_enforced() {
    let unique = [(
        "physicalType: varchar(8)}",
        "physicalType: varchar(8), unique: true}",
    )];
    let report = report(&format!("{WAREHOUSE}{LAKE}"), &unique);
    assert_eq!(verdict(&report, "postgresql"), Verdict::Warning);
    assert_eq!(verdict(&report, "iceberg-v2"), Verdict::Compatible);
}

#[test]
fn a_timestamp_gains_its_zone_without_a_physical_type() {
    let bare = PROPERTIES.replace(
        "logicalType: timestamp, physicalType: timestamp(3)",
        "logicalType: timestamp",
    );
    let zoned = bare.replace(
        "logicalType: timestamp",
        "logicalType: timestamp, logicalTypeOptions: {timezone: true}",
    );
    let compared = compare(
        Some(&document("1.0.0", LAKE, &bare)),
        Some(&document("2.0.0", LAKE, &zoned)),
        &settings(),
    );
    assert_eq!(verdict(&compared, "iceberg-v2"), Verdict::Breaking);
}

#[test]
fn what_is_no_primitive_can_identify_no_row() {
    let keyed = |kind: &str| {
        let column = format!("{{id: i_hits, name: hits, logicalType: {kind}, required: true");
        let before = PROPERTIES.replace("{id: i_hits, name: hits, logicalType: integer", &column);
        let after = before.replace(&column, &format!("{column}, primaryKey: true"));
        let compared = compare(
            Some(&document("1.0.0", LAKE, &before)),
            Some(&document("2.0.0", LAKE, &after)),
            &settings(),
        );
        verdict(&compared, "iceberg-v2")
    };
    assert_eq!(keyed("integer"), Verdict::Compatible);
    assert_eq!(keyed("number"), Verdict::Breaking);
    assert_eq!(
        keyed("object, properties: [{name: n, logicalType: integer}]"),
        Verdict::Breaking
    );
}

#[test]
fn the_element_of_an_array_changes_the_array() {
    let longer = [
        ("'array<varchar(16)>'", "'array<varchar(64)>'"),
        (
            "items: {logicalType: string, physicalType: varchar(16)}",
            "items: {logicalType: string, physicalType: varchar(64)}",
        ),
    ];
    let report = report(&format!("{WAREHOUSE}{LAKE}"), &longer);
    assert_eq!(verdict(&report, "postgresql"), Verdict::Breaking);
    assert_eq!(verdict(&report, "iceberg-v2"), Verdict::Compatible);
}

/// A field that is added to a struct is a new type where structs change as a whole.
#[test]
fn a_struct_that_changes_as_a_whole_is_replaced() {
    let fields = |kind: &str, fields: &str| {
        let column = format!("physicalType: '{kind}', properties: [{fields}]}}");
        PROPERTIES.replace(
            "name: hits, logicalType: integer}",
            &format!("name: hits, logicalType: object, {column}"),
        )
    };
    let one = "{name: a, logicalType: integer, physicalType: INT}";
    let two = format!("{one}, {{name: b, logicalType: string}}");
    let before = fields("Tuple(a INT)", one);
    let after = fields("Tuple(a INT, b String)", &two);
    let grown = |servers: &str| {
        compare(
            Some(&document("1.0.0", servers, &before)),
            Some(&document("2.0.0", servers, &after)),
            &settings(),
        )
    };
    assert_eq!(verdict(&grown(HOUSE), "clickhouse"), Verdict::Breaking);
    assert_eq!(verdict(&grown(SNOW), "snowflake"), Verdict::Breaking);
    assert_eq!(verdict(&grown(LAKE), "iceberg-v2"), Verdict::Compatible);
}

#[test]
fn a_change_inside_a_container_is_told_once() {
    let items = "items: {logicalType: string, physicalType: varchar(16)}}";
    let spelled = report(
        LAKE,
        &[
            (items, "items: {logicalType: string, physicalType: uuid}}"),
            ("array<varchar(16)>", "array<uuid>"),
        ],
    );
    let rewritten: Vec<&str> = spelled
        .findings
        .iter()
        .filter(|finding| finding.rule == "target-rewrite")
        .map(|finding| finding.path.as_str())
        .collect();
    assert_eq!(rewritten, ["queries.labels[]"]);
}

#[test]
fn what_an_older_version_asked_of_storage_is_done() {
    let transitive = Settings {
        mode: Some("forward-transitive".parse().unwrap()),
        ..settings()
    };
    let widened = PROPERTIES.replace("physicalType: int}", "physicalType: bigint}");
    let oldest = document("1.0.0", WAREHOUSE, PROPERTIES);
    let report = zonecut_evolution::compare_with_history(
        Some(&document("2.0.0", WAREHOUSE, &widened)),
        Some(&document("2.0.1", WAREHOUSE, &widened)),
        &[&oldest],
        &transitive,
    );
    assert_eq!(report.verdict.consumer, Verdict::Breaking);
    assert_eq!(verdict(&report, "postgresql"), Verdict::Compatible);
}

/// Edits of one property each, so that any of them go together.
const EDITS: [(&str, &str); 9] = [
    (
        "physicalType: timestamp(3), required: true, partitioned: true",
        "physicalType: timestamp(6), required: true",
    ),
    ("physicalType: varchar(26)", "physicalType: varchar(52)"),
    ("physicalType: int}", "physicalType: bigint}"),
    (
        "physicalType: 'decimal(10,2)'",
        "physicalType: 'decimal(12,4)'",
    ),
    ("name: site,", "name: place,"),
    (
        "name: hits, logicalType: integer",
        "name: hits, logicalType: string",
    ),
    ("physicalType: varchar(16)", "physicalType: varchar(4)"),
    (
        "      - {id: i_labels",
        "      - {name: fresh, logicalType: string, required: true}\n      - {id: i_labels",
    ),
    ("varchar(8)}", "varchar(8), required: true}"),
];

fn all_servers() -> String {
    [WAREHOUSE, LAKE, STREAM, FOLDER, PULSAR, BRICKS].concat()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn another_change_never_makes_a_target_better(
        some in subsequence(EDITS.to_vec(), 0..EDITS.len()),
        more in subsequence(EDITS.to_vec(), 0..=EDITS.len()),
    ) {
        let both: Vec<_> = EDITS.into_iter().filter(|edit| some.contains(edit) || more.contains(edit)).collect();
        let (fewer, more) = (report(&all_servers(), &some), report(&all_servers(), &both));
        for (name, verdict) in &fewer.targets {
            prop_assert!(more.targets[name] >= *verdict, "{}", name);
        }
    }

    #[test]
    fn a_verdict_is_the_gravest_of_what_each_edit_takes(some in subsequence(EDITS.to_vec(), 0..=EDITS.len())) {
        let report = report(&all_servers(), &some);
        let alone: Vec<_> = some.iter().map(|edit| super::reports::report(&all_servers(), &[*edit])).collect();
        for (name, verdict) in &report.targets {
            let gravest = alone.iter().map(|report| report.targets[name]).max();
            prop_assert_eq!(gravest.unwrap_or(Verdict::Compatible), *verdict, "{}", name);
            let is_named = report.findings.iter().any(|finding| finding.targets.contains(name));
            prop_assert_eq!(is_named, *verdict > Verdict::Compatible, "{}", name);
        }
        for finding in &report.findings {
            prop_assert!(finding.targets.iter().all(|name| report.targets.contains_key(name)));
            prop_assert!(finding.perspective != Perspective::Governance || finding.targets.is_empty());
        }
        if some.is_empty() {
            prop_assert!(report.targets.values().all(|verdict| *verdict == Verdict::Compatible));
        }
    }

    #[test]
    fn a_type_is_stored_as_itself(text in "[a-zA-Z0-9 ()<>,'\\[\\]]{0,24}") {
        for target in targets::ALL {
            prop_assert_eq!(target.changes_of_type(&text, &text), []);
        }
    }
}
