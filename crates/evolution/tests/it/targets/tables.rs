//! The cells of the tables, against the documents that they name.

use std::collections::BTreeSet;

use zonecut_evolution::targets::{self, Change, Outcome, Place};

use super::target;

pub(super) const IN_PLACE: &str = "in place";
pub(super) const FEATURE: &str = "with a feature";
pub(super) const REWRITE: &str = "rewrite";

fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::InPlace => IN_PLACE,
        Outcome::WithFeature(_) => FEATURE,
        Outcome::Rewrite => REWRITE,
    }
}

/// What a change of type takes.
pub(super) fn type_change(name: &str, before: &str, after: &str) -> &'static str {
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
    ("iceberg-v2", "unknown", "string", REWRITE),
    ("iceberg-v2", "double", "float", REWRITE),
    ("iceberg-v2", "string", "binary", REWRITE),
    ("iceberg-v2", "int", "string", REWRITE),
    ("iceberg-v2", "enum('a')", "string", IN_PLACE),
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
    ("delta", "smallint", "decimal(5,0)", REWRITE),
    ("delta", "long", "decimal(19,0)", REWRITE),
    ("delta", "decimal", "decimal(12,0)", FEATURE),
    ("delta", "smallint", "float", REWRITE),
    ("delta", "float", "double", FEATURE),
    ("delta", "date", "timestamp", REWRITE),
    ("delta", "timestamp", "timestamp_ntz", REWRITE),
    ("delta", "timestamp_ntz", "timestamp", REWRITE),
    ("delta", "timestamp", "TIMESTAMP_LTZ", IN_PLACE),
    ("delta", "array<int>", "array<long>", FEATURE),
    ("delta", "void", "string", IN_PLACE),
    // Parquet leaves promotion to its readers.
    ("parquet", "int", "long", FEATURE),
    ("parquet", "float", "double", FEATURE),
    ("parquet", "decimal(9,2)", "decimal(18,2)", FEATURE),
    ("parquet", "long", "int", REWRITE),
    ("parquet", "enum('a')", "string", IN_PLACE),
    ("parquet", "varchar(8)", "string", IN_PLACE),
    ("parquet", "string", "binary", REWRITE),
    // Avro Specification, Schema Resolution.
    ("avro", "int", "long", IN_PLACE),
    ("avro", "int", "float", IN_PLACE),
    ("avro", "long", "double", IN_PLACE),
    ("avro", "float", "double", IN_PLACE),
    ("avro", "string", "bytes", IN_PLACE),
    ("avro", "bytes", "string", IN_PLACE),
    ("avro", "long", "float", IN_PLACE),
    ("avro", "double", "float", REWRITE),
    ("avro", "int", "string", REWRITE),
    ("avro", "enum('a')", "string", REWRITE),
    ("avro", "date", "timestamp-millis", REWRITE),
    ("avro", "fixed(16)", "fixed(20)", REWRITE),
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
    ("protobuf", "bytes", "string", FEATURE),
    ("protobuf", "float", "double", REWRITE),
    ("protobuf", "int32", "string", REWRITE),
    ("protobuf", "int64", "int32", FEATURE),
    ("protobuf", "sint64", "sint32", FEATURE),
    ("protobuf", "double", "float", REWRITE),
    ("protobuf", "enum('a')", "int32", IN_PLACE),
    ("protobuf", "uint32", "enum('a')", IN_PLACE),
    ("protobuf", "fixed64", "int64", REWRITE),
    // JSON Schema Validation, 6.1.1. type.
    ("json-schema", "int", "double", IN_PLACE),
    ("json-schema", "int", "string", REWRITE),
    ("json-schema", "varchar(8)", "varchar(4)", REWRITE),
    ("json-schema", "date", "string", IN_PLACE),
    ("json-schema", "timestamp", "string", IN_PLACE),
    ("json-schema", "enum('a')", "string", IN_PLACE),
    ("json-schema", "double", "float", IN_PLACE),
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
    ("postgresql", "timestamp(3)", "timestamptz(6)", FEATURE),
    ("postgresql", "timestamp(3)", "timestamptz(3)", REWRITE),
    ("postgresql", "timestamp(6)", "timestamp(3)", REWRITE),
    ("postgresql", "date", "timestamp", REWRITE),
    ("postgresql", "int", "text", REWRITE),
    ("postgresql", "float", "double precision", IN_PLACE),
    ("postgresql", "real", "float", REWRITE),
    ("postgresql", "float(24)", "real", IN_PLACE),
    ("postgresql", "cidr", "inet", IN_PLACE),
    ("postgresql", "inet", "cidr", REWRITE),
    ("postgresql", "varchar(5)[]", "varchar(9)[]", REWRITE),
    ("postgresql", "text", "varchar", IN_PLACE),
    ("postgresql", "text", "varchar(20)", REWRITE),
    ("postgresql", "char(2)", "varchar(2)", REWRITE),
    ("postgresql", "json", "jsonb", REWRITE),
    // Trino, Iceberg and Hive connectors, Schema evolution.
    ("trino", "integer", "bigint", IN_PLACE),
    ("trino", "real", "double", IN_PLACE),
    ("trino", "integer", "decimal(10,0)", FEATURE),
    ("trino", "bigint", "varchar", FEATURE),
    ("trino", "varchar", "bigint", REWRITE),
    ("trino", "smallint", "integer", FEATURE),
    ("trino", "integer", "real", REWRITE),
    ("trino", "bigint", "double", FEATURE),
    ("trino", "double", "varchar", REWRITE),
    ("trino", "timestamp(6)", "varchar", FEATURE),
    ("trino", "decimal", "decimal(38, 0)", IN_PLACE),
    ("trino", "timestamp", "timestamp(3)", IN_PLACE),
    // Spark 4.0: what its readers widen.
    ("spark", "int", "bigint", IN_PLACE),
    ("spark", "bigint", "int", REWRITE),
    ("spark", "date", "timestamp_ntz", IN_PLACE),
    ("spark", "date", "timestamp", REWRITE),
    ("spark", "timestamp", "timestamp_ntz", REWRITE),
    ("spark", "int", "double", IN_PLACE),
    ("spark", "bigint", "double", REWRITE),
    ("spark", "varchar(8)", "varchar(4)", REWRITE),
    // ClickHouse, Column Manipulations.
    ("clickhouse", "UInt8", "UInt16", REWRITE),
    ("clickhouse", "Int8", "Int16", REWRITE),
    ("clickhouse", "Nullable(UInt8)", "Nullable(UInt8)", IN_PLACE),
    ("clickhouse", "Nullable(UInt32)", "UInt32", REWRITE),
    ("clickhouse", "UInt32", "Nullable(UInt32)", REWRITE),
    (
        "clickhouse",
        "LowCardinality(Nullable(String))",
        "LowCardinality(Nullable(String))",
        IN_PLACE,
    ),
    (
        "clickhouse",
        "LowCardinality(String)",
        "LowCardinality(Nullable(String))",
        REWRITE,
    ),
    ("clickhouse", "LowCardinality(String)", "String", REWRITE),
    ("clickhouse", "Date", "Date32", REWRITE),
    ("clickhouse", "DateTime", "DateTime('UTC')", IN_PLACE),
    (
        "clickhouse",
        "DateTime64(3)",
        "DateTime64(6, 'UTC')",
        REWRITE,
    ),
    ("clickhouse", "FixedString(16)", "FixedString(32)", REWRITE),
    ("clickhouse", "Decimal(10, 2)", "Decimal(12, 2)", REWRITE),
    (
        "clickhouse",
        "Enum8('a' = 1)",
        "Enum8('a' = 1, 'b' = 2)",
        IN_PLACE,
    ),
    ("clickhouse", "Enum8('a' = 1)", "Enum16('a' = 1)", REWRITE),
    (
        "clickhouse",
        "Enum8('a' = 1, 'b' = 2)",
        "Enum8('a' = 2, 'b' = 1)",
        REWRITE,
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
    ("bigquery", "INTEGER", "INT64", IN_PLACE),
    ("bigquery", "BIGINT", "SMALLINT", IN_PLACE),
    ("bigquery", "INT64", "NUMERIC(9)", REWRITE),
    ("bigquery", "INT64", "BIGNUMERIC", IN_PLACE),
    ("bigquery", "NUMERIC(10, 2)", "NUMERIC", IN_PLACE),
    ("bigquery", "NUMERIC", "NUMERIC(10, 2)", REWRITE),
    ("bigquery", "BIGNUMERIC", "NUMERIC", REWRITE),
    (
        "bigquery",
        "BIGNUMERIC(40, 2)",
        "BIGNUMERIC(50, 2)",
        IN_PLACE,
    ),
    ("bigquery", "FLOAT64", "NUMERIC", REWRITE),
    ("bigquery", "DATE", "DATETIME", IN_PLACE),
    ("bigquery", "DATE", "TIMESTAMP", REWRITE),
    ("bigquery", "TIMESTAMP", "DATETIME", REWRITE),
    ("bigquery", "ARRAY<INT64>", "ARRAY<NUMERIC>", REWRITE),
    // Snowflake, ALTER TABLE … ALTER COLUMN.
    ("snowflake", "VARCHAR(50)", "VARCHAR(100)", IN_PLACE),
    ("snowflake", "VARCHAR(50)", "VARCHAR(25)", REWRITE),
    ("snowflake", "NUMBER(10,2)", "NUMBER(20,2)", IN_PLACE),
    ("snowflake", "NUMBER(20,2)", "NUMBER(10,2)", FEATURE),
    ("snowflake", "NUMBER(10,2)", "NUMBER(20,4)", REWRITE),
    ("snowflake", "INT", "BIGINT", IN_PLACE),
    ("snowflake", "INT", "NUMBER(38,0)", IN_PLACE),
    ("snowflake", "NUMBER", "NUMBER(38, 0)", IN_PLACE),
    ("snowflake", "BYTEINT", "INTEGER", IN_PLACE),
    ("snowflake", "INT", "NUMBER(10,0)", FEATURE),
    ("snowflake", "NUMBER(38,0)", "VARCHAR", REWRITE),
    ("snowflake", "FLOAT", "DOUBLE", IN_PLACE),
    ("snowflake", "NUMBER(10,2)", "FLOAT", REWRITE),
    ("snowflake", "STRING", "VARCHAR(16777216)", IN_PLACE),
    ("snowflake", "CHAR(2)", "VARCHAR(4)", IN_PLACE),
    ("snowflake", "BINARY(50)", "BINARY(100)", IN_PLACE),
    ("snowflake", "BINARY(50)", "BINARY(25)", REWRITE),
    ("snowflake", "TIMESTAMP_NTZ", "TIMESTAMP_NTZ(9)", IN_PLACE),
    ("snowflake", "TIMESTAMP_NTZ", "TIMESTAMP_TZ", REWRITE),
    ("snowflake", "TIMESTAMP_LTZ", "TIMESTAMP_TZ", REWRITE),
    ("snowflake", "TIMESTAMP_NTZ(3)", "TIMESTAMP_NTZ(6)", REWRITE),
];

#[test]
fn types_change_as_the_documents_say() {
    let wrong: Vec<String> = TYPES
        .iter()
        .filter_map(|(name, before, after, expected)| {
            let got = type_change(name, before, after);
            (got != *expected)
                .then(|| format!("{name}: {before} -> {after}: {got}, not {expected}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
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
