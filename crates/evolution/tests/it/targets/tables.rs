//! The cells of the tables, against the documents that they name.

use std::collections::BTreeSet;

use zonecut_evolution::targets::{self, Change, Outcome, Place, change_of_type};

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
    change_of_type(before, after).map_or(IN_PLACE, |change| {
        word(target(name).judge(change, &[]).outcome)
    })
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

/// The promotions that the documents list, and a few that they do not.
const TYPES: &[(&str, &str, &str, &str)] = &[
    // Iceberg Table Spec, Schema Evolution.
    ("iceberg-v2", "int", "long", IN_PLACE),
    ("iceberg-v2", "float", "double", IN_PLACE),
    ("iceberg-v2", "decimal(9,2)", "decimal(18,2)", IN_PLACE),
    ("iceberg-v2", "decimal(9,2)", "decimal(18,4)", REWRITE),
    ("iceberg-v2", "date", "timestamp", REWRITE),
    ("iceberg-v2", "int", "double", REWRITE),
    ("iceberg-v2", "long", "int", REWRITE),
    ("iceberg-v2", "varchar(8)", "varchar(64)", IN_PLACE),
    ("iceberg-v2", "fixed[16]", "fixed[20]", REWRITE),
    ("iceberg-v2", "timestamp", "timestamptz", REWRITE),
    ("iceberg-v3", "date", "timestamp", IN_PLACE),
    ("iceberg-v3", "date", "timestamp_ns", IN_PLACE),
    ("iceberg-v3", "date", "timestamptz", REWRITE),
    ("iceberg-v3", "timestamp", "timestamp_ns", REWRITE),
    ("iceberg-v3", "unknown", "string", IN_PLACE),
    ("iceberg-v2", "list<int>", "list<long>", IN_PLACE),
    // Delta type widening, Supported type changes.
    ("delta", "byte", "short", FEATURE),
    ("delta", "short", "long", FEATURE),
    ("delta", "int", "decimal(10,0)", FEATURE),
    ("delta", "int", "decimal(9,0)", REWRITE),
    ("delta", "long", "decimal(20,0)", FEATURE),
    ("delta", "int", "double", FEATURE),
    ("delta", "long", "double", REWRITE),
    ("delta", "decimal(10,1)", "decimal(12,3)", FEATURE),
    ("delta", "decimal(10,1)", "decimal(11,3)", REWRITE),
    ("delta", "date", "timestamp_ntz", FEATURE),
    ("delta", "string", "int", REWRITE),
    // Spark SQL guide, Schema Merging: nothing is promoted.
    ("parquet", "int", "long", REWRITE),
    ("parquet", "varchar(8)", "string", IN_PLACE),
    ("parquet", "string", "binary", REWRITE),
    // Avro Specification, Schema Resolution.
    ("avro", "int", "long", IN_PLACE),
    ("avro", "int", "float", IN_PLACE),
    ("avro", "long", "double", IN_PLACE),
    ("avro", "float", "double", IN_PLACE),
    ("avro", "string", "bytes", IN_PLACE),
    ("avro", "bytes", "string", IN_PLACE),
    ("avro", "long", "int", REWRITE),
    ("avro", "decimal(9,2)", "decimal(18,2)", REWRITE),
    ("avro", "timestamp-millis", "timestamp-micros", REWRITE),
    // Protocol Buffers, Updating A Message Type.
    ("protobuf", "int32", "int64", IN_PLACE),
    ("protobuf", "int32", "uint32", IN_PLACE),
    ("protobuf", "bool", "int32", IN_PLACE),
    ("protobuf", "sint32", "sint64", IN_PLACE),
    ("protobuf", "int32", "sint32", REWRITE),
    ("protobuf", "fixed32", "sfixed32", IN_PLACE),
    ("protobuf", "fixed32", "fixed64", REWRITE),
    ("protobuf", "string", "bytes", IN_PLACE),
    ("protobuf", "float", "double", REWRITE),
    ("protobuf", "int32", "string", REWRITE),
    // JSON Schema Validation, 6.1.1. type.
    ("json-schema", "int", "double", IN_PLACE),
    ("json-schema", "int", "string", REWRITE),
    ("json-schema", "varchar(8)", "varchar(4)", REWRITE),
    // PostgreSQL 9.2 release notes; ALTER TABLE, Notes.
    ("postgresql", "varchar(18)", "varchar(36)", IN_PLACE),
    ("postgresql", "varchar(18)", "text", IN_PLACE),
    ("postgresql", "varchar(36)", "varchar(18)", REWRITE),
    ("postgresql", "numeric(10,2)", "numeric(12,2)", IN_PLACE),
    ("postgresql", "numeric(10,2)", "numeric", IN_PLACE),
    ("postgresql", "numeric(10,2)", "numeric(12,4)", REWRITE),
    ("postgresql", "int", "bigint", REWRITE),
    ("postgresql", "char(2)", "char(3)", REWRITE),
    ("postgresql", "timestamp(3)", "timestamp(6)", IN_PLACE),
    ("postgresql", "timestamp", "timestamptz", FEATURE),
    // Trino, Iceberg and Hive connectors, Schema evolution.
    ("trino", "integer", "bigint", IN_PLACE),
    ("trino", "real", "double", IN_PLACE),
    ("trino", "integer", "decimal(10,0)", FEATURE),
    ("trino", "bigint", "varchar", FEATURE),
    ("trino", "varchar", "bigint", REWRITE),
    // Spark 4.0: what its readers widen.
    ("spark", "int", "bigint", IN_PLACE),
    ("spark", "bigint", "int", REWRITE),
    ("spark", "varchar(8)", "varchar(4)", REWRITE),
    // ClickHouse, Column Manipulations.
    ("clickhouse", "UInt8", "UInt16", REWRITE),
    ("clickhouse", "Int8", "Int16", REWRITE),
    ("clickhouse", "Nullable(UInt8)", "Nullable(UInt8)", IN_PLACE),
    (
        "clickhouse",
        "Enum8('a' = 1)",
        "Enum8('a' = 1, 'b' = 2)",
        IN_PLACE,
    ),
    (
        "clickhouse",
        "Enum8('a' = 1, 'b' = 2)",
        "Enum8('a' = 1)",
        REWRITE,
    ),
    // BigQuery, Change a column's data type.
    ("bigquery", "INT64", "NUMERIC", IN_PLACE),
    ("bigquery", "NUMERIC", "BIGNUMERIC", IN_PLACE),
    ("bigquery", "INT64", "FLOAT64", IN_PLACE),
    ("bigquery", "NUMERIC", "FLOAT64", IN_PLACE),
    ("bigquery", "STRING(8)", "STRING(16)", IN_PLACE),
    ("bigquery", "STRING(16)", "STRING(8)", REWRITE),
    ("bigquery", "INT64", "STRING", REWRITE),
    // Snowflake, ALTER TABLE … ALTER COLUMN.
    ("snowflake", "VARCHAR(50)", "VARCHAR(100)", IN_PLACE),
    ("snowflake", "VARCHAR(50)", "VARCHAR(25)", REWRITE),
    ("snowflake", "NUMBER(10,2)", "NUMBER(20,2)", IN_PLACE),
    ("snowflake", "NUMBER(20,2)", "NUMBER(10,2)", FEATURE),
    ("snowflake", "NUMBER(10,2)", "NUMBER(20,4)", REWRITE),
    ("snowflake", "INT", "BIGINT", IN_PLACE),
];

#[test]
fn types_change_as_the_documents_say() {
    for (name, before, after, expected) in TYPES {
        assert_eq!(
            type_change(name, before, after),
            *expected,
            "{name}: {before} -> {after}"
        );
    }
}

/// Structure, keys and places.
#[test]
fn columns_change_as_the_documents_say() {
    use Change as C;
    let cases: [(&str, Change, &[Place], &str); 32] = [
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
        ("snowflake", C::Require, &[], IN_PLACE),
    ];
    for (name, change, places, expected) in cases {
        let got = word(target(name).judge(change, places).outcome);
        assert_eq!(got, expected, "{name}: {change} {places:?}");
    }
}
