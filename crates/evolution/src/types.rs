//! Physical and logical types with their parameters, and which values fit which.

use std::collections::BTreeSet;

use zonecut_contract::Node;

use crate::fact::{Fact, FactKind, SubjectKind};

/// How the values of a new type relate to those of the old.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// The same values.
    Same,
    /// All old values and more.
    Wider,
    /// Only some of the old values.
    Narrower,
    /// Other values.
    Different,
}

/// What a physical type can hold, as far as it is known.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Type {
    Text(Option<u64>),
    Binary(Option<u64>),
    Integer { bits: u32, signed: bool },
    Decimal { precision: u64, scale: u64 },
    Float(u32),
    Time(u64),
    Timestamp { digits: u64, zoned: bool },
    List(Box<Type>),
    Nullable(Box<Type>),
    Enumeration(BTreeSet<String>),
    Other(String),
}

/// The type without what spelling may vary: case and blanks.
#[must_use]
pub fn normal(text: &str) -> String {
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_ascii_lowercase()
        .replace(" (", "(")
        .replace("( ", "(")
        .replace(" )", ")")
        .replace(", ", ",")
        .replace(" ,", ",")
}

/// Whether two physical types are one: spelled otherwise, or by another of its names. Texts differ
/// in more than their length (`char` pads).
#[must_use]
pub fn are_one(before: &str, after: &str) -> bool {
    normal(before) == normal(after)
        || (!is_text(before) && physical(before, after) == Relation::Same)
}

/// How the values of physical type `after` relate to those of `before`.
#[must_use]
pub fn physical(before: &str, after: &str) -> Relation {
    match (clock(before), clock(after)) {
        (Some(old), Some(new)) if old != new => Relation::Different,
        _ => relation(&parse(before), &parse(after)),
    }
}

/// Whose clock a timestamp is read by, where its name says so. `timestamp` alone has no zone in the
/// SQL standard and is an instant to Spark, `BigQuery` and `MySQL`: another name is another type.
fn clock(text: &str) -> Option<&'static str> {
    let text = normal(text);
    let (name, _, rest) = split(&text);
    match name {
        "timestamp" if rest.is_empty() => Some("timestamp"),
        "timestamp without time zone" => Some("timestamp"),
        "timestamp_ntz" | "datetime" | "datetime64" => Some("local"),
        "timestamp_ltz" | "timestamp with local time zone" => Some("session"),
        "timestamptz" | "timestamp_tz" | "timestamp with time zone" => Some("zoned"),
        _ => None,
    }
}

fn relation(old: &Type, new: &Type) -> Relation {
    if old == new {
        return Relation::Same;
    }
    match (fits(old, new), fits(new, old)) {
        (true, true) => Relation::Same,
        (true, false) => Relation::Wider,
        (false, true) => Relation::Narrower,
        (false, false) => Relation::Different,
    }
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

/// Whether widening from this type only lengthens text: readers may cut it, none fails.
#[must_use]
pub fn is_text(text: &str) -> bool {
    matches!(parse(text), Type::Text(_) | Type::Binary(_))
}

/// Whether every value of `inner` is a value of `outer`.
pub(crate) fn fits(inner: &Type, outer: &Type) -> bool {
    match (inner, outer) {
        (Type::Text(inner), Type::Text(outer)) | (Type::Binary(inner), Type::Binary(outer)) => {
            outer.is_none_or(|outer| inner.is_some_and(|inner| inner <= outer))
        }
        (
            Type::Integer { bits, signed },
            Type::Integer {
                bits: outer,
                signed: outer_signed,
            },
        ) => match (signed, outer_signed) {
            (true, false) => false,
            (false, true) => bits < outer,
            _ => bits <= outer,
        },
        (Type::Integer { bits, .. }, Type::Decimal { precision, scale }) => {
            precision.saturating_sub(*scale) >= digits(*bits)
        }
        (Type::Integer { bits, .. }, Type::Float(outer)) => {
            *bits < if *outer >= 64 { 53 } else { 24 }
        }
        (
            Type::Decimal { precision, scale },
            Type::Decimal {
                precision: outer,
                scale: outer_scale,
            },
        ) => {
            scale <= outer_scale
                && precision.saturating_sub(*scale) <= outer.saturating_sub(*outer_scale)
        }
        (Type::Float(inner), Type::Float(outer)) => inner <= outer,
        (Type::Time(inner), Type::Time(outer)) => inner <= outer,
        (
            Type::Timestamp { digits, zoned },
            Type::Timestamp {
                digits: outer,
                zoned: outer_zoned,
            },
        ) => zoned == outer_zoned && digits <= outer,
        (Type::List(inner), Type::List(outer)) | (Type::Nullable(inner), Type::Nullable(outer)) => {
            fits(inner, outer)
        }
        (inner, Type::Nullable(outer)) => fits(inner, outer),
        (Type::Enumeration(inner), Type::Enumeration(outer)) => inner.is_subset(outer),
        (Type::Enumeration(_), Type::Text(None)) => true,
        _ => inner == outer,
    }
}

/// Decimal digits that an integer of so many bits may need.
fn digits(bits: u32) -> u64 {
    match bits {
        0..=8 => 3,
        9..=16 => 5,
        17..=32 => 10,
        33..=64 => 20,
        _ => 39,
    }
}

/// The type that a text names.
pub(crate) fn parse(text: &str) -> Type {
    // ClickHouse counts bits where PostgreSQL counts octets; only the case tells them apart.
    if text.trim() == "Int8" {
        return Type::Integer {
            bits: 8,
            signed: true,
        };
    }
    if let Some(nested) = parse_nested(text.trim()) {
        return nested;
    }
    let text = normal(text);
    let (name, parameters, rest) = split(&text);
    let zoned = rest.contains("with time zone")
        || rest.contains("with local time zone")
        || name.contains("with time zone");
    let first = parameters.first().copied();
    let unsigned = name.ends_with(" unsigned") || rest == "unsigned";
    let integer = |bits, signed: bool| Type::Integer {
        bits,
        signed: signed && !unsigned,
    };
    match name
        .trim_end_matches(" unsigned")
        .trim_end_matches(" without time zone")
        .trim_end_matches(" with time zone")
    {
        "varchar" | "char" | "character" | "nchar" | "nvarchar" | "varchar2"
        | "character varying" | "bpchar" | "text" | "string" | "clob" | "utf8" | "fixedstring" => {
            Type::Text(first)
        }
        "binary" | "varbinary" | "bytes" | "bytea" | "blob" | "fixed" => Type::Binary(first),
        "tinyint" | "int8_t" | "byte" | "byteint" => integer(8, true),
        "smallint" | "int2" | "int16" | "short" => integer(16, true),
        "int" | "integer" | "int4" | "int32" | "serial" => integer(32, true),
        "bigint" | "int8" | "int64" | "long" | "bigserial" => integer(64, true),
        "uint8" | "utinyint" => integer(8, false),
        "uint16" | "usmallint" => integer(16, false),
        "uint32" | "uinteger" => integer(32, false),
        "uint64" | "ubigint" => integer(64, false),
        "decimal" | "numeric" | "number" | "dec" | "bignumeric" | "bigdecimal"
            if first.is_some() =>
        {
            Type::Decimal {
                precision: first.unwrap_or_default(),
                scale: parameters.get(1).copied().unwrap_or_default(),
            }
        }
        "int128" | "hugeint" => integer(128, true),
        "uint128" | "uhugeint" => integer(128, false),
        "float" | "real" | "float4" | "float32" => Type::Float(32),
        "double" | "double precision" | "float8" | "float64" => Type::Float(64),
        "time" => Type::Time(first.unwrap_or(6)),
        "timestamp" | "timestamp_ntz" | "datetime" | "datetime64" if !zoned => Type::Timestamp {
            digits: first.unwrap_or(6),
            zoned: false,
        },
        "timestamp" | "timestamptz" | "timestamp_tz" | "timestamp_ltz" => Type::Timestamp {
            digits: first.unwrap_or(6),
            zoned: true,
        },
        _ => Type::Other(text),
    }
}

/// Types made of others: `array<int>`, `Array(Int32)`, `int[]`, `Nullable(String)`, `enum('a','b')`.
fn parse_nested(text: &str) -> Option<Type> {
    if let Some(element) = text.strip_suffix("[]") {
        return Some(Type::List(Box::new(parse(element))));
    }
    let (name, rest) = text.split_once(['(', '<'])?;
    let inside = rest.strip_suffix([')', '>'])?;
    match name.trim().to_ascii_lowercase().as_str() {
        "array" | "list" => Some(Type::List(Box::new(parse(inside)))),
        "nullable" => Some(Type::Nullable(Box::new(parse(inside)))),
        "lowcardinality" => Some(parse(inside)),
        "enum" | "enum8" | "enum16" => Some(Type::Enumeration(
            inside
                .split(',')
                .map(|value| value.trim().to_owned())
                .collect(),
        )),
        _ => None,
    }
}

/// `decimal(10,2) unsigned` into its name, its numbers, and what follows.
fn split(text: &str) -> (&str, Vec<u64>, &str) {
    let Some((name, rest)) = text.split_once('(') else {
        return (text, Vec::new(), "");
    };
    let Some((inside, rest)) = rest.split_once(')') else {
        return (text, Vec::new(), "");
    };
    let numbers: Option<Vec<u64>> = inside
        .split(',')
        .map(|part| part.trim().parse().ok())
        .collect();
    match numbers {
        Some(numbers) => (name.trim(), numbers, rest.trim()),
        None => (text, Vec::new(), ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_decide() {
        for (before, after, expected) in [
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
        ] {
            assert_eq!(physical(before, after), expected, "{before} -> {after}");
        }
    }
}
