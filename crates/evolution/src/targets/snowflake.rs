//! Snowflake: what `ALTER TABLE` supports.

use super::change::Change::{
    AddOptional, AddRequired, AddRequiredWithDefault, BecomesUnique, CharLengthens, DecimalNarrows,
    DecimalWidens, DefaultChanges, DoubleToFloat, Drop, EncodingChanges, EnumGrows, EnumShrinks,
    EnumToText, FloatToDouble, IntegerToDecimal, IntegerToLong, NumberNarrows, PartitionChanges,
    PrimaryKeyChanges, PrimaryKeyUnfit, Relax, Rename, Require, SignChanges, SmallToInteger,
    TextLengthens, ValuesNarrow, ValuesWiden,
};
use super::spelling::Dialect;
use super::table::Outcome::{InPlace, Rewrite, WithFeature};
use super::table::{Place, Row, Source, Target, at, row};

const COLUMN_URL: &str = "https://docs.snowflake.com/en/sql-reference/sql/alter-table-column";

static DEFAULTS: Source = column("Supported actions: Default Values");
static NULLABILITY: Source = column("Supported actions: Nullability");
static TYPES: Source = column("Supported actions: Data Types");
static TABLE: Source = Source::of(
    "Snowflake documentation, ALTER TABLE",
    "Table column actions",
    "https://docs.snowflake.com/en/sql-reference/sql/alter-table",
);
static NOT_NULL: Source = Source::of(
    "Trino source, tests of the Snowflake connector",
    "Non-nullable column … cannot be added to non-empty table",
    "https://github.com/trinodb/trino/tree/master/plugin/trino-snowflake/src/test",
);
static CLUSTERING: Source = Source::of(
    "Snowflake documentation, Clustering Keys & Clustered Tables",
    "What is a clustering key?",
    "https://docs.snowflake.com/en/user-guide/tables-clustering-keys",
);
static CONSTRAINTS: Source = Source::of(
    "Snowflake documentation",
    "Constraints",
    "https://docs.snowflake.com/en/sql-reference/constraints",
);
static UNSUPPORTED: Source = Source::of(
    "Snowflake documentation",
    "Unsupported data types",
    "https://docs.snowflake.com/en/sql-reference/data-types-unsupported",
);
static TYPE_NAMES: Source = Source::of(
    "Snowflake documentation",
    "Summary of data types",
    "https://docs.snowflake.com/en/sql-reference/intro-summary-data-types",
);

const fn column(section: &'static str) -> Source {
    Source::of(
        "Snowflake documentation, ALTER TABLE … ALTER COLUMN",
        section,
        COLUMN_URL,
    )
}

static ROWS: &[Row] = &[
    row(
        &[AddOptional, AddRequiredWithDefault, Drop, Rename],
        InPlace,
        "columns are added, dropped and renamed; a literal default fills the rows before",
        &TABLE,
    ),
    row(
        &[AddRequired],
        Rewrite,
        "`NOT NULL` without a default is for empty tables",
        &NOT_NULL,
    ),
    row(&[Relax], InPlace, "`DROP NOT NULL`", &NULLABILITY),
    row(
        &[Require],
        WithFeature("no null in the rows that are there"),
        "`SET NOT NULL` is supported",
        &NULLABILITY,
    ),
    row(
        &[DefaultChanges],
        Rewrite,
        "a default can be dropped, but neither added nor changed, unless it is a sequence",
        &DEFAULTS,
    ),
    row(
        &[PrimaryKeyChanges, PrimaryKeyUnfit, BecomesUnique],
        InPlace,
        "the keys of standard tables are not enforced",
        &CONSTRAINTS,
    ),
    row(
        &[PartitionChanges],
        InPlace,
        "a clustering key may be changed at any time",
        &CLUSTERING,
    ),
    row(
        &[TextLengthens, CharLengthens],
        InPlace,
        "the length can grow",
        &TYPES,
    ),
    row(&[DecimalWidens], InPlace, "the precision can grow", &TYPES),
    row(
        &[DecimalNarrows],
        WithFeature("a precision that holds every stored value"),
        "the precision can fall where the values fit",
        &TYPES,
    ),
    row(
        &[
            SmallToInteger,
            IntegerToLong,
            IntegerToDecimal,
            NumberNarrows,
            SignChanges,
            FloatToDouble,
            DoubleToFloat,
            EncodingChanges,
        ],
        InPlace,
        "integer types are all `NUMBER(38, 0)`, floating-point types all 64 bits",
        &TYPE_NAMES,
    ),
    row(
        &[
            EnumGrows,
            EnumShrinks,
            EnumToText,
            ValuesWiden,
            ValuesNarrow,
        ],
        InPlace,
        "stored as text; there is no enum type",
        &UNSUPPORTED,
    ),
    at(
        Place::Partition,
        &[Rename],
        WithFeature("dropping the clustering key first"),
        "a column of a clustering key can't be renamed",
        &TABLE,
    ),
];

pub(super) static TARGET: Target = Target {
    name: "snowflake",
    title: "Snowflake",
    dialect: Dialect::Snowflake,
    rows: &[ROWS],
    rest: row(
        &[],
        Rewrite,
        "not a supported action: a shorter length, another scale, another type",
        &TYPES,
    ),
};
