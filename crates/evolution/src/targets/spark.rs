//! Apache Spark 4: what its SQL can alter, and what its readers widen. What the table format
//! beneath can do is that format's own target.

use super::change::Change::{
    AddOptional, AddRequired, AddRequiredWithDefault, CharLengthens, DateToTimestamp,
    DecimalRescales, DecimalWidens, DefaultChanges, Drop, EncodingChanges, EnumGrows, EnumShrinks,
    FloatToDouble, IntegerToDecimal, IntegerToDouble, IntegerToLong, PartitionChanges,
    PrimaryKeyChanges, PrimaryKeyUnfit, Relax, Rename, Require, SmallToInteger, TextLengthens,
    TextShortens, TimestampCoarsens, TimestampRefines, UnknownBecomesKnown, ValuesNarrow,
    ValuesWiden,
};
use super::table::Outcome::{InPlace, Rewrite, WithFeature};
use super::table::{Row, Source, Target, row};

static ADD: Source = alter("ADD COLUMNS");
static DROP: Source = alter("DROP COLUMNS; RENAME COLUMN");
static ALTER: Source = alter("ALTER OR CHANGE COLUMN");
static WIDENING: Source = Source {
    document: "Spark 4.0.0 release notes",
    section: "Parquet: widening type promotions in readers (SPARK-40876)",
    url: "https://spark.apache.org/releases/spark-release-4-0-0.html",
};
static TYPES: Source = Source {
    document: "Spark SQL reference, Data Types",
    section: "Supported Data Types",
    url: "https://spark.apache.org/docs/latest/sql-ref-datatypes.html",
};
static PARTITIONS: Source = Source {
    document: "Iceberg documentation, Spark DDL",
    section: "ALTER TABLE SQL extensions",
    url: "https://iceberg.apache.org/docs/latest/spark-ddl/#alter-table-sql-extensions",
};

const V2: &str = "a table of a v2 catalog (Iceberg, Delta)";

const fn alter(section: &'static str) -> Source {
    Source {
        document: "Spark SQL reference, ALTER TABLE",
        section,
        url: "https://spark.apache.org/docs/latest/sql-ref-syntax-ddl-alter-table.html",
    }
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
        "a column that is added is nullable",
        &ADD,
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
        "`ALTER COLUMN … DROP NOT NULL`",
        &ALTER,
    ),
    row(
        &[Require],
        Rewrite,
        "a nullable column can't become non-nullable",
        &ALTER,
    ),
    row(
        &[DefaultChanges],
        InPlace,
        "`SET DEFAULT` holds for rows written later",
        &ALTER,
    ),
    row(
        &[PrimaryKeyChanges, PrimaryKeyUnfit],
        InPlace,
        "keys are not enforced",
        &ALTER,
    ),
    row(
        &[PartitionChanges],
        WithFeature("an Iceberg table with its SQL extensions: `REPLACE PARTITION FIELD`"),
        "other tables are laid out by their partition columns",
        &PARTITIONS,
    ),
    row(
        &[
            SmallToInteger,
            IntegerToLong,
            IntegerToDecimal,
            IntegerToDouble,
            FloatToDouble,
            DecimalWidens,
            DecimalRescales,
            DateToTimestamp,
        ],
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
];

pub(super) static TARGET: Target = Target {
    name: "spark",
    title: "Apache Spark",
    rows: &[ROWS],
    rest: row(
        &[],
        Rewrite,
        "not among the promotions of the readers",
        &WIDENING,
    ),
};
