//! PostgreSQL: what `ALTER TABLE` does to the catalogue alone, and what makes it rewrite the table.

use super::change::Change::{
    AddOptional, AddRequired, AddRequiredWithDefault, DecimalUnbounds, DecimalWidens,
    DefaultChanges, Drop, EncodingChanges, EnumGrows, EnumShrinks, PartitionChanges,
    PrimaryKeyChanges, PrimaryKeyUnfit, Relax, Rename, Require, TextLengthens, TextShortens,
    TimestampRefines, ValuesNarrow, ValuesWiden, ZoneChanges,
};
use super::table::Outcome::{InPlace, Rewrite, WithFeature};
use super::table::{Place, Row, Source, Target, at, row};

const ALTER_URL: &str = "https://www.postgresql.org/docs/17/sql-altertable.html";

static ALTER: Source = alter("Description");
static NOTES: Source = alter("Notes");
static NO_REWRITE: Source = Source {
    document: "PostgreSQL 9.2 release notes",
    section: "Object Manipulation: ALTER",
    url: "https://www.postgresql.org/docs/release/9.2.0/",
};
static UTC: Source = Source {
    document: "PostgreSQL 12 release notes",
    section: "ALTER TABLE … SET DATA TYPE between timestamp and timestamptz",
    url: "https://www.postgresql.org/docs/release/12.0/",
};
static ENUMS: Source = Source {
    document: "PostgreSQL 17 documentation",
    section: "8.7.4. Enumerated Types: Implementation Details",
    url: "https://www.postgresql.org/docs/17/datatype-enum.html",
};
static PARTITIONS: Source = Source {
    document: "PostgreSQL 17 documentation",
    section: "5.12.2.3. Declarative Partitioning: Limitations",
    url: "https://www.postgresql.org/docs/17/ddl-partitioning.html",
};
static CONSTRAINTS: Source = Source {
    document: "PostgreSQL 17 documentation",
    section: "5.5.1. Check Constraints",
    url: "https://www.postgresql.org/docs/17/ddl-constraints.html",
};

const fn alter(section: &'static str) -> Source {
    Source {
        document: "PostgreSQL 17 documentation, ALTER TABLE",
        section,
        url: ALTER_URL,
    }
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
        &[Require, Relax],
        InPlace,
        "`SET NOT NULL` scans the table and fails where a null is; nothing is written anew",
        &ALTER,
    ),
    row(
        &[PrimaryKeyChanges, PrimaryKeyUnfit],
        InPlace,
        "a key is an index, and makes its columns `NOT NULL` after a scan",
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
        &[ValuesWiden, ValuesNarrow],
        InPlace,
        "a check constraint is replaced, after a scan",
        &CONSTRAINTS,
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
    rows: &[ROWS],
    rest: row(
        &[],
        Rewrite,
        "the old type is not binary coercible to the new: table and indexes are rewritten",
        &NOTES,
    ),
};
