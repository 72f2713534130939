//! Delta Lake: Parquet files under a log; what goes beyond adding columns is a table feature.

use super::change::Change::{
    AddOptional, AddRequired, AddRequiredWithDefault, CharLengthens, DateToTimestamp,
    DecimalRescales, DecimalWidens, DefaultChanges, Drop, EncodingChanges, EnumGrows, EnumShrinks,
    FloatToDouble, IntegerToDecimal, IntegerToDouble, IntegerToLong, PartitionChanges,
    PrimaryKeyChanges, PrimaryKeyUnfit, Relax, Rename, Require, SmallToInteger, TextLengthens,
    TextShortens, TimestampCoarsens, TimestampRefines, ValuesNarrow, ValuesWiden,
};
use super::table::Outcome::{InPlace, Rewrite, WithFeature};
use super::table::{Place, Row, Source, Target, at, row};

const PROTOCOL: &str = "Delta Transaction Log Protocol";
const PROTOCOL_URL: &str = "https://github.com/delta-io/delta/blob/master/PROTOCOL.md";

static UPDATE: Source = Source {
    document: "Delta Lake documentation, Table batch reads and writes",
    section: "Update table schema",
    url: "https://docs.delta.io/delta-batch/",
};
static CONSTRAINTS: Source = Source {
    document: "Delta Lake documentation, Constraints",
    section: "NOT NULL constraint; CHECK constraint",
    url: "https://docs.delta.io/delta-constraints/",
};
static WIDENING: Source = Source {
    document: "Delta Lake documentation, Delta type widening",
    section: "Supported type changes",
    url: "https://docs.delta.io/delta-type-widening/",
};
static MAPPING: Source = Source {
    document: "Delta Lake documentation, Delta column mapping",
    section: "Rename a column; Drop columns",
    url: "https://docs.delta.io/delta-column-mapping/",
};
static TYPES: Source = protocol("Primitive Types");
static DEFAULTS: Source = protocol("Default Columns");
static METADATA: Source = protocol("Change Metadata");

const fn protocol(section: &'static str) -> Source {
    Source {
        document: PROTOCOL,
        section,
        url: PROTOCOL_URL,
    }
}

const MAPPED: &str = "column mapping (`delta.columnMapping.mode` = `name`)";
const WIDENED: &str = "type widening (`delta.enableTypeWidening` = `true`)";

static ROWS: &[Row] = &[
    row(
        &[AddOptional],
        InPlace,
        "columns are added to the schema; older files read as null",
        &UPDATE,
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
        "a default fills rows that are written later, not those that are there",
        &DEFAULTS,
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
        "the default stands in the column's metadata",
        &DEFAULTS,
    ),
    row(
        &[PrimaryKeyChanges, PrimaryKeyUnfit],
        InPlace,
        "the log holds no keys",
        &METADATA,
    ),
    row(
        &[PartitionChanges],
        Rewrite,
        "a table has one list of partition columns, by which its files are laid out",
        &UPDATE,
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
        WithFeature(WIDENED),
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
            ValuesWiden,
            ValuesNarrow,
            EncodingChanges,
        ],
        InPlace,
        "both are stored as the same type: `string`, or microseconds",
        &TYPES,
    ),
    at(
        Place::Partition,
        &[Drop],
        Rewrite,
        "files are laid out by it",
        &UPDATE,
    ),
];

pub(super) static TARGET: Target = Target {
    name: "delta",
    title: "Delta Lake",
    rows: &[ROWS],
    rest: row(
        &[],
        Rewrite,
        "not among the supported wider types: the table is read and overwritten",
        &UPDATE,
    ),
};
