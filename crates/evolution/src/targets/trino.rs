//! Trino: what its SQL and connectors can do. What the table format beneath can do is that
//! format's own target.

use super::change::Change::{
    AddOptional, AddRequired, AddRequiredWithDefault, CharLengthens, DecimalRescales,
    DecimalToDouble, DecimalWidens, DefaultChanges, Drop, EncodingChanges, EnumGrows, EnumShrinks,
    FloatToDouble, IntegerToDecimal, IntegerToDouble, IntegerToFloat, IntegerToLong,
    PartitionChanges, PrimaryKeyChanges, PrimaryKeyUnfit, Relax, Rename, Require, ScalarToText,
    SmallToInteger, TextLengthens, TextShortens, TimestampCoarsens, TimestampRefines, ValuesNarrow,
    ValuesWiden,
};
use super::table::Outcome::{InPlace, Rewrite, WithFeature};
use super::table::{Row, Source, Target, row};

static ALTER: Source = Source {
    document: "Trino documentation, ALTER TABLE",
    section: "Synopsis; Description",
    url: "https://trino.io/docs/current/sql/alter-table.html",
};
static ICEBERG: Source = Source {
    document: "Trino documentation, Iceberg connector",
    section: "Schema evolution",
    url: "https://trino.io/docs/current/connector/iceberg.html#schema-evolution",
};
static ICEBERG_TYPES: Source = Source {
    document: "Trino documentation, Iceberg connector",
    section: "Type mapping",
    url: "https://trino.io/docs/current/connector/iceberg.html#type-mapping",
};
static ICEBERG_PROPERTIES: Source = Source {
    document: "Trino documentation, Iceberg connector",
    section: "ALTER TABLE SET PROPERTIES",
    url: "https://trino.io/docs/current/connector/iceberg.html#alter-table-set-properties",
};
static HIVE: Source = Source {
    document: "Trino documentation, Hive connector",
    section: "Schema evolution",
    url: "https://trino.io/docs/current/connector/hive.html#schema-evolution",
};

const BY_HIVE: &str = "a Hive table, whose older partitions the connector converts";

static ROWS: &[Row] = &[
    row(
        &[AddOptional, Drop, Rename],
        InPlace,
        "columns and nested fields are added, dropped and renamed safely",
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
        &[DefaultChanges, PrimaryKeyChanges, PrimaryKeyUnfit],
        InPlace,
        "neither is enforced or stored by the engine",
        &ALTER,
    ),
    row(
        &[PartitionChanges],
        WithFeature("an Iceberg table: `SET PROPERTIES partitioning = …`"),
        "old partitions keep their layout",
        &ICEBERG_PROPERTIES,
    ),
    row(
        &[IntegerToLong, FloatToDouble, DecimalWidens],
        InPlace,
        "`SET DATA TYPE` with a promotion of the table format",
        &ICEBERG,
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
            ValuesWiden,
            ValuesNarrow,
            EncodingChanges,
        ],
        InPlace,
        "both map to the same type: `integer`, `varchar`, `timestamp(6)`",
        &ICEBERG_TYPES,
    ),
    row(
        &[
            IntegerToDecimal,
            IntegerToDouble,
            IntegerToFloat,
            DecimalRescales,
            DecimalToDouble,
            ScalarToText,
        ],
        WithFeature(BY_HIVE),
        "a possible data type conversion",
        &HIVE,
    ),
];

pub(super) static TARGET: Target = Target {
    name: "trino",
    title: "Trino",
    rows: &[ROWS],
    rest: row(
        &[],
        Rewrite,
        "neither a promotion of a table format nor a conversion of the Hive connector that keeps every value",
        &HIVE,
    ),
};
