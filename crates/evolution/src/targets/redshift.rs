//! Amazon Redshift: what `ALTER TABLE` does to a table of its own. External tables are files, and
//! their format is a target by itself.

use super::change::Change::{
    AddOptional, AddRequired, AddRequiredWithDefault, BecomesUnique, DefaultChanges, Drop,
    EncodingChanges, EnumGrows, EnumShrinks, EnumToText, PartitionChanges, PrimaryKeyChanges,
    PrimaryKeyUnfit, Relax, Rename, Require, TextLengthens, TextShortens, ValuesNarrow,
    ValuesWiden,
};
use super::spelling::Dialect;
use super::table::Outcome::{InPlace, Rewrite, WithFeature};
use super::table::{Place, Row, Source, Target, at, row};

static ALTER: Source = Source::of(
    "Amazon Redshift documentation, ALTER TABLE",
    "Syntax; Parameters",
    "https://docs.aws.amazon.com/redshift/latest/dg/r_ALTER_TABLE.html",
);
static CONSTRAINTS: Source = Source::of(
    "Amazon Redshift documentation",
    "Defining table constraints",
    "https://docs.aws.amazon.com/redshift/latest/dg/t_Defining_constraints.html",
);
static UNSUPPORTED: Source = Source::of(
    "Amazon Redshift documentation",
    "Unsupported PostgreSQL data types",
    "https://docs.aws.amazon.com/redshift/latest/dg/c_unsupported-postgresql-datatypes.html",
);
static NOT_NULL: Source = Source::of(
    "Trino source, tests of the Redshift connector",
    "ALTER TABLE ADD COLUMN defined as NOT NULL must have a non-null default expression",
    "https://github.com/trinodb/trino/tree/master/plugin/trino-redshift/src/test",
);

static ROWS: &[Row] = &[
    row(
        &[AddOptional, AddRequiredWithDefault],
        InPlace,
        "`ADD COLUMN`, with a default where it is `NOT NULL`",
        &ALTER,
    ),
    row(
        &[AddRequired],
        Rewrite,
        "`NOT NULL` without a default is refused",
        &NOT_NULL,
    ),
    row(
        &[Drop, Rename],
        InPlace,
        "`DROP COLUMN`, `RENAME COLUMN`",
        &ALTER,
    ),
    row(
        &[Require, Relax, DefaultChanges],
        Rewrite,
        "no clause changes `NOT NULL` or the default of a column that is there: a second column takes its place",
        &ALTER,
    ),
    row(
        &[PrimaryKeyChanges, BecomesUnique],
        InPlace,
        "keys inform the planner and are not enforced",
        &CONSTRAINTS,
    ),
    row(
        &[PrimaryKeyUnfit],
        WithFeature("a column that was created `NOT NULL`"),
        "a nullable column can't enter a primary key",
        &ALTER,
    ),
    row(
        &[PartitionChanges],
        Rewrite,
        "a new distribution or sort key moves every row",
        &ALTER,
    ),
    row(
        &[TextLengthens],
        WithFeature(PLAIN),
        "`ALTER COLUMN … TYPE` changes the size of a `VARCHAR`",
        &ALTER,
    ),
    row(
        &[TextShortens],
        WithFeature("a size that holds every stored value, and a column without default or key"),
        "`ALTER COLUMN … TYPE` makes a `VARCHAR` no shorter than what is stored",
        &ALTER,
    ),
    row(
        &[ValuesWiden, ValuesNarrow],
        InPlace,
        "a table has no check constraints",
        &ALTER,
    ),
    row(
        &[EnumGrows, EnumShrinks, EnumToText],
        InPlace,
        "stored as text; there is no enum type",
        &UNSUPPORTED,
    ),
    row(
        &[EncodingChanges],
        InPlace,
        "an integer is one of `SMALLINT`, `INTEGER` and `BIGINT`, however a message codes it",
        &ALTER,
    ),
    at(
        Place::PrimaryKey,
        &[TextLengthens, TextShortens],
        WithFeature("dropping the key first"),
        "a column of a key can't be altered",
        &ALTER,
    ),
    at(
        Place::Partition,
        &[Drop],
        WithFeature("another distribution and sort key first"),
        "a column of the distribution or sort key can't be dropped",
        &ALTER,
    ),
];

const PLAIN: &str = "a column without default or key, whose compression is none of `BYTEDICT`, `RUNLENGTH`, `TEXT255`, `TEXT32K`";

pub(super) static TARGET: Target = Target {
    name: "redshift",
    title: "Amazon Redshift",
    dialect: Dialect::Redshift,
    rows: &[ROWS],
    rest: row(
        &[],
        Rewrite,
        "`ALTER COLUMN … TYPE` is for the size of a `VARCHAR` alone: a second column takes its place",
        &ALTER,
    ),
};
