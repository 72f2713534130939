//! Apache Avro: what was written under the old schema is resolved against the new one.

use super::change::Change::{
    AddOptional, AddRequired, AddRequiredWithDefault, BecomesUnique, BytesToText, CharLengthens,
    DefaultChanges, Drop, EncodingChanges, EnumGrows, EnumShrinks, FloatToDouble, IntegerToDouble,
    IntegerToFloat, IntegerToLong, LongToDouble, PartitionChanges, PrimaryKeyChanges,
    PrimaryKeyUnfit, Relax, Rename, Require, SmallToInteger, TextLengthens, TextShortens,
    TextToBytes, ValuesNarrow, ValuesWiden,
};
use super::spelling::Dialect;
use super::table::Outcome::{InPlace, Rewrite, WithFeature};
use super::table::{Row, Source, Target, row};

static RESOLUTION: Source = source("Schema Resolution");
static ALIASES: Source = source("Aliases");
static TYPES: Source = source("Primitive Types");
static RECORDS: Source = source("Records");

const fn source(section: &'static str) -> Source {
    Source::of(
        "Avro Specification 1.12",
        section,
        "https://avro.apache.org/docs/1.12.0/specification/",
    )
}

static ROWS: &[Row] = &[
    row(
        &[AddOptional, AddRequiredWithDefault],
        InPlace,
        "the reader's default fills a field the writer did not have (`null` where it is optional)",
        &RESOLUTION,
    ),
    row(
        &[AddRequired],
        Rewrite,
        "a field the writer did not have and that has no default is an error",
        &RESOLUTION,
    ),
    row(
        &[Drop],
        InPlace,
        "a field the reader does not have is ignored",
        &RESOLUTION,
    ),
    row(
        &[Rename],
        WithFeature("the old name among the field's `aliases`"),
        "fields are matched by name",
        &ALIASES,
    ),
    row(
        &[Relax],
        InPlace,
        "a value resolves against the first member of the reader's union that matches",
        &RESOLUTION,
    ),
    row(
        &[Require],
        Rewrite,
        "a `null` of the writer's union does not resolve",
        &RESOLUTION,
    ),
    row(
        &[
            IntegerToLong,
            IntegerToDouble,
            LongToDouble,
            IntegerToFloat,
            FloatToDouble,
        ],
        InPlace,
        "`int` is promotable to `long`, `float` and `double`, `long` to `float` and `double`, `float` to `double`",
        &RESOLUTION,
    ),
    row(
        &[TextToBytes, BytesToText],
        InPlace,
        "`string` and `bytes` are promotable to each other",
        &RESOLUTION,
    ),
    row(
        &[
            SmallToInteger,
            TextLengthens,
            TextShortens,
            CharLengthens,
            ValuesWiden,
            ValuesNarrow,
            EncodingChanges,
        ],
        InPlace,
        "both are stored as the same type: `int`, `string`, `bytes`",
        &TYPES,
    ),
    row(
        &[EnumGrows],
        InPlace,
        "the reader knows every symbol that was written",
        &RESOLUTION,
    ),
    row(
        &[EnumShrinks],
        WithFeature("a `default` symbol in the enum"),
        "a symbol the reader does not have resolves to the default, else it is an error",
        &RESOLUTION,
    ),
    row(
        &[
            DefaultChanges,
            PrimaryKeyChanges,
            PrimaryKeyUnfit,
            BecomesUnique,
            PartitionChanges,
        ],
        InPlace,
        "stored records hold neither defaults, keys nor partitions",
        &RECORDS,
    ),
];

pub(super) static TARGET: Target = Target {
    name: "avro",
    title: "Apache Avro",
    dialect: Dialect::Common,
    rows: &[ROWS],
    rest: row(
        &[],
        Rewrite,
        "the types do not match and are not promotable, or mean something else; decimals match by precision and scale, fixed by size",
        &RESOLUTION,
    ),
};
