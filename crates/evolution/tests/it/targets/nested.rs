//! Changes within types that are made of others, as engines spell them.

use super::tables::{FEATURE, IN_PLACE, REWRITE, type_change};

const TYPES: &[(&str, &str, &str, &str)] = &[
    (
        "iceberg-v2",
        "map<string,int>",
        "map<string,long>",
        IN_PLACE,
    ),
    (
        "iceberg-v2",
        "map<string,int>",
        "map<string,string>",
        REWRITE,
    ),
    ("iceberg-v2", "struct<a:int>", "struct<a:long>", IN_PLACE),
    (
        "iceberg-v2",
        "struct<a:int>",
        "struct<a:int,b:string>",
        IN_PLACE,
    ),
    (
        "iceberg-v2",
        "struct<a:int>",
        "struct<a:int,b:string NOT NULL>",
        REWRITE,
    ),
    (
        "iceberg-v2",
        "struct<a:int,b:string>",
        "struct<a:int>",
        IN_PLACE,
    ),
    (
        "iceberg-v2",
        "struct<a:struct<b:int>>",
        "struct<a:struct<b:long>>",
        IN_PLACE,
    ),
    (
        "iceberg-v2",
        "map<struct<a:int>,int>",
        "map<struct<a:int,b:int>,int>",
        REWRITE,
    ),
    (
        "iceberg-v2",
        "list<struct<d:date>>",
        "list<struct<d:timestamp>>",
        REWRITE,
    ),
    (
        "iceberg-v3",
        "list<struct<d:date>>",
        "list<struct<d:timestamp>>",
        IN_PLACE,
    ),
    ("delta", "struct<a:int>", "struct<a:bigint>", FEATURE),
    ("delta", "struct<a:int>", "struct<a:int,b:int>", IN_PLACE),
    (
        "delta",
        "array<struct<a:int>>",
        "array<struct<a:int,b:int>>",
        FEATURE,
    ),
    (
        "delta",
        "map<string,date>",
        "map<string,timestamp>",
        REWRITE,
    ),
    (
        "trino",
        "row(a integer, b varchar)",
        "row(a bigint, b varchar)",
        IN_PLACE,
    ),
    (
        "trino",
        "row(a integer)",
        "row(a integer, b varchar)",
        IN_PLACE,
    ),
    (
        "bigquery",
        "STRUCT<a INT64>",
        "STRUCT<a INT64, b STRING>",
        IN_PLACE,
    ),
    (
        "bigquery",
        "STRUCT<a INT64, b STRING>",
        "STRUCT<a INT64>",
        REWRITE,
    ),
    (
        "bigquery",
        "ARRAY<STRUCT<a INT64>>",
        "ARRAY<STRUCT<a INT64, b STRING>>",
        IN_PLACE,
    ),
    (
        "bigquery",
        "ARRAY<STRUCT<a INT64>>",
        "ARRAY<STRUCT<a NUMERIC>>",
        REWRITE,
    ),
    ("clickhouse", "Tuple(a Int32)", "Tuple(a Int64)", REWRITE),
    (
        "clickhouse",
        "Tuple(a Int32)",
        "Tuple(a Int32, b String)",
        REWRITE,
    ),
    (
        "clickhouse",
        "Map(String, UInt8)",
        "Map(String, UInt16)",
        REWRITE,
    ),
    (
        "clickhouse",
        "Array(Nullable(UInt8))",
        "Array(UInt8)",
        REWRITE,
    ),
    ("clickhouse", "Nullable(String)", "String", REWRITE),
    ("postgresql", "int[]", "bigint[]", REWRITE),
    ("postgresql", "numeric[]", "numeric ARRAY", IN_PLACE),
    ("snowflake", "NUMBER", "NUMBER(38,0)", IN_PLACE),
    ("snowflake", "ARRAY(INT)", "ARRAY(BIGINT)", IN_PLACE),
    (
        "snowflake",
        "OBJECT(a NUMBER(9,0))",
        "OBJECT(a NUMBER(12,0))",
        REWRITE,
    ),
    (
        "snowflake",
        "OBJECT(a INT)",
        "OBJECT(a INT, b VARCHAR)",
        REWRITE,
    ),
    (
        "protobuf",
        "map<string, int32>",
        "map<string, int64>",
        IN_PLACE,
    ),
    (
        "protobuf",
        "map<string, bytes>",
        "map<string, string>",
        FEATURE,
    ),
];

#[test]
fn parts_are_judged_where_they_stand() {
    for (name, before, after, expected) in TYPES {
        let got = type_change(name, before, after);
        assert_eq!(got, *expected, "{name}: {before} -> {after}");
    }
}
