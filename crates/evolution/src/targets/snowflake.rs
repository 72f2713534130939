//! Snowflake: what `ALTER TABLE` supports.

use super::change::Change::{
    AddOptional, AddRequired, AddRequiredWithDefault, CharLengthens, DecimalNarrows, DecimalWidens,
    DefaultChanges, Drop, EncodingChanges, EnumGrows, EnumShrinks, FloatToDouble, IntegerToLong,
    NumberNarrows, PartitionChanges, PrimaryKeyChanges, PrimaryKeyUnfit, Relax, Rename, Require,
    SmallToInteger, TextLengthens, ValuesNarrow, ValuesWiden,
};
use super::table::Outcome::{InPlace, Rewrite, WithFeature};
use super::table::{Row, Source, Target, row};

const COLUMN_URL: &str = "https://docs.snowflake.com/en/sql-reference/sql/alter-table-column";

static DEFAULTS: Source = column("Supported actions: Default Values");
static NULLABILITY: Source = column("Supported actions: Nullability");
static TYPES: Source = column("Supported actions: Data Types");
static TABLE: Source = Source {
    document: "Snowflake documentation, ALTER TABLE",
    section: "Table column actions",
    url: "https://docs.snowflake.com/en/sql-reference/sql/alter-table",
};
static CLUSTERING: Source = Source {
    document: "Snowflake documentation, ALTER TABLE",
    section: "Clustering actions",
    url: "https://docs.snowflake.com/en/sql-reference/sql/alter-table",
};
static CONSTRAINTS: Source = Source {
    document: "Snowflake documentation, Constraints",
    section: "Overview",
    url: "https://docs.snowflake.com/en/sql-reference/constraints-overview",
};
static NUMERIC: Source = Source {
    document: "Snowflake documentation, Numeric data types",
    section: "INT, INTEGER, BIGINT, …; FLOAT, FLOAT4, FLOAT8",
    url: "https://docs.snowflake.com/en/sql-reference/data-types-numeric",
};
static TEXT: Source = Source {
    document: "Snowflake documentation, String & binary data types",
    section: "Data types for text strings",
    url: "https://docs.snowflake.com/en/sql-reference/data-types-text",
};

const fn column(section: &'static str) -> Source {
    Source {
        document: "Snowflake documentation, ALTER TABLE … ALTER COLUMN",
        section,
        url: COLUMN_URL,
    }
}

static ROWS: &[Row] = &[
    row(
        &[AddOptional, AddRequiredWithDefault, Drop, Rename],
        InPlace,
        "columns are added, dropped and renamed; a default fills the rows before",
        &TABLE,
    ),
    row(
        &[AddRequired],
        Rewrite,
        "`NOT NULL` without a default is for empty tables",
        &TABLE,
    ),
    row(
        &[Require, Relax],
        InPlace,
        "nullability can be changed; `SET NOT NULL` fails where a null is",
        &NULLABILITY,
    ),
    row(
        &[DefaultChanges],
        Rewrite,
        "a default can be dropped, but neither added nor changed, unless it is a sequence",
        &DEFAULTS,
    ),
    row(
        &[PrimaryKeyChanges, PrimaryKeyUnfit],
        InPlace,
        "keys are not enforced",
        &CONSTRAINTS,
    ),
    row(
        &[PartitionChanges],
        InPlace,
        "`CLUSTER BY` changes; rows are reclustered in the background",
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
            NumberNarrows,
            FloatToDouble,
            EncodingChanges,
        ],
        InPlace,
        "integer types are all `NUMBER(38, 0)`, floating-point types all 64 bits",
        &NUMERIC,
    ),
    row(
        &[EnumGrows, EnumShrinks, ValuesWiden, ValuesNarrow],
        InPlace,
        "stored as text; there is no enum type",
        &TEXT,
    ),
];

pub(super) static TARGET: Target = Target {
    name: "snowflake",
    title: "Snowflake",
    rows: &[ROWS],
    rest: row(
        &[],
        Rewrite,
        "not a supported action: a shorter length, another scale, another type",
        &TYPES,
    ),
};
