//! `BigQuery`: what the schema of a table can become without a new table.

use super::change::Change::{
    AddOptional, AddRequired, AddRequiredWithDefault, CharLengthens, DecimalRescales,
    DecimalToDouble, DecimalUnbounds, DecimalWidens, DefaultChanges, Drop, EncodingChanges,
    EnumGrows, EnumShrinks, FloatToDouble, IntegerToDecimal, IntegerToDouble, IntegerToFloat,
    IntegerToLong, PartitionChanges, PrimaryKeyChanges, PrimaryKeyUnfit, Relax, Rename, Require,
    SmallToInteger, TextLengthens, TimestampCoarsens, TimestampRefines, ValuesNarrow, ValuesWiden,
};
use super::table::Outcome::{InPlace, Rewrite};
use super::table::{Place, Row, Source, Target, at, row};

const SCHEMAS_URL: &str = "https://cloud.google.com/bigquery/docs/managing-table-schemas";
const DDL_URL: &str =
    "https://cloud.google.com/bigquery/docs/reference/standard-sql/data-definition-language";

static ADD: Source = schemas("Add a column");
static TYPE: Source = schemas("Change a column's data type");
static MODE: Source = schemas("Change a column's mode");
static DEFAULT: Source = schemas("Change a column's default value");
static DROP: Source = ddl("ALTER TABLE DROP COLUMN statement");
static RENAME: Source = ddl("ALTER TABLE RENAME COLUMN statement");
static KEY: Source = ddl("ALTER TABLE ADD PRIMARY KEY statement");
static PARTITIONS: Source = Source {
    document: "BigQuery documentation, Introduction to partitioned tables",
    section: "Limitations",
    url: "https://cloud.google.com/bigquery/docs/partitioned-tables",
};
static TYPES: Source = Source {
    document: "BigQuery documentation, Data types",
    section: "Integer type; Floating point type; Timestamp type",
    url: "https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types",
};

const fn schemas(section: &'static str) -> Source {
    Source {
        document: "BigQuery documentation, Modifying table schemas",
        section,
        url: SCHEMAS_URL,
    }
}

const fn ddl(section: &'static str) -> Source {
    Source {
        document: "BigQuery documentation, Data definition language",
        section,
        url: DDL_URL,
    }
}

static ROWS: &[Row] = &[
    row(
        &[AddOptional],
        InPlace,
        "columns are added as `NULLABLE` or `REPEATED`",
        &ADD,
    ),
    row(
        &[AddRequired, AddRequiredWithDefault],
        Rewrite,
        "a `REQUIRED` column can't be added to an existing schema",
        &ADD,
    ),
    row(&[Drop], InPlace, "`DROP COLUMN`", &DROP),
    row(&[Rename], InPlace, "`RENAME COLUMN`", &RENAME),
    row(&[Relax], InPlace, "`REQUIRED` relaxes to `NULLABLE`", &MODE),
    row(
        &[Require],
        Rewrite,
        "`NULLABLE` can't become `REQUIRED`",
        &MODE,
    ),
    row(
        &[DefaultChanges],
        InPlace,
        "holds for rows inserted later",
        &DEFAULT,
    ),
    row(
        &[PrimaryKeyChanges, PrimaryKeyUnfit],
        InPlace,
        "keys are `NOT ENFORCED`",
        &KEY,
    ),
    row(
        &[PartitionChanges],
        Rewrite,
        "a table is partitioned when it is created, by one column",
        &PARTITIONS,
    ),
    row(
        &[
            IntegerToDecimal,
            IntegerToDouble,
            IntegerToFloat,
            DecimalWidens,
            DecimalRescales,
            DecimalUnbounds,
            DecimalToDouble,
            TextLengthens,
            CharLengthens,
        ],
        InPlace,
        "`SET DATA TYPE` to a less restrictive type: `INT64`, `NUMERIC`, `BIGNUMERIC`, `FLOAT64`; longer or unlimited parameters",
        &TYPE,
    ),
    row(
        &[
            SmallToInteger,
            IntegerToLong,
            FloatToDouble,
            TimestampRefines,
            TimestampCoarsens,
            EnumGrows,
            EnumShrinks,
            ValuesWiden,
            ValuesNarrow,
            EncodingChanges,
        ],
        InPlace,
        "both are stored as the same type: `INT64`, `FLOAT64`, `STRING`, or microseconds",
        &TYPES,
    ),
    at(
        Place::Nested,
        &[Drop],
        Rewrite,
        "a field of a `STRUCT` can't be dropped",
        &DROP,
    ),
    at(
        Place::Nested,
        &[Rename],
        Rewrite,
        "a field of a `STRUCT` can't be renamed",
        &RENAME,
    ),
    at(
        Place::Partition,
        &[Drop],
        Rewrite,
        "a partitioning column can't be dropped",
        &DROP,
    ),
    at(
        Place::Partition,
        &[Rename],
        Rewrite,
        "a partitioning column can't be renamed",
        &RENAME,
    ),
];

pub(super) static TARGET: Target = Target {
    name: "bigquery",
    title: "BigQuery",
    rows: &[ROWS],
    rest: row(
        &[],
        Rewrite,
        "not a less restrictive type: the table is written anew by a query with `CAST`",
        &TYPE,
    ),
};
