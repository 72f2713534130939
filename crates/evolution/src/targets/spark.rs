//! Apache Spark 4: what its SQL can alter, and what its readers widen. What the table format
//! beneath can do is that format's own target.

use super::change::Change::{
    self, AddOptional, AddRequired, AddRequiredWithDefault, BecomesUnique, CharLengthens,
    DateToTimestamp, DecimalRescales, DecimalWidens, DefaultChanges, Drop, EncodingChanges,
    EnumGrows, EnumShrinks, EnumToText, FloatToDouble, IntegerToDecimal, IntegerToDouble,
    IntegerToLong, PartitionChanges, PrimaryKeyChanges, PrimaryKeyUnfit, Relax, Rename, Require,
    SmallToInteger, TextLengthens, TextShortens, TimestampCoarsens, TimestampRefines,
    UnknownBecomesKnown, ValuesNarrow, ValuesWiden,
};
use super::spelling::Dialect;
use super::table::Outcome::{InPlace, Rewrite, WithFeature};
use super::table::{Place, Row, Source, Target, at, row};

static ADD: Source = alter("ADD COLUMNS");
static DROP: Source = alter("DROP COLUMNS; RENAME COLUMN");
static CATALOG: Source = Source::of(
    "Spark source, statements on tables of the session catalog",
    "ResolveSessionCatalog; CheckAnalysis",
    "https://github.com/apache/spark/blob/master/sql/core/src/main/scala/org/apache/spark/sql/catalyst/analysis/ResolveSessionCatalog.scala",
);
static DEFAULTS: Source = Source::of(
    "Spark source, SQLConf",
    "spark.sql.defaultColumn.enabled",
    "https://github.com/apache/spark/blob/master/sql/catalyst/src/main/scala/org/apache/spark/sql/internal/SQLConf.scala",
);
static CREATE: Source = Source::of(
    "Spark SQL reference, CREATE DATASOURCE TABLE",
    "Syntax",
    "https://spark.apache.org/docs/latest/sql-ref-syntax-ddl-create-table-datasource.html",
);
static WIDENING: Source = Source::of(
    "Spark pull requests 44368, 44513 and 44803 (SPARK-40876)",
    "Widening type promotions in Parquet readers",
    "https://github.com/apache/spark/pull/44368",
);
static TYPES: Source = Source::of(
    "Spark SQL reference, Data Types",
    "Supported Data Types",
    "https://spark.apache.org/docs/latest/sql-ref-datatypes.html",
);
static PARTITIONS: Source = Source::of(
    "Iceberg documentation, Spark DDL",
    "ALTER TABLE SQL extensions",
    "https://iceberg.apache.org/docs/latest/spark-ddl/#alter-table-sql-extensions",
);

/// What the readers of Spark 4 widen in Parquet files: for tables of its own, for Delta, for bare files.
pub(super) const WIDENED: &[Change] = &[
    SmallToInteger,
    IntegerToLong,
    IntegerToDecimal,
    IntegerToDouble,
    FloatToDouble,
    DecimalWidens,
    DecimalRescales,
    DateToTimestamp,
];

const V2: &str = "a table of a v2 catalog (Iceberg, Delta)";

const fn alter(section: &'static str) -> Source {
    Source::of(
        "Spark SQL reference, ALTER TABLE",
        section,
        "https://spark.apache.org/docs/latest/sql-ref-syntax-ddl-alter-table.html",
    )
}

static ROWS: &[Row] = &[
    row(
        &[AddOptional],
        InPlace,
        "`ADD COLUMNS`; older rows read as null",
        &ADD,
    ),
    row(
        &[AddRequired, AddRequiredWithDefault],
        Rewrite,
        "a column that is added can't be `NOT NULL`",
        &CATALOG,
    ),
    row(
        &[Drop, Rename],
        WithFeature(V2),
        "`DROP COLUMNS` and `RENAME COLUMN` are for v2 tables",
        &DROP,
    ),
    row(
        &[Relax],
        WithFeature(V2),
        "`ALTER COLUMN … DROP NOT NULL` is for v2 tables",
        &CATALOG,
    ),
    row(
        &[Require],
        Rewrite,
        "a nullable column can't become non-nullable",
        &CATALOG,
    ),
    row(
        &[DefaultChanges],
        InPlace,
        "`SET DEFAULT` is for rows that are inserted later",
        &DEFAULTS,
    ),
    row(
        &[PrimaryKeyChanges, PrimaryKeyUnfit, BecomesUnique],
        InPlace,
        "a table has no keys",
        &CREATE,
    ),
    row(
        &[PartitionChanges],
        WithFeature("an Iceberg table with its SQL extensions: `REPLACE PARTITION FIELD`"),
        "other tables are laid out by their partition columns",
        &PARTITIONS,
    ),
    row(
        WIDENED,
        InPlace,
        "the readers of Spark 4 widen what older files hold",
        &WIDENING,
    ),
    row(
        &[
            TextLengthens,
            CharLengthens,
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
        "both are the same type: `string`, or microseconds",
        &TYPES,
    ),
    row(
        &[TextShortens],
        Rewrite,
        "rows may be longer than the new `varchar`, and a write of them fails",
        &TYPES,
    ),
    row(
        &[UnknownBecomesKnown],
        InPlace,
        "`void` holds nulls alone",
        &TYPES,
    ),
    at(
        Place::Nested,
        &[AddOptional],
        WithFeature(V2),
        "`ADD COLUMNS` adds top-level columns alone to other tables",
        &CATALOG,
    ),
];

pub(super) static TARGET: Target = Target {
    name: "spark",
    title: "Apache Spark",
    dialect: Dialect::Spark,
    rows: &[ROWS],
    rest: row(
        &[],
        Rewrite,
        "not among the promotions of the readers",
        &WIDENING,
    ),
};
