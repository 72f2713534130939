//! Changes of physical types that are made of others, as consumers and producers meet them.

use zonecut_diagnostics::Perspective::{Consumer, Producer};
use zonecut_diagnostics::Verdict::{self, Breaking as B, Compatible as C, Warning as W};
use zonecut_evolution::{Mode, Settings, compare};

use crate::support::{contract, settings, verdict};

fn report(before: &str, after: &str, mode: Option<Mode>) -> zonecut_diagnostics::ContractReport {
    let of = |version: &str, physical: &str| {
        let text = format!(
            "apiVersion: v3.1.0\nkind: DataContract\nid: q\nversion: {version}\nstatus: active\nschema:\n  - name: t\n    properties:\n      - name: p\n        physicalType: {physical:?}\n"
        );
        contract("q.odcs.yaml", &text)
    };
    let settings = Settings { mode, ..settings() };
    compare(
        Some(&of("1.0.0", before)),
        Some(&of("1.1.0", after)),
        &settings,
    )
}

const CHANGES: &[(&str, &str, [Verdict; 2])] = &[
    ("map<string,int>", "map<string,bigint>", [B, C]),
    ("map<string,bigint>", "map<string,int>", [C, B]),
    ("struct<a:int>", "struct<a:int,b:int>", [C, C]),
    ("struct<a:int>", "struct<a:int,b:int NOT NULL>", [C, B]),
    ("struct<a:int>", "struct<a:bigint>", [B, C]),
    ("struct<a:int,b:int>", "struct<a:int>", [B, C]),
    ("struct<a:varchar(10)>", "struct<a:varchar(20)>", [W, C]),
    ("row(a integer)", "row(a bigint)", [B, C]),
    (
        "row(a integer, b varchar)",
        "row(a varchar, b varchar)",
        [B, B],
    ),
    (
        "ARRAY<STRUCT<a INT64>>",
        "ARRAY<STRUCT<a INT64, b STRING>>",
        [C, C],
    ),
    ("Tuple(a Int32)", "Tuple(a Int32, b String)", [C, C]),
    ("numeric", "numeric(10,2)", [C, B]),
    ("numeric(10,2)", "numeric", [B, C]),
    ("number", "decimal(38,0)", [C, C]),
    ("decimal(10)", "decimal(10, 0)", [C, C]),
    ("int[]", "bigint[]", [B, C]),
];

#[test]
fn parts_decide_for_readers_and_writers() {
    for (before, after, wanted) in CHANGES {
        let report = report(before, after, None);
        let got = [verdict(&report, Consumer), verdict(&report, Producer)];
        assert_eq!(got, *wanted, "{before} -> {after}: {:#?}", report.findings);
    }
}

#[test]
fn a_field_more_is_an_addition_and_a_field_less_a_major_version() {
    let one = "struct<a:int>";
    let two = "struct<b:string, a:int>";
    let added = report(one, two, None);
    assert_eq!(added.version.required, "1.1.0");
    let gone = report(two, one, None);
    assert_eq!(gone.version.required, "2.0.0");
    // New readers do not ask for it.
    let gone = report(two, one, "backward".parse().ok());
    assert_eq!(verdict(&gone, Consumer), C);
}
