//! PostgreSQL: what `ALTER TABLE` does to the catalogue alone, and what makes it rewrite the table.

use super::change::Change::{
    AddOptional, AddRequired, AddRequiredWithDefault, BecomesUnique, DecimalUnbounds,
    DecimalWidens, DefaultChanges, Drop, EncodingChanges, EnumGrows, EnumShrinks, PartitionChanges,
    PrimaryKeyChanges, PrimaryKeyUnfit, Relax, Rename, Require, TextLengthens, TextShortens,
    TimestampRefines, ValuesNarrow, ValuesWiden, ZoneChanges,
};
use super::spelling::Dialect;
use super::table::Outcome::{InPlace, Rewrite, WithFeature};
use super::table::{Place, Row, Source, Target, at, row};

const ALTER_URL: &str = "https://www.postgresql.org/docs/17/sql-altertable.html";

static ALTER: Source = alter("Description");
static NOTES: Source = alter("Notes");
static NO_REWRITE: Source = Source::of(
    "PostgreSQL 9.2 release notes",
    "Object Manipulation: ALTER",
    "https://www.postgresql.org/docs/release/9.2.0/",
);
static UTC: Source = Source::of(
    "PostgreSQL 12 release notes",
    "ALTER TABLE … SET DATA TYPE between timestamp and timestamptz",
    "https://www.postgresql.org/docs/release/12.0/",
);
static ENUMS: Source = Source::of(
    "PostgreSQL 17 documentation",
    "8.7.4. Enumerated Types: Implementation Details",
    "https://www.postgresql.org/docs/17/datatype-enum.html",
);
static PARTITIONS: Source = Source::of(
    "PostgreSQL 17 documentation",
    "5.12.2.3. Declarative Partitioning: Limitations",
    "https://www.postgresql.org/docs/17/ddl-partitioning.html",
);

const fn alter(section: &'static str) -> Source {
    Source::of(
        "PostgreSQL 17 documentation, ALTER TABLE",
        section,
        ALTER_URL,
    )
}

static ROWS: &[Row] = &[
    row(
        &[AddOptional, AddRequiredWithDefault],
        InPlace,
        "a null or a default that is not volatile is stored in the catalogue",
        &NOTES,
    ),
    row(
        &[AddRequired],
        Rewrite,
        "`NOT NULL` without a default fails where rows are",
        &NOTES,
    ),
    row(
        &[Drop],
        InPlace,
        "`DROP COLUMN` makes the column invisible",
        &NOTES,
    ),
    row(
        &[Rename, DefaultChanges],
        InPlace,
        "no effect on the stored data",
        &ALTER,
    ),
    row(
        &[Relax],
        InPlace,
        "`DROP NOT NULL` changes the catalogue alone",
        &ALTER,
    ),
    row(
        &[Require],
        WithFeature("no null in the rows that are there"),
        "`SET NOT NULL` scans the table and fails where a null is; nothing is written anew",
        &ALTER,
    ),
    row(
        &[PrimaryKeyChanges, PrimaryKeyUnfit, BecomesUnique],
        WithFeature("rows that the new key tells apart"),
        "a key is an index that is built beside the table; the columns of a primary key become `NOT NULL`",
        &ALTER,
    ),
    row(
        &[PartitionChanges],
        Rewrite,
        "a table can't be turned into a partitioned one, nor partitioned by another key",
        &PARTITIONS,
    ),
    row(&[EnumGrows], InPlace, "`ALTER TYPE … ADD VALUE`", &ENUMS),
    row(
        &[EnumShrinks],
        Rewrite,
        "existing values can't be removed from an enum type",
        &ENUMS,
    ),
    row(
        &[ValuesWiden],
        InPlace,
        "a check constraint is replaced",
        &ALTER,
    ),
    row(
        &[ValuesNarrow],
        WithFeature("rows that satisfy the new constraint"),
        "a check constraint is added after a scan that fails where a row violates it",
        &ALTER,
    ),
    row(
        &[
            TextLengthens,
            DecimalWidens,
            DecimalUnbounds,
            TimestampRefines,
        ],
        InPlace,
        "a longer `varchar` or `text`, a `numeric` of more precision, a finer timestamp: no rewrite",
        &NO_REWRITE,
    ),
    row(
        &[EncodingChanges],
        InPlace,
        "an integer has one encoding",
        &ALTER,
    ),
    row(
        &[ZoneChanges],
        WithFeature("a session `TimeZone` of UTC"),
        "`timestamp` and `timestamptz` are then the same bytes",
        &UTC,
    ),
    at(
        Place::Repeated,
        &[
            TextLengthens,
            DecimalWidens,
            DecimalUnbounds,
            TimestampRefines,
            ZoneChanges,
        ],
        Rewrite,
        "an array has a type of its own, that is not binary coercible to another array's",
        &NOTES,
    ),
    at(
        Place::Partition,
        &[
            Drop,
            TextLengthens,
            TextShortens,
            DecimalWidens,
            DecimalUnbounds,
            TimestampRefines,
            ZoneChanges,
        ],
        Rewrite,
        "a column of the partition key can be neither dropped nor given another type",
        &PARTITIONS,
    ),
    at(
        Place::PrimaryKey,
        &[Relax],
        WithFeature("dropping the primary key first"),
        "the columns of a primary key are `NOT NULL`",
        &ALTER,
    ),
];

pub(super) static TARGET: Target = Target {
    name: "postgresql",
    title: "PostgreSQL",
    dialect: Dialect::PostgreSql,
    rows: &[ROWS],
    rest: row(
        &[],
        Rewrite,
        "the old type is not binary coercible to the new: table and indexes are rewritten",
        &NOTES,
    ),
};
