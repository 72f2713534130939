//! Trino: what its SQL and connectors can do. What the table format beneath can do is that
//! format's own target.

use super::change::Change::{
    AddOptional, AddRequired, AddRequiredWithDefault, BecomesUnique, CharLengthens, DateToText,
    DecimalRescales, DecimalToDouble, DecimalWidens, DefaultChanges, Drop, EncodingChanges,
    EnumGrows, EnumShrinks, EnumToText, FloatToDouble, IntegerToDecimal, IntegerToDouble,
    IntegerToLong, LongToDouble, PartitionChanges, PrimaryKeyChanges, PrimaryKeyUnfit, Relax,
    Rename, Require, ScalarToText, SmallToInteger, TextLengthens, TextShortens, TimestampCoarsens,
    TimestampRefines, ValuesNarrow, ValuesWiden,
};
use super::spelling::Dialect;
use super::table::Outcome::{InPlace, Rewrite, WithFeature};
use super::table::{Row, Source, Target, row};

static ALTER: Source = Source::of(
    "Trino documentation, ALTER TABLE",
    "Synopsis; Description",
    "https://trino.io/docs/current/sql/alter-table.html",
);
static ICEBERG: Source = Source::of(
    "Trino documentation, Iceberg connector",
    "Schema evolution",
    "https://trino.io/docs/current/connector/iceberg.html#schema-evolution",
);
static ICEBERG_TYPES: Source = Source::of(
    "Trino documentation, Iceberg connector",
    "Type mapping",
    "https://trino.io/docs/current/connector/iceberg.html#type-mapping",
);
static ICEBERG_PROPERTIES: Source = Source::of(
    "Trino documentation, Iceberg connector",
    "ALTER TABLE SET PROPERTIES",
    "https://trino.io/docs/current/connector/iceberg.html#alter-table-set-properties",
);
static HIVE: Source = Source::of(
    "Trino documentation, Hive connector",
    "Schema evolution",
    "https://trino.io/docs/current/connector/hive.html#schema-evolution",
);

const BY_HIVE: &str = "a Hive table, whose older partitions the connector converts";

static ROWS: &[Row] = &[
    row(
        &[AddOptional, Drop, Rename],
        InPlace,
        "columns and nested fields are safely added, dropped and renamed",
        &ICEBERG,
    ),
    row(
        &[AddRequired, AddRequiredWithDefault],
        Rewrite,
        "`ADD COLUMN … NOT NULL` has nothing to fill the rows before it with",
        &ALTER,
    ),
    row(&[Relax], InPlace, "`ALTER COLUMN … DROP NOT NULL`", &ALTER),
    row(
        &[Require],
        Rewrite,
        "there is no statement that adds `NOT NULL` to a column",
        &ALTER,
    ),
    row(
        &[
            DefaultChanges,
            PrimaryKeyChanges,
            PrimaryKeyUnfit,
            BecomesUnique,
        ],
        InPlace,
        "the engine enforces no keys; a default is for rows written later",
        &ALTER,
    ),
    row(
        &[PartitionChanges],
        WithFeature("an Iceberg table: `SET PROPERTIES partitioning = …`"),
        "old partitions keep their layout",
        &ICEBERG_PROPERTIES,
    ),
    row(
        &[SmallToInteger],
        WithFeature(BY_HIVE),
        "a possible data type conversion; Iceberg has no smaller `integer`",
        &HIVE,
    ),
    row(
        &[IntegerToLong, FloatToDouble, DecimalWidens],
        InPlace,
        "`SET DATA TYPE` with a promotion of the table format",
        &ICEBERG,
    ),
    row(
        &[
            TextLengthens,
            TextShortens,
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
        "both map to the same type: `varchar`, `timestamp(6)`",
        &ICEBERG_TYPES,
    ),
    row(
        &[
            CharLengthens,
            IntegerToDecimal,
            IntegerToDouble,
            LongToDouble,
            DecimalRescales,
            DecimalToDouble,
            ScalarToText,
            DateToText,
        ],
        WithFeature(BY_HIVE),
        "a possible data type conversion",
        &HIVE,
    ),
];

pub(super) static TARGET: Target = Target {
    name: "trino",
    title: "Trino",
    dialect: Dialect::Trino,
    rows: &[ROWS],
    rest: row(
        &[],
        Rewrite,
        "neither a promotion of a table format nor a conversion of the Hive connector that keeps every value",
        &HIVE,
    ),
};
