//! Apache Parquet files without a table format above them: each file carries its own schema and
//! is never changed; readers unite files by column name.

use super::change::Change::{
    AddOptional, AddRequired, AddRequiredWithDefault, BecomesUnique, CharLengthens, DefaultChanges,
    Drop, EncodingChanges, EnumGrows, EnumShrinks, EnumToText, PartitionChanges, PrimaryKeyChanges,
    PrimaryKeyUnfit, Relax, Rename, Require, TextLengthens, TextShortens, ValuesNarrow,
    ValuesWiden,
};
use super::spark;
use super::spelling::Dialect;
use super::table::Outcome::{InPlace, Rewrite, WithFeature};
use super::table::{Row, Source, Target, row};

static MERGING: Source = Source::of(
    "Spark SQL guide, Parquet Files",
    "Schema Merging",
    "https://spark.apache.org/docs/latest/sql-data-sources-parquet.html",
);
static DISCOVERY: Source = Source::of(
    "Spark SQL guide, Parquet Files",
    "Partition Discovery",
    "https://spark.apache.org/docs/latest/sql-data-sources-parquet.html",
);
static LOGICAL: Source = Source::of(
    "Parquet Logical Type Definitions",
    "String Types (STRING, ENUM); Numeric Types",
    "https://github.com/apache/parquet-format/blob/master/LogicalTypes.md",
);
static WIDENING: Source = Source::of(
    "Spark pull requests 44368, 44513 and 44803 (SPARK-40876)",
    "Widening type promotions in Parquet readers",
    "https://github.com/apache/spark/pull/44368",
);
static SCHEMA: Source = Source::of(
    "Parquet Thrift definition",
    "SchemaElement; ColumnMetaData",
    "https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift",
);

static ROWS: &[Row] = &[
    row(
        &[AddOptional, Drop, Relax],
        InPlace,
        "files with more and with fewer columns are read together; what is missing is null",
        &MERGING,
    ),
    row(
        &[AddRequired, AddRequiredWithDefault, Require],
        Rewrite,
        "older files lack the values, and the format has no defaults",
        &SCHEMA,
    ),
    row(
        &[Rename],
        Rewrite,
        "older files know the old name",
        &MERGING,
    ),
    row(
        &[PartitionChanges],
        Rewrite,
        "the folders are the partitions",
        &DISCOVERY,
    ),
    row(
        &[
            TextLengthens,
            TextShortens,
            CharLengthens,
            EnumGrows,
            EnumShrinks,
            EnumToText,
            ValuesWiden,
            ValuesNarrow,
            EncodingChanges,
        ],
        InPlace,
        "both are stored as the same type",
        &LOGICAL,
    ),
    row(
        spark::WIDENED,
        WithFeature("readers that widen, as those of Spark 4 do"),
        "older files keep their type, and the format leaves promotion to its readers",
        &WIDENING,
    ),
    row(
        &[
            DefaultChanges,
            PrimaryKeyChanges,
            PrimaryKeyUnfit,
            BecomesUnique,
        ],
        InPlace,
        "a file holds neither defaults nor keys",
        &SCHEMA,
    ),
];

pub(super) static TARGET: Target = Target {
    name: "parquet",
    title: "Apache Parquet",
    dialect: Dialect::Common,
    rows: &[ROWS],
    rest: row(
        &[],
        Rewrite,
        "older files keep their type, and readers unite compatible schemas alone",
        &MERGING,
    ),
};
