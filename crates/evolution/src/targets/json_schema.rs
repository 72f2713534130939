//! JSON documents under JSON Schema: those that were valid under the old schema must be valid
//! under the new one.

use super::change::Change::{
    AddOptional, AddRequired, AddRequiredWithDefault, BecomesUnique, CharLengthens, DateToText,
    DecimalNarrows, DecimalRescales, DecimalToDouble, DecimalUnbounds, DecimalWidens,
    DefaultChanges, DoubleToFloat, Drop, EncodingChanges, EnumGrows, EnumShrinks, EnumToText,
    FloatToDouble, IntegerToDecimal, IntegerToDouble, IntegerToFloat, IntegerToLong, LongToDouble,
    NumberNarrows, PartitionChanges, PrimaryKeyChanges, PrimaryKeyUnfit, Relax, Rename, Require,
    SmallToInteger, TextLengthens, TextShortens, TimestampCoarsens, TimestampRefines,
    TimestampToNanos, ValuesNarrow, ValuesWiden,
};
use super::spelling::Dialect;
use super::table::Outcome::{InPlace, Rewrite};
use super::table::{Row, Source, Target, row};

static REQUIRED: Source = validation("6.5.3. required");
static TYPE: Source = validation("6.1.1. type");
static ENUM: Source = validation("6.1.2. enum");
static STRINGS: Source = validation("6.3. Validation Keywords for Strings");
static FORMATS: Source = validation("7.3.1. Dates, Times, and Duration");
static DEFAULT: Source = validation("9.2. default");
static KEYWORDS: Source = validation("6. A Vocabulary for Structural Validation");
static PROPERTIES: Source = Source::of(
    "JSON Schema Core 2020-12",
    "10.3.2. Keywords for Applying Subschemas to Objects",
    "https://json-schema.org/draft/2020-12/json-schema-core",
);

const fn validation(section: &'static str) -> Source {
    Source::of(
        "JSON Schema Validation 2020-12",
        section,
        "https://json-schema.org/draft/2020-12/json-schema-validation",
    )
}

static ROWS: &[Row] = &[
    row(
        &[AddOptional],
        InPlace,
        "documents without it stay valid",
        &PROPERTIES,
    ),
    row(
        &[AddRequired, Require],
        Rewrite,
        "documents without it are no longer valid",
        &REQUIRED,
    ),
    row(
        &[AddRequiredWithDefault],
        Rewrite,
        "`default` is an annotation: documents without the property are not valid",
        &DEFAULT,
    ),
    row(
        &[Drop],
        InPlace,
        "documents that still have it stay valid, unless `additionalProperties` is `false`",
        &PROPERTIES,
    ),
    row(
        &[Rename],
        Rewrite,
        "documents have the old name",
        &PROPERTIES,
    ),
    row(&[Relax], InPlace, "less is required", &REQUIRED),
    row(
        &[
            SmallToInteger,
            IntegerToLong,
            IntegerToDecimal,
            IntegerToDouble,
            LongToDouble,
            IntegerToFloat,
            FloatToDouble,
            DecimalWidens,
            DecimalRescales,
            DecimalUnbounds,
            DecimalToDouble,
            DecimalNarrows,
            NumberNarrows,
            DoubleToFloat,
            EncodingChanges,
        ],
        InPlace,
        "every `integer` is a `number`, and neither has a width",
        &TYPE,
    ),
    row(
        &[TextLengthens, CharLengthens],
        InPlace,
        "`maxLength` grows or goes",
        &STRINGS,
    ),
    row(
        &[TextShortens],
        Rewrite,
        "strings beyond `maxLength` are no longer valid",
        &STRINGS,
    ),
    row(
        &[EnumGrows, EnumToText, ValuesWiden],
        InPlace,
        "every old value is still valid",
        &ENUM,
    ),
    row(
        &[EnumShrinks, ValuesNarrow],
        Rewrite,
        "documents with other values are no longer valid",
        &ENUM,
    ),
    row(
        &[TimestampRefines, TimestampToNanos, TimestampCoarsens],
        InPlace,
        "`date-time` has any number of digits",
        &FORMATS,
    ),
    row(
        &[DateToText],
        InPlace,
        "it is a string, with one `format` less",
        &FORMATS,
    ),
    row(
        &[DefaultChanges],
        InPlace,
        "`default` is an annotation",
        &DEFAULT,
    ),
    row(
        &[
            PrimaryKeyChanges,
            PrimaryKeyUnfit,
            BecomesUnique,
            PartitionChanges,
        ],
        InPlace,
        "no keyword speaks of other documents",
        &KEYWORDS,
    ),
];

pub(super) static TARGET: Target = Target {
    name: "json-schema",
    title: "JSON Schema",
    dialect: Dialect::Common,
    rows: &[ROWS],
    rest: row(
        &[],
        Rewrite,
        "documents hold another `type` or `format`",
        &TYPE,
    ),
};
