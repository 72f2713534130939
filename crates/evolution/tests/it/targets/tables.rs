//! The cells of the tables, against the documents that they name.

use std::collections::BTreeSet;

use zonecut_evolution::targets::{self, Change, Outcome, Place};

use super::target;

const IN_PLACE: &str = "in place";
const FEATURE: &str = "with a feature";
const REWRITE: &str = "rewrite";

fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::InPlace => IN_PLACE,
        Outcome::WithFeature(_) => FEATURE,
        Outcome::Rewrite => REWRITE,
    }
}

/// What a change of type takes.
fn type_change(name: &str, before: &str, after: &str) -> &'static str {
    let target = target(name);
    let turns = target.changes_of_type(before, after);
    let rows = turns
        .iter()
        .map(|turn| target.judge(turn.change, &turn.places));
    rows.map(|row| row.outcome).max().map_or(IN_PLACE, word)
}

#[test]
fn every_cell_is_written_once_and_has_its_source() {
    let mut names = BTreeSet::new();
    for target in targets::ALL {
        assert!(names.insert(target.name), "{} twice", target.name);
        assert_eq!(targets::named(target.name), Some(*target));
        let mut cells: Vec<(Place, Change)> = Vec::new();
        for row in target.rows() {
            assert!(
                !row.changes.is_empty(),
                "{}: a row without changes",
                target.name
            );
            for change in row.changes {
                let cell = (row.at, *change);
                assert!(!cells.contains(&cell), "{}: {change} twice", target.name);
                cells.push(cell);
            }
        }
        for row in target.rows().chain([&target.rest]) {
            let source = row.source;
            assert!(source.url.starts_with("https://"), "{}", source.url);
            for text in [row.why, source.document, source.section] {
                assert!(
                    !text.is_empty() && !text.contains('|'),
                    "{}: `{text}`",
                    target.name
                );
            }
        }
        assert_eq!(
            target.rest.outcome,
            Outcome::Rewrite,
            "what nobody wrote down is not safe"
        );
    }
    let all: BTreeSet<Change> = Change::ALL.iter().copied().collect();
    assert_eq!(all.len(), Change::ALL.len());
}

/// What changes of type take: a line each, `target: before -> after => outcome`, `#` before notes.
fn judge_types(lines: &str) {
    let cases = lines.lines().filter(|line| !line.starts_with('#'));
    let wrong: Vec<String> = cases
        .filter_map(|line| {
            let (change, expected) = line.split_once(" => ").unwrap();
            let (name, types) = change.split_once(": ").unwrap();
            let (before, after) = types.split_once(" -> ").unwrap();
            let got = type_change(name, before, after);
            (got != expected).then(|| format!("{change}: {got}, not {expected}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The promotions that the documents list, and a few that they do not.
#[test]
fn types_change_as_the_documents_say() {
    judge_types(include_str!("types.txt"));
}

/// Types that are made of others, as engines spell them.
#[test]
fn parts_are_judged_where_they_stand() {
    judge_types(include_str!("nested.txt"));
}

/// Structure, keys and places.
#[test]
fn columns_change_as_the_documents_say() {
    use Change as C;
    let cases: &[(&str, Change, &[Place], &str)] = &[
        ("iceberg-v2", C::Rename, &[], IN_PLACE),
        ("iceberg-v2", C::Require, &[], REWRITE),
        ("iceberg-v2", C::AddRequired, &[], REWRITE),
        ("iceberg-v2", C::AddRequiredWithDefault, &[], REWRITE),
        ("iceberg-v3", C::AddRequiredWithDefault, &[], IN_PLACE),
        ("iceberg-v2", C::PartitionChanges, &[], IN_PLACE),
        ("iceberg-v2", C::PrimaryKeyUnfit, &[], REWRITE),
        ("iceberg-v2", C::Relax, &[Place::PrimaryKey], REWRITE),
        ("iceberg-v2", C::AddOptional, &[Place::Nested], IN_PLACE),
        (
            "iceberg-v2",
            C::AddOptional,
            &[Place::Nested, Place::MapKey],
            REWRITE,
        ),
        (
            "iceberg-v3",
            C::DateToTimestamp,
            &[Place::Partition],
            REWRITE,
        ),
        ("delta", C::Rename, &[], FEATURE),
        ("delta", C::Drop, &[], FEATURE),
        ("delta", C::PartitionChanges, &[], REWRITE),
        ("parquet", C::AddOptional, &[], IN_PLACE),
        ("parquet", C::Rename, &[], REWRITE),
        ("avro", C::Rename, &[], FEATURE),
        ("avro", C::AddRequired, &[], REWRITE),
        ("avro", C::Drop, &[], IN_PLACE),
        ("avro", C::EnumShrinks, &[], FEATURE),
        ("protobuf", C::Rename, &[], IN_PLACE),
        ("protobuf", C::EnumGrows, &[], IN_PLACE),
        ("json-schema", C::ValuesNarrow, &[], REWRITE),
        ("postgresql", C::AddRequiredWithDefault, &[], IN_PLACE),
        ("postgresql", C::TextLengthens, &[Place::Partition], REWRITE),
        ("postgresql", C::EnumShrinks, &[], REWRITE),
        ("trino", C::PartitionChanges, &[], FEATURE),
        ("spark", C::Drop, &[], FEATURE),
        ("clickhouse", C::Rename, &[Place::PrimaryKey], REWRITE),
        ("clickhouse", C::Rename, &[], IN_PLACE),
        ("bigquery", C::Drop, &[Place::Nested], REWRITE),
        ("snowflake", C::Require, &[], FEATURE),
        ("snowflake", C::AddRequiredWithDefault, &[], IN_PLACE),
        ("snowflake", C::DefaultChanges, &[], REWRITE),
        ("postgresql", C::Require, &[], FEATURE),
        ("postgresql", C::Relax, &[], IN_PLACE),
        ("postgresql", C::Relax, &[Place::PrimaryKey], FEATURE),
        ("postgresql", C::PrimaryKeyChanges, &[], FEATURE),
        ("postgresql", C::ValuesNarrow, &[], FEATURE),
        ("postgresql", C::ValuesWiden, &[], IN_PLACE),
        ("postgresql", C::AddRequired, &[], REWRITE),
        ("postgresql", C::Drop, &[Place::Partition], REWRITE),
        ("postgresql", C::Rename, &[Place::Partition], IN_PLACE),
        ("postgresql", C::EnumGrows, &[], IN_PLACE),
        ("delta", C::AddOptional, &[Place::Nested], IN_PLACE),
        (
            "delta",
            C::AddOptional,
            &[Place::Nested, Place::Repeated],
            FEATURE,
        ),
        ("delta", C::Require, &[Place::Repeated], REWRITE),
        ("postgresql", C::TextLengthens, &[Place::Nested], IN_PLACE),
        ("postgresql", C::TextLengthens, &[Place::Repeated], REWRITE),
        ("postgresql", C::BecomesUnique, &[], FEATURE),
        ("clickhouse", C::BecomesUnique, &[], IN_PLACE),
        ("iceberg-v2", C::BecomesUnique, &[], IN_PLACE),
        ("delta", C::AddRequiredWithDefault, &[], REWRITE),
        ("delta", C::Require, &[], FEATURE),
        ("iceberg-v3", C::AddRequired, &[], REWRITE),
        ("iceberg-v3", C::Require, &[], REWRITE),
        ("bigquery", C::Require, &[], REWRITE),
        ("bigquery", C::Relax, &[], IN_PLACE),
        ("clickhouse", C::Drop, &[Place::PrimaryKey], REWRITE),
        ("clickhouse", C::EnumGrows, &[Place::PrimaryKey], IN_PLACE),
        ("avro", C::AddRequiredWithDefault, &[], IN_PLACE),
        ("avro", C::Require, &[], REWRITE),
        ("avro", C::EnumGrows, &[], IN_PLACE),
    ];
    for (name, change, places, expected) in cases {
        let got = word(target(name).judge(*change, places).outcome);
        assert_eq!(got, *expected, "{name}: {change} {places:?}");
    }
}
