//! Physical and logical types with their parameters, and what becomes of the values where one takes
//! another's place.

mod fit;
mod kind;
mod syntax;

use zonecut_contract::Node;

use crate::fact::{Fact, FactKind, SubjectKind};
use fit::relation;

pub(crate) use fit::fits;
pub use kind::normal;
pub(crate) use kind::{Clock, Type, parse};
pub(crate) use syntax::{DEEPEST, Made, Part, Shape, Symbol, are_named, made};

/// How the values of a new type relate to those of the old.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// The same values.
    Same,
    /// The same values, with optional fields beside them that are new.
    Extended,
    /// All old values and more.
    Wider,
    /// Values that lack fields they had: their readers miss them, whoever writes drops them.
    Reduced,
    /// Only some of the old values.
    Narrower,
    /// Other values.
    Different,
}

impl Relation {
    /// What holds of a thing of which one part changes in this way, and another in that.
    #[must_use]
    fn and(self, other: Self) -> Self {
        use Relation as R;
        match (self, other) {
            (R::Same, other) => other,
            (one, R::Same | R::Extended) | (R::Extended, one) => one,
            (one, other) if one == other => one,
            (R::Wider | R::Reduced, R::Wider | R::Reduced) => R::Reduced,
            _ => R::Different,
        }
    }
}

/// Whether two physical types are one: spelled otherwise, or by another of its names. Texts differ
/// in more than their length (`char` pads).
#[must_use]
pub fn are_one(before: &str, after: &str) -> bool {
    if normal(before) == normal(after) {
        return true;
    }
    let (old, new) = (parse(before), parse(after));
    !fit::holds_text(&old) && relation(&old, &new) == Relation::Same
}

/// How the values of physical type `after` relate to those of `before`.
#[must_use]
pub fn physical(before: &str, after: &str) -> Relation {
    relation(&parse(before), &parse(after))
}

/// Whether a wider type only lengthens text: readers may cut it, none fails.
#[must_use]
pub fn only_lengthens(before: &str, after: &str) -> bool {
    let (old, new) = (parse(before), parse(after));
    let unlimited = relation(&fit::unlimited(old), &fit::unlimited(new));
    matches!(unlimited, Relation::Same | Relation::Extended)
}

/// How the values of logical type `after` relate to those of `before`.
#[must_use]
pub fn logical(before: &str, after: &str) -> Relation {
    match (before, after) {
        _ if before.eq_ignore_ascii_case(after) => Relation::Same,
        ("integer", "number") => Relation::Wider,
        ("number", "integer") => Relation::Narrower,
        _ => Relation::Different,
    }
}

/// How the values of a numeric `format` of ODCS (`i8` to `u128`, `f32`, `f64`) relate; nothing for
/// other formats.
#[must_use]
pub fn number_format(before: &str, after: &str) -> Option<Relation> {
    let known = |text: &str| {
        let bits: u32 = text.get(1..)?.parse().ok()?;
        match text.as_bytes().first()? {
            b'i' => Some(Type::Integer { bits, signed: true }),
            b'u' => Some(Type::Integer {
                bits,
                signed: false,
            }),
            b'f' => Some(Type::Float(bits)),
            _ => None,
        }
    };
    Some(relation(&known(before)?, &known(after)?))
}

/// How a fact changes the values of a property, when it is about its type.
#[must_use]
pub fn turn_of(fact: &Fact<'_>) -> Option<Relation> {
    let relation = match fact.field() {
        "logicalType" => logical,
        "physicalType" => physical,
        _ => return None,
    };
    let typed = fact.subject.kind == SubjectKind::Property && fact.kind == FactKind::Changed;
    if !typed || follows_another_kind(fact) {
        return None;
    }
    Some(
        match (
            fact.before.and_then(Node::as_str),
            fact.after.and_then(Node::as_str),
        ) {
            (Some(old), Some(new)) => relation(old, new),
            _ => Relation::Different,
        },
    )
}

/// Whether the fact is about the storage or the limits of a property that now holds another kind of
/// value.
#[must_use]
pub fn follows_another_kind(fact: &Fact<'_>) -> bool {
    let about = fact.field() == "physicalType" || fact.field().starts_with("logicalTypeOptions");
    let kind = |node: Option<&Node>| node?.get("logicalType")?.as_str().map(str::to_owned);
    match (kind(fact.subject.before), kind(fact.subject.after)) {
        (Some(old), Some(new)) if about && fact.subject.kind == SubjectKind::Property => {
            fact.kind != FactKind::Respelled && logical(&old, &new) == Relation::Different
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Case = (&'static str, &'static str, Relation);

    const ALONE: &[Case] = &[
        ("varchar(18)", "VARCHAR (36)", Relation::Wider),
        ("varchar(18)", "varchar(8)", Relation::Narrower),
        ("varchar(18)", "text", Relation::Wider),
        ("BIGINT", "bigint", Relation::Same),
        ("int", "bigint", Relation::Wider),
        ("int", "integer", Relation::Same),
        ("int", "uint32", Relation::Different),
        ("uint16", "int", Relation::Wider),
        ("decimal(10,2)", "decimal(12, 2)", Relation::Wider),
        ("decimal(10,2)", "decimal(10,4)", Relation::Different),
        ("int", "decimal(10)", Relation::Wider),
        ("float", "double", Relation::Wider),
        ("timestamp(3)", "timestamp(6)", Relation::Wider),
        ("timestamp", "timestamptz", Relation::Different),
        ("timestamp(6) with time zone", "timestamptz", Relation::Same),
        ("array<int>", "array<bigint>", Relation::Wider),
        ("bigint[]", "int[]", Relation::Narrower),
        ("Nullable(Int32)", "Int32", Relation::Narrower),
        ("LowCardinality(String)", "String", Relation::Same),
        ("Int8", "Int16", Relation::Wider),
        ("int8", "int16", Relation::Narrower),
        ("int unsigned", "bigint", Relation::Wider),
        ("enum('a','b')", "enum('a', 'b', 'c')", Relation::Wider),
        ("enum('a','b')", "enum('a','c')", Relation::Different),
        ("DateTime64(3)", "DateTime64(6)", Relation::Wider),
        ("timestamp(6)", "timestamp(3)", Relation::Narrower),
        ("TIMESTAMP", "DATETIME", Relation::Different),
        ("TIMESTAMP", "TIMESTAMP_NTZ", Relation::Different),
        ("TIMESTAMP_LTZ", "TIMESTAMP_TZ", Relation::Different),
        ("DATETIME", "TIMESTAMP_NTZ", Relation::Same),
        ("timestamp", "timestamp without time zone", Relation::Same),
        ("BYTEINT", "INT", Relation::Wider),
        ("BIGNUMERIC(40,2)", "BIGNUMERIC(50,2)", Relation::Wider),
        ("varchar(18)", "int", Relation::Different),
    ];

    const MADE_OF_OTHERS: &[Case] = &[
        ("map<string,int>", "map<string,bigint>", Relation::Wider),
        (
            "Map(String, UInt16)",
            "Map(LowCardinality(String), UInt32)",
            Relation::Wider,
        ),
        ("map<bigint,int>", "map<int,int>", Relation::Narrower),
        ("map<int,bigint>", "map<bigint,int>", Relation::Different),
        ("struct<a:int>", "STRUCT<a: INT>", Relation::Same),
        ("struct<a:int>", "struct<a:int,b:int>", Relation::Extended),
        ("struct<a:int>", "struct<a:bigint,b:int>", Relation::Wider),
        (
            "struct<a:bigint>",
            "struct<a:int,b:int>",
            Relation::Narrower,
        ),
        (
            "struct<a:int>",
            "struct<a:int,b:int NOT NULL>",
            Relation::Narrower,
        ),
        ("struct<a:int,b:int>", "struct<a:int>", Relation::Reduced),
        ("struct<a:int,b:int>", "struct<a:bigint>", Relation::Reduced),
        (
            "struct<a:bigint,b:int>",
            "struct<a:int>",
            Relation::Different,
        ),
        ("struct<a:int,b:int>", "struct<b:int,a:int>", Relation::Same),
        ("struct<a:int NOT NULL>", "struct<a:int>", Relation::Wider),
        ("struct<a:int>", "struct<a:string>", Relation::Different),
        (
            "row(a integer, b varchar)",
            "row(a bigint, b varchar)",
            Relation::Wider,
        ),
        (
            "row(integer, double precision)",
            "row(bigint, double precision)",
            Relation::Wider,
        ),
        ("row(integer)", "row(integer, integer)", Relation::Different),
        (
            "row(a timestamp(3) with time zone)",
            "row(a timestamp(6) with time zone)",
            Relation::Wider,
        ),
        (
            "row(timestamp(3) with time zone)",
            "row(timestamp(3))",
            Relation::Different,
        ),
        ("row(\"a b\" int)", "row(\"a b\" bigint)", Relation::Wider),
        ("row(a int)", "map<int,int>", Relation::Different),
        (
            "ARRAY<STRUCT<a INT64, b ARRAY<STRING(10)>>>",
            "ARRAY<STRUCT<a INT64, b ARRAY<STRING(20)>, c DATE OPTIONS(description = 'x, y')>>",
            Relation::Wider,
        ),
        (
            "Tuple(a Int32, b Nullable(String))",
            "Tuple(a Int64, b Nullable(String))",
            Relation::Wider,
        ),
        ("Array(Nullable(Int32))", "Array(Int32)", Relation::Narrower),
        ("Nullable(Int32)", "Int64", Relation::Different),
        (
            "Nested(a UInt8)",
            "Nested(a UInt8, b String)",
            Relation::Extended,
        ),
        (
            "struct<a:int COMMENT 'old, one'>",
            "struct<a:int COMMENT 'new'>",
            Relation::Same,
        ),
        ("int[]", "bigint[]", Relation::Wider),
        ("int[][]", "bigint[][]", Relation::Wider),
        ("integer array", "int[]", Relation::Same),
        ("array<timestamp>", "array<datetime>", Relation::Different),
        ("numeric", "numeric(10,2)", Relation::Narrower),
        ("numeric(10,2)", "numeric", Relation::Wider),
        ("bigint", "numeric", Relation::Wider),
        ("array<numeric>", "array<numeric(10,2)>", Relation::Narrower),
        ("number", "number(38,0)", Relation::Same),
        ("NUMBER", "DECIMAL(38)", Relation::Same),
        ("decimal(10)", "decimal(10,0)", Relation::Same),
        ("numeric", "decimal", Relation::Same),
        ("enum('A','b')", "enum('a','b')", Relation::Different),
        ("enum('a,b')", "enum('a','b')", Relation::Different),
    ];

    #[test]
    fn parameters_and_parts_decide() {
        for (before, after, expected) in ALONE.iter().chain(MADE_OF_OTHERS) {
            assert_eq!(physical(before, after), *expected, "{before} -> {after}");
        }
    }

    #[test]
    fn only_text_that_lengthens_is_cut() {
        for (before, after, expected) in [
            ("varchar(10)", "varchar(20)", true),
            ("array<varchar(10)>", "array<varchar(20)>", true),
            ("struct<a:char(2)>", "struct<a:char(3),b:int>", true),
            (
                "struct<a:char(2),b:int>",
                "struct<a:char(3),b:bigint>",
                false,
            ),
            ("int", "bigint", false),
        ] {
            assert_eq!(
                only_lengthens(before, after),
                expected,
                "{before} -> {after}"
            );
        }
    }

    #[test]
    fn quotes_keep_their_case_and_blanks() {
        assert_eq!(normal("ENUM ('A , b',  'c')"), "enum('A , b','c')");
        assert_eq!(normal("Struct < a : INT >"), "struct<a:int>");
        assert_eq!(
            normal("TIMESTAMP (3)  WITH time ZONE"),
            "timestamp(3) with time zone"
        );
        assert!(!are_one("enum('A')", "enum('a')"));
        assert!(are_one("map<int, BIGINT>", "MAP(INTEGER,INT64)"));
    }

    #[test]
    fn types_within_bounds_are_read_and_others_compared_as_text() {
        let deep = |levels: usize, inner: &str| {
            format!("{}{inner}{}", "array<".repeat(levels), ">".repeat(levels))
        };
        assert_eq!(
            physical(&deep(20, "int"), &deep(20, "bigint")),
            Relation::Wider
        );
        for levels in [30, 200, 100_000] {
            assert_eq!(
                physical(&deep(levels, "int"), &deep(levels, "int")),
                Relation::Same
            );
            assert_eq!(
                physical(&deep(levels, "int"), &deep(levels, "bigint")),
                Relation::Different
            );
        }
        let brackets = format!("int{}", "[]".repeat(100_000));
        assert_eq!(
            physical(&brackets, &format!("{brackets}[]")),
            Relation::Different
        );
        for broken in [
            "struct<a:int",
            "map<int>",
            "row(",
            "array<>",
            "struct<>",
            "[]",
            "(",
            "row(a int))",
            "\"",
            "struct<\">",
        ] {
            assert_eq!(physical(broken, broken), Relation::Same, "{broken}");
            assert_eq!(physical(broken, "int"), Relation::Different, "{broken}");
        }
    }
}
