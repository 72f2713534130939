//! Delta Lake: Parquet files under a log; what goes beyond adding columns is a table feature.

use super::change::Change::{
    AddOptional, AddRequired, AddRequiredWithDefault, BecomesUnique, CharLengthens, DefaultChanges,
    Drop, EncodingChanges, EnumGrows, EnumShrinks, EnumToText, PartitionChanges, PrimaryKeyChanges,
    PrimaryKeyUnfit, Relax, Rename, Require, TextLengthens, TextShortens, TimestampCoarsens,
    TimestampRefines, UnknownBecomesKnown, ValuesNarrow, ValuesWiden,
};
use super::spark;
use super::spelling::Dialect;
use super::table::Outcome::{InPlace, Rewrite, WithFeature};
use super::table::{Place, Row, Source, Target, at, row};

const PROTOCOL: &str = "Delta Transaction Log Protocol";
const PROTOCOL_URL: &str = "https://github.com/delta-io/delta/blob/master/PROTOCOL.md";

static UPDATE: Source = Source::of(
    "Delta Lake documentation, Table batch reads and writes",
    "Change column type or name",
    "https://docs.delta.io/delta-batch/",
);
static CONSTRAINTS: Source = Source::of(
    "Delta Lake documentation, Constraints",
    "NOT NULL constraint; CHECK constraint",
    "https://docs.delta.io/delta-constraints/",
);
static WIDENING: Source = Source::of(
    "Delta Lake documentation, Delta type widening",
    "Supported type changes",
    "https://docs.delta.io/delta-type-widening/",
);
static MAPPING: Source = Source::of(
    "Delta Lake documentation, Delta column mapping",
    "Rename a column; Drop columns",
    "https://docs.delta.io/delta-column-mapping/",
);
static ADDING: Source = Source::of(
    "Delta Lake documentation, Table batch reads and writes",
    "Explicitly update schema, Add columns; Automatic schema update",
    "https://docs.delta.io/delta-batch/",
);
static NULLS: Source = Source::of(
    "Delta Lake documentation, Table batch reads and writes",
    "`NullType` columns",
    "https://docs.delta.io/delta-batch/",
);
static REPLACING: Source = Source::of(
    "Delta Lake documentation, Table batch reads and writes",
    "Replace table schema",
    "https://docs.delta.io/delta-batch/",
);
static DEFAULTING: Source = Source::of(
    "Delta Lake documentation, Delta default column values",
    "How to use default columns in SQL commands",
    "https://docs.delta.io/delta-default-columns/",
);
static TYPES: Source = protocol("Primitive Types");
static METADATA: Source = protocol("Change Metadata");

const fn protocol(section: &'static str) -> Source {
    Source::of(PROTOCOL, section, PROTOCOL_URL)
}

const MAPPED: &str = "column mapping (`delta.columnMapping.mode` = `name`)";
const TYPE_WIDENING: &str = "type widening (`delta.enableTypeWidening` = `true`)";

static ROWS: &[Row] = &[
    row(
        &[AddOptional],
        InPlace,
        "columns are added to the schema; rows that are there read as null",
        &ADDING,
    ),
    row(
        &[AddRequired],
        Rewrite,
        "the rows before it would be null",
        &CONSTRAINTS,
    ),
    row(
        &[AddRequiredWithDefault],
        Rewrite,
        "a column that is added may have no default; one that is set later is for writes alone",
        &DEFAULTING,
    ),
    row(
        &[Drop, Rename],
        WithFeature(MAPPED),
        "without it files are read by column name",
        &MAPPING,
    ),
    row(
        &[Relax],
        InPlace,
        "`DROP NOT NULL` changes the schema alone",
        &CONSTRAINTS,
    ),
    row(
        &[Require],
        WithFeature("a `CHECK (… IS NOT NULL)` constraint, once no null is stored"),
        "a constraint is added after it is verified against the rows",
        &CONSTRAINTS,
    ),
    row(
        &[DefaultChanges],
        WithFeature("the table feature `allowColumnDefaults`"),
        "the default of a column that is there may be set and changed",
        &DEFAULTING,
    ),
    row(
        &[PrimaryKeyChanges, PrimaryKeyUnfit, BecomesUnique],
        InPlace,
        "the log holds no keys",
        &METADATA,
    ),
    row(
        &[PartitionChanges],
        Rewrite,
        "the partitioning is replaced with the data, by `overwriteSchema`",
        &REPLACING,
    ),
    row(
        spark::WIDENED,
        WithFeature(TYPE_WIDENING),
        "a supported wider type",
        &WIDENING,
    ),
    row(
        &[
            TextLengthens,
            TextShortens,
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
        "both are stored as the same type: `string`, or microseconds",
        &TYPES,
    ),
    row(
        &[UnknownBecomesKnown],
        InPlace,
        "a column of nulls alone takes the type of what is first written to it",
        &NULLS,
    ),
    at(
        Place::Repeated,
        &[AddOptional],
        WithFeature("schema evolution on write (`mergeSchema`)"),
        "DDL adds nested columns to structs alone, not within arrays and maps",
        &ADDING,
    ),
    at(
        Place::Repeated,
        &[Require],
        Rewrite,
        "what is within an array or map accepts no `NOT NULL`",
        &CONSTRAINTS,
    ),
    at(
        Place::Partition,
        &[Drop],
        Rewrite,
        "files are laid out by it: the partitioning is replaced with the data",
        &REPLACING,
    ),
];

pub(super) static TARGET: Target = Target {
    name: "delta",
    title: "Delta Lake",
    dialect: Dialect::Spark,
    rows: &[ROWS],
    rest: row(
        &[],
        Rewrite,
        "not among the supported wider types: the table is read and overwritten",
        &UPDATE,
    ),
};
