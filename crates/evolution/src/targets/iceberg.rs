//! Apache Iceberg, format versions 2 and 3: columns are known by field id, and a table carries
//! every schema and partition spec it ever had.

use super::change::Change::{
    AddOptional, AddRequired, AddRequiredWithDefault, BecomesUnique, CharLengthens,
    DateToTimestamp, DecimalWidens, DefaultChanges, Drop, EncodingChanges, EnumGrows, EnumShrinks,
    EnumToText, FloatToDouble, IntegerToLong, PartitionChanges, PrimaryKeyChanges, PrimaryKeyUnfit,
    Relax, Rename, Require, SmallToInteger, TextLengthens, TextShortens, TimestampCoarsens,
    TimestampRefines, UnknownBecomesKnown, ValuesNarrow, ValuesWiden,
};
use super::spelling::Dialect;
use super::table::Outcome::{InPlace, Rewrite, WithFeature};
use super::table::{Place, Row, Source, Target, at, row};

const SPEC: &str = "Iceberg Table Spec";
const URL: &str = "https://iceberg.apache.org/spec/";

static EVOLUTION: Source = source("Schema Evolution");
static TYPES: Source = source("Primitive Types");
static DEFAULTS: Source = source("Default values");
static VERSIONS: Source = source("Appendix E: Format version changes, Version 3");
static IDENTIFIERS: Source = source("Identifier Field IDs");
static PARTITIONS: Source = source("Partition Evolution");
static NULLABILITY: Source = Source::of(
    "Iceberg documentation, Spark DDL",
    "ALTER TABLE ... ALTER COLUMN",
    "https://iceberg.apache.org/docs/latest/spark-ddl/",
);
static MAPS: Source = Source::of(
    "Iceberg documentation, Evolution",
    "Schema evolution",
    "https://iceberg.apache.org/docs/latest/evolution/",
);

const fn source(section: &'static str) -> Source {
    Source::of(SPEC, section, URL)
}

/// What versions 2 and 3 have in common.
static SHARED: &[Row] = &[
    row(
        &[AddOptional, Drop, Rename],
        InPlace,
        "fields are added, deleted and renamed in the schema alone; files are read by field id",
        &EVOLUTION,
    ),
    row(
        &[Relax],
        InPlace,
        "`DROP NOT NULL` changes the schema alone",
        &NULLABILITY,
    ),
    row(
        &[Require],
        Rewrite,
        "a nullable column can't become non-nullable: files may hold nulls",
        &NULLABILITY,
    ),
    row(
        &[AddRequired],
        Rewrite,
        "a required field that is added needs defaults that are not null",
        &EVOLUTION,
    ),
    row(
        &[IntegerToLong, FloatToDouble, DecimalWidens],
        InPlace,
        "a valid type promotion",
        &EVOLUTION,
    ),
    row(
        &[
            SmallToInteger,
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
        "both are stored as the same type: `int`, `string`, or microseconds",
        &TYPES,
    ),
    row(
        &[PrimaryKeyChanges, BecomesUnique],
        InPlace,
        "identifier fields are a list in the schema; that they are unique is not enforced",
        &IDENTIFIERS,
    ),
    row(
        &[PrimaryKeyUnfit],
        Rewrite,
        "optional, float and double fields can't be identifier fields, nor what is no primitive or within a list or map",
        &IDENTIFIERS,
    ),
    row(
        &[PartitionChanges],
        InPlace,
        "a new partition spec holds for new files; old files keep theirs",
        &PARTITIONS,
    ),
    at(
        Place::PrimaryKey,
        &[Relax],
        Rewrite,
        "an identifier field can't be optional",
        &IDENTIFIERS,
    ),
    at(
        Place::PrimaryKey,
        &[Drop],
        WithFeature("another list of identifier fields first"),
        "an identifier field has to exist in the schema",
        &IDENTIFIERS,
    ),
    at(
        Place::Partition,
        &[Drop],
        WithFeature("a partition spec without the field first"),
        "a partition field needs its source column",
        &PARTITIONS,
    ),
    at(
        Place::MapKey,
        &[AddOptional, AddRequired, AddRequiredWithDefault, Drop],
        Rewrite,
        "a map's key can't gain or lose fields: its equality would change",
        &MAPS,
    ),
];

static V2_ONLY: &[Row] = &[
    row(
        &[AddRequiredWithDefault],
        Rewrite,
        "default values come with version 3",
        &VERSIONS,
    ),
    row(
        &[DefaultChanges],
        InPlace,
        "version 2 stores no default; writers apply it",
        &VERSIONS,
    ),
    row(
        &[DateToTimestamp, UnknownBecomesKnown],
        Rewrite,
        "a valid type promotion from version 3 on",
        &EVOLUTION,
    ),
];

static V3_ONLY: &[Row] = &[
    row(
        &[AddRequiredWithDefault],
        InPlace,
        "`initial-default` is the value of the rows before it",
        &DEFAULTS,
    ),
    row(
        &[DefaultChanges],
        InPlace,
        "`write-default` may change",
        &DEFAULTS,
    ),
    row(
        &[DateToTimestamp, UnknownBecomesKnown],
        InPlace,
        "a valid type promotion",
        &EVOLUTION,
    ),
    at(
        Place::Partition,
        &[DateToTimestamp],
        Rewrite,
        "the partition transform would produce another value",
        &EVOLUTION,
    ),
];

const REST: Row = row(
    &[],
    Rewrite,
    "not among the valid type promotions",
    &EVOLUTION,
);

pub(super) static V2: Target = Target {
    name: "iceberg-v2",
    title: "Apache Iceberg, format version 2",
    dialect: Dialect::Common,
    rows: &[SHARED, V2_ONLY],
    rest: REST,
};

pub(super) static V3: Target = Target {
    name: "iceberg-v3",
    title: "Apache Iceberg, format version 3",
    dialect: Dialect::Common,
    rows: &[SHARED, V3_ONLY],
    rest: REST,
};
