//! `BigQuery`: what the schema of a table can become without a new table.

use super::change::Change::{
    AddOptional, AddRequired, AddRequiredWithDefault, BecomesUnique, CharLengthens,
    DateToTimestamp, DecimalRescales, DecimalToDouble, DecimalUnbounds, DecimalWidens,
    DefaultChanges, DoubleToFloat, Drop, EncodingChanges, EnumGrows, EnumShrinks, EnumToText,
    FloatToDouble, IntegerToDecimal, IntegerToDouble, IntegerToFloat, IntegerToLong, LongToDouble,
    NumberNarrows, PartitionChanges, PrimaryKeyChanges, PrimaryKeyUnfit, Relax, Rename, Require,
    SmallToInteger, TextLengthens, TimestampCoarsens, TimestampRefines, ValuesNarrow, ValuesWiden,
};
use super::spelling::Dialect;
use super::table::Outcome::{InPlace, Rewrite, WithFeature};
use super::table::{Place, Row, Source, Target, at, row};

const SCHEMAS_URL: &str = "https://cloud.google.com/bigquery/docs/managing-table-schemas";
const DDL_URL: &str =
    "https://cloud.google.com/bigquery/docs/reference/standard-sql/data-definition-language";

static ADD: Source = schemas("Add a column");
static TYPE: Source = ddl("ALTER COLUMN SET DATA TYPE statement");
static MODE: Source = schemas("Change a column's mode");
static DEFAULT: Source = Source::of(
    "BigQuery documentation, Specify default column values",
    "Change default values",
    "https://cloud.google.com/bigquery/docs/default-values",
);
static DROP: Source = ddl("ALTER TABLE DROP COLUMN statement");
static RENAME: Source = ddl("ALTER TABLE RENAME COLUMN statement");
static KEY: Source = Source::of(
    "BigQuery documentation, Use primary and foreign keys",
    "Introduction; Manage constraints",
    "https://cloud.google.com/bigquery/docs/primary-foreign-keys",
);
static PARTITIONS: Source = Source::of(
    "BigQuery documentation, Introduction to partitioned tables",
    "Limitations",
    "https://cloud.google.com/bigquery/docs/partitioned-tables",
);
static COERCION: Source = Source::of(
    "BigQuery documentation, Conversion rules",
    "Comparison of casting and coercion",
    "https://cloud.google.com/bigquery/docs/reference/standard-sql/conversion_rules",
);
static TYPES: Source = Source::of(
    "BigQuery documentation, Data types",
    "Data type list",
    "https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types",
);

const fn schemas(section: &'static str) -> Source {
    Source::of(
        "BigQuery documentation, Modifying table schemas",
        section,
        SCHEMAS_URL,
    )
}

const fn ddl(section: &'static str) -> Source {
    Source::of(
        "BigQuery documentation, Data definition language",
        section,
        DDL_URL,
    )
}

const WITHOUT_KEY: &str = "dropping the primary key first";

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
        "holds for rows inserted later; those that are there stay",
        &DEFAULT,
    ),
    row(
        &[PrimaryKeyChanges, PrimaryKeyUnfit, BecomesUnique],
        InPlace,
        "keys are not enforced",
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
            LongToDouble,
            IntegerToFloat,
            DateToTimestamp,
            DecimalWidens,
            DecimalRescales,
            DecimalUnbounds,
            DecimalToDouble,
            TextLengthens,
            CharLengthens,
        ],
        InPlace,
        "`SET DATA TYPE` to a type that the old one is coerced to: `INT64`, `NUMERIC`, `BIGNUMERIC`, `FLOAT64`, `DATE` to `DATETIME`; longer or unlimited parameters",
        &COERCION,
    ),
    row(
        &[
            SmallToInteger,
            IntegerToLong,
            NumberNarrows,
            FloatToDouble,
            DoubleToFloat,
            TimestampRefines,
            TimestampCoarsens,
            EnumGrows,
            EnumShrinks,
            EnumToText,
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
        Place::PrimaryKey,
        &[Drop],
        WithFeature(WITHOUT_KEY),
        "a field of a key constraint can't be dropped",
        &DROP,
    ),
    at(
        Place::PrimaryKey,
        &[Rename],
        WithFeature(WITHOUT_KEY),
        "a field of a key constraint can't be renamed",
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
    dialect: Dialect::BigQuery,
    rows: &[ROWS],
    rest: row(
        &[],
        Rewrite,
        "not a less restrictive type: the table is written anew by a query with `CAST`",
        &TYPE,
    ),
};
