//! ClickHouse, tables of the `MergeTree` family: columns are files of their own, and a new type is
//! a mutation that writes them anew.

use super::change::Change::{
    AddOptional, AddRequired, AddRequiredWithDefault, BecomesUnique, DefaultChanges, Drop,
    EncodingChanges, EnumGrows, EnumShrinks, PartitionChanges, PrimaryKeyChanges, PrimaryKeyUnfit,
    Relax, Rename, Require, TextLengthens, TextShortens, ValuesNarrow, ValuesWiden,
};
use super::spelling::Dialect;
use super::table::Outcome::{InPlace, Rewrite};
use super::table::{Place, Row, Source, Target, at, row};

const ALTER_URL: &str = "https://clickhouse.com/docs/reference/statements/alter/column";

static ADD: Source = alter("ADD COLUMN");
static DROP: Source = alter("DROP COLUMN");
static RENAME: Source = alter("RENAME COLUMN");
static MODIFY: Source = alter("MODIFY COLUMN");
static LIMITATIONS: Source = alter("Limitations");
static STRINGS: Source = Source::of(
    "ClickHouse documentation, Data types",
    "String",
    "https://clickhouse.com/docs/sql-reference/data-types/string",
);
static INTEGERS: Source = Source::of(
    "ClickHouse documentation, Data types",
    "Int, UInt",
    "https://clickhouse.com/docs/sql-reference/data-types/int-uint",
);
static UNIQUE: Source = Source::of(
    "ClickHouse documentation, MergeTree",
    "Primary Keys and Indexes in Queries",
    "https://clickhouse.com/docs/engines/table-engines/mergetree-family/mergetree",
);
static ORDER_BY: Source = Source::of(
    "ClickHouse documentation, Manipulating Key Expressions",
    "ALTER TABLE … MODIFY ORDER BY",
    "https://clickhouse.com/docs/sql-reference/statements/alter/order-by",
);
static PARTITION_BY: Source = Source::of(
    "ClickHouse documentation, MergeTree",
    "Custom Partitioning Key",
    "https://clickhouse.com/docs/engines/table-engines/mergetree-family/custom-partitioning-key",
);

const fn alter(section: &'static str) -> Source {
    Source::of(
        "ClickHouse documentation, Column Manipulations",
        section,
        ALTER_URL,
    )
}

static ROWS: &[Row] = &[
    row(
        &[AddOptional, AddRequired, AddRequiredWithDefault],
        InPlace,
        "the structure alone changes; older rows read as the default, zero or the empty string",
        &ADD,
    ),
    row(&[Drop], InPlace, "the column's files are deleted", &DROP),
    row(
        &[Rename],
        InPlace,
        "the data beneath is not touched",
        &RENAME,
    ),
    row(
        &[DefaultChanges],
        InPlace,
        "a default expression changes at once",
        &MODIFY,
    ),
    row(
        &[Require, Relax],
        Rewrite,
        "`Nullable(T)` and `T` are two types: the column's files are written anew",
        &MODIFY,
    ),
    row(
        &[PrimaryKeyChanges, PrimaryKeyUnfit],
        Rewrite,
        "rows are sorted by the key; only a column added in the same statement may join its end",
        &ORDER_BY,
    ),
    row(
        &[PartitionChanges],
        Rewrite,
        "parts are laid out by the key: create a table and copy",
        &PARTITION_BY,
    ),
    row(
        &[BecomesUnique],
        InPlace,
        "a primary key need not be unique, and nothing else is",
        &UNIQUE,
    ),
    row(
        &[EnumGrows],
        InPlace,
        "values may be added to an Enum without a change of data",
        &LIMITATIONS,
    ),
    row(
        &[EnumShrinks],
        Rewrite,
        "the column's files are written anew, and a value that went fails",
        &MODIFY,
    ),
    row(
        &[TextLengthens, TextShortens, ValuesWiden, ValuesNarrow],
        InPlace,
        "a `String` has no length, and one that is stated is ignored",
        &STRINGS,
    ),
    row(
        &[EncodingChanges],
        InPlace,
        "an integer has one encoding",
        &INTEGERS,
    ),
    at(
        Place::PrimaryKey,
        &[Drop],
        Rewrite,
        "columns of the key can't be deleted",
        &LIMITATIONS,
    ),
    at(
        Place::PrimaryKey,
        &[Rename],
        Rewrite,
        "columns of the key can't be renamed",
        &RENAME,
    ),
    at(
        Place::Partition,
        &[Drop, Rename],
        Rewrite,
        "columns of a key expression can be neither deleted nor renamed",
        &RENAME,
    ),
];

pub(super) static TARGET: Target = Target {
    name: "clickhouse",
    title: "ClickHouse (MergeTree)",
    dialect: Dialect::ClickHouse,
    rows: &[ROWS],
    rest: row(
        &[],
        Rewrite,
        "a new type writes the column's files anew; for a column of the key it is refused",
        &MODIFY,
    ),
};
