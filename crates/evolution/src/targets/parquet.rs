//! Apache Parquet files without a table format above them: each file carries its own schema and
//! is never changed; readers unite files by column name.

use super::change::Change::{
    AddOptional, AddRequired, AddRequiredWithDefault, CharLengthens, DefaultChanges, Drop,
    EncodingChanges, EnumGrows, EnumShrinks, PartitionChanges, PrimaryKeyChanges, PrimaryKeyUnfit,
    Relax, Rename, Require, TextLengthens, TextShortens, ValuesNarrow, ValuesWiden,
};
use super::table::Outcome::{InPlace, Rewrite};
use super::table::{Row, Source, Target, row};

static MERGING: Source = Source {
    document: "Spark SQL guide, Parquet Files",
    section: "Schema Merging",
    url: "https://spark.apache.org/docs/latest/sql-data-sources-parquet.html",
};
static DISCOVERY: Source = Source {
    document: "Spark SQL guide, Parquet Files",
    section: "Partition Discovery",
    url: "https://spark.apache.org/docs/latest/sql-data-sources-parquet.html",
};
static LOGICAL: Source = Source {
    document: "Parquet Logical Type Definitions",
    section: "String Types; Numeric Types; Temporal Types",
    url: "https://github.com/apache/parquet-format/blob/master/LogicalTypes.md",
};
static METADATA: Source = Source {
    document: "Parquet File Format",
    section: "Metadata",
    url: "https://parquet.apache.org/docs/file-format/metadata/",
};

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
        &METADATA,
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
            ValuesWiden,
            ValuesNarrow,
            EncodingChanges,
        ],
        InPlace,
        "both are stored as the same type",
        &LOGICAL,
    ),
    row(
        &[DefaultChanges, PrimaryKeyChanges, PrimaryKeyUnfit],
        InPlace,
        "a file holds neither defaults nor keys",
        &METADATA,
    ),
];

pub(super) static TARGET: Target = Target {
    name: "parquet",
    title: "Apache Parquet",
    rows: &[ROWS],
    rest: row(
        &[],
        Rewrite,
        "older files keep their type; the format defines no promotion, and schemas that differ in a type are not merged",
        &MERGING,
    ),
};
