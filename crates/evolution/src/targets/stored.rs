//! How values are stored, and what a change of the stored type is called.

use super::change::Change;
use crate::types::{self, Type};

/// What a physical type says about storage.
#[derive(Debug, Clone, PartialEq)]
enum Stored {
    /// `unknown`, `void`: nulls alone.
    Unknown,
    /// What the type rules know.
    Plain(Type),
    /// Days.
    Date,
    /// `true` and `false`.
    Boolean,
    /// Text of one length.
    Chars(u64),
    /// Binary of one length.
    Fixed(u64),
    /// A decimal without limits, or with those of its engine.
    AnyDecimal,
    /// An integer of Protocol Buffers that is no plain varint.
    Coded(Coding, Type),
    /// Named values.
    Enum(Vec<String>),
    /// Elements.
    List(Box<Stored>),
    /// Any other name.
    Other(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Coding {
    ZigZag,
    Fixed,
}

/// What the change from one physical type to another is; none where both are stored alike.
#[must_use]
pub fn between(before: &str, after: &str) -> Option<Change> {
    turn(&parse(before), &parse(after))
}

fn turn(old: &Stored, new: &Stored) -> Option<Change> {
    use Stored as S;
    if old == new {
        return None;
    }
    Some(match (old, new) {
        (S::Unknown, _) => Change::UnknownBecomesKnown,
        (S::List(old), S::List(new)) => return turn(old, new),
        (S::Enum(old), S::Enum(new)) if old.iter().all(|value| new.contains(value)) => {
            Change::EnumGrows
        }
        (S::Enum(_), S::Enum(_)) => Change::EnumShrinks,
        (S::Chars(old), S::Chars(new)) if old < new => Change::CharLengthens,
        (S::Chars(old), S::Plain(Type::Text(new))) if new.is_none_or(|new| *old <= new) => {
            Change::CharLengthens
        }
        (S::Chars(_), S::Chars(_) | S::Plain(Type::Text(_))) => Change::TextShortens,
        (S::Fixed(_), S::Fixed(_)) => Change::FixedLengthChanges,
        (S::Date, S::Plain(Type::Timestamp { zoned: false, .. })) => Change::DateToTimestamp,
        (S::Boolean, S::Plain(Type::Integer { .. }))
        | (S::Plain(Type::Integer { .. }), S::Boolean) => Change::BooleanInteger,
        // Fixed integers of 32 and of 64 bits take other room on the wire.
        (S::Coded(Coding::Fixed, inner), S::Coded(Coding::Fixed, outer))
            if !same_width(inner, outer) =>
        {
            Change::EncodingChanges
        }
        (S::Coded(old, inner), S::Coded(new, outer)) if old == new => plain(inner, outer),
        (S::Coded(..), S::Coded(..) | S::Plain(Type::Integer { .. }))
        | (S::Plain(Type::Integer { .. }), S::Coded(..)) => Change::EncodingChanges,
        (S::Plain(Type::Decimal { .. }), S::AnyDecimal) => Change::DecimalUnbounds,
        (S::AnyDecimal, S::Plain(Type::Decimal { precision, .. })) if *precision > 38 => {
            Change::DecimalRescales
        }
        (S::Plain(Type::Integer { .. }), S::AnyDecimal) => Change::IntegerToDecimal,
        (S::AnyDecimal, S::Plain(Type::Float(_))) => Change::DecimalToDouble,
        (S::Plain(old), S::Plain(new)) => plain(old, new),
        (
            S::Boolean | S::Date | S::AnyDecimal | S::Coded(..) | S::Enum(_),
            S::Plain(Type::Text(None)),
        ) => Change::ScalarToText,
        _ => Change::TypeReplaced,
    })
}

fn same_width(old: &Type, new: &Type) -> bool {
    match (old, new) {
        (Type::Integer { bits: old, .. }, Type::Integer { bits: new, .. }) => old == new,
        _ => false,
    }
}

fn plain(old: &Type, new: &Type) -> Change {
    use Type as T;
    let widens = types::fits(old, new);
    let narrows = types::fits(new, old);
    match (old, new) {
        (T::Text(_), T::Text(_)) | (T::Binary(_), T::Binary(_)) if widens => Change::TextLengthens,
        (T::Text(_), T::Text(_)) | (T::Binary(_), T::Binary(_)) => Change::TextShortens,
        (T::Text(_), T::Binary(_)) | (T::Binary(_), T::Text(_)) => Change::TextToBytes,
        (T::Integer { .. }, T::Integer { bits, .. }) if widens && *bits <= 32 => {
            Change::SmallToInteger
        }
        (T::Integer { .. }, T::Integer { bits, .. }) if widens && *bits <= 64 => {
            Change::IntegerToLong
        }
        (T::Integer { .. }, T::Integer { .. }) if narrows => Change::NumberNarrows,
        (T::Integer { .. }, T::Integer { .. }) if !widens => Change::SignChanges,
        (T::Integer { .. }, T::Decimal { .. }) if widens => Change::IntegerToDecimal,
        (T::Integer { .. }, T::Float(_)) if widens => Change::IntegerToDouble,
        (T::Integer { .. }, T::Float(_)) => Change::IntegerToFloat,
        (T::Float(_), T::Float(_)) if widens => Change::FloatToDouble,
        (T::Float(_), T::Float(_)) => Change::NumberNarrows,
        (T::Decimal { .. }, T::Float(_)) => Change::DecimalToDouble,
        (T::Decimal { scale, .. }, T::Decimal { scale: new, .. }) if widens && scale == new => {
            Change::DecimalWidens
        }
        (T::Decimal { .. }, T::Decimal { .. }) if widens => Change::DecimalRescales,
        (T::Decimal { scale, .. }, T::Decimal { scale: new, .. }) if narrows && scale == new => {
            Change::DecimalNarrows
        }
        (T::Time(old), T::Time(new)) => digits(*old, *new),
        (
            T::Timestamp { digits: old, zoned },
            T::Timestamp {
                digits: new,
                zoned: new_zone,
            },
        ) if zoned == new_zone => digits(*old, *new),
        (T::Timestamp { .. }, T::Timestamp { .. }) => Change::ZoneChanges,
        (
            T::Integer { .. } | T::Decimal { .. } | T::Float(_) | T::Time(_) | T::Timestamp { .. },
            T::Text(None),
        ) => Change::ScalarToText,
        _ => Change::TypeReplaced,
    }
}

/// Digits of a second: milliseconds are 3, microseconds 6, nanoseconds 9.
fn digits(old: u64, new: u64) -> Change {
    match (old, new) {
        (old, new) if old < new && new > 6 => Change::TimestampToNanos,
        (old, new) if old < new => Change::TimestampRefines,
        (0..=6, _) => Change::TimestampCoarsens,
        _ => Change::TypeReplaced,
    }
}

fn parse(text: &str) -> Stored {
    let text = text.trim();
    let lower = types::normal(text);
    if let Some(inner) = ["Nullable", "LowCardinality"]
        .iter()
        .find_map(|name| wrapped(text, name))
    {
        return parse(inner);
    }
    if let Some(element) = element(text) {
        return Stored::List(Box::new(parse(element)));
    }
    if let Some(values) = symbols(text) {
        return Stored::Enum(values);
    }
    let (name, number) = name_and_number(&lower);
    match (name, number) {
        ("unknown" | "void" | "null", None) => Stored::Unknown,
        ("boolean" | "bool", None) => Stored::Boolean,
        ("date" | "date32", None) => Stored::Date,
        ("char" | "character" | "nchar" | "bpchar" | "fixedstring", Some(length)) => {
            Stored::Chars(length)
        }
        ("fixed" | "binary", Some(length)) => Stored::Fixed(length),
        ("sint32" | "sint64", None) => Stored::Coded(Coding::ZigZag, integer(name, true)),
        ("sfixed32" | "sfixed64", None) => Stored::Coded(Coding::Fixed, integer(name, true)),
        ("fixed32" | "fixed64", None) => Stored::Coded(Coding::Fixed, integer(name, false)),
        ("numeric" | "decimal" | "number" | "dec", None) => Stored::AnyDecimal,
        ("bignumeric" | "bigdecimal", None) => decimal(76, 38),
        ("decimal32", Some(scale)) => decimal(9, scale),
        ("decimal64", Some(scale)) => decimal(18, scale),
        ("decimal128", Some(scale)) => decimal(38, scale),
        _ => in_one_dialect(text, name, number).unwrap_or_else(|| match types::parse(text) {
            Type::Other(name) => Stored::Other(name),
            known => Stored::Plain(known),
        }),
    }
}

/// Spellings that mean one thing in one system alone.
fn in_one_dialect(text: &str, name: &str, number: Option<u64>) -> Option<Stored> {
    let timestamp = |digits, zoned| Some(Stored::Plain(Type::Timestamp { digits, zoned }));
    // ClickHouse minds case; elsewhere `int8` has eight octets, not bits.
    match text {
        "Int8" => {
            return Some(Stored::Plain(Type::Integer {
                bits: 8,
                signed: true,
            }));
        }
        "DateTime" => return timestamp(0, false),
        _ => {}
    }
    match name {
        "datetime64" => timestamp(number.unwrap_or(3), false),
        "timestamp_s" => timestamp(0, false),
        "timestamp_ms" | "local-timestamp-millis" => timestamp(3, false),
        "local-timestamp-micros" => timestamp(6, false),
        "timestamp_ns" | "local-timestamp-nanos" => timestamp(9, false),
        "timestamp-millis" => timestamp(3, true),
        "timestamp-micros" => timestamp(6, true),
        "timestamptz_ns" | "timestamp-nanos" => timestamp(9, true),
        _ => None,
    }
}

fn integer(name: &str, signed: bool) -> Type {
    let bits = if name.ends_with("64") { 64 } else { 32 };
    Type::Integer { bits, signed }
}

fn decimal(precision: u64, scale: u64) -> Stored {
    Stored::Plain(Type::Decimal { precision, scale })
}

/// `char(3)` into `char` and 3; `fixed[16]` and `struct<…>` into their names.
fn name_and_number(text: &str) -> (&str, Option<u64>) {
    let end = text.find(['(', '[', '<']).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    let digits = rest
        .trim_start_matches(['(', '['])
        .split([',', ')', ']'])
        .next();
    (
        name.trim(),
        digits.and_then(|digits| digits.trim().parse().ok()),
    )
}

/// The element type of `array<T>`, `list<T>`, `Array(T)` or `T[]`.
fn element(text: &str) -> Option<&str> {
    ["array", "list"]
        .iter()
        .find_map(|name| wrapped(text, name))
        .or_else(|| text.strip_suffix("[]"))
}

/// What stands between the brackets after `name`, in any case.
fn wrapped<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let head = text.get(..name.len())?;
    let rest = text.get(name.len()..)?.trim();
    if !head.eq_ignore_ascii_case(name) {
        return None;
    }
    let inner = |open, close| rest.strip_prefix(open)?.strip_suffix(close);
    inner('(', ')').or_else(|| inner('<', '>')).map(str::trim)
}

/// The names in `Enum8('a' = 1, 'b' = 2)` and `enum('a', 'b')`.
fn symbols(text: &str) -> Option<Vec<String>> {
    let inner = ["enum8", "enum16", "enum"]
        .iter()
        .find_map(|name| wrapped(text, name))?;
    // Every other piece between quotes is a name.
    Some(
        inner
            .split('\'')
            .skip(1)
            .step_by(2)
            .map(str::to_owned)
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_called_by_what_happens_to_the_bytes() {
        use Change as C;
        for (before, after, expected) in [
            ("int", "INTEGER", None),
            ("smallint", "int", Some(C::SmallToInteger)),
            ("Int8", "Int16", Some(C::SmallToInteger)),
            ("int", "bigint", Some(C::IntegerToLong)),
            ("bigint", "int", Some(C::NumberNarrows)),
            ("int32", "uint32", Some(C::SignChanges)),
            ("uint32", "int64", Some(C::IntegerToLong)),
            ("int64", "int128", Some(C::TypeReplaced)),
            ("int32", "sint32", Some(C::EncodingChanges)),
            ("sint32", "sint64", Some(C::IntegerToLong)),
            ("fixed32", "sfixed32", Some(C::SignChanges)),
            ("fixed32", "fixed64", Some(C::EncodingChanges)),
            ("int", "decimal(10,0)", Some(C::IntegerToDecimal)),
            ("int", "decimal(9,0)", Some(C::TypeReplaced)),
            ("bigint", "decimal(20)", Some(C::IntegerToDecimal)),
            ("int", "double", Some(C::IntegerToDouble)),
            ("bigint", "double", Some(C::IntegerToFloat)),
            ("real", "double precision", Some(C::FloatToDouble)),
            ("double", "float", Some(C::NumberNarrows)),
            ("decimal(10,2)", "decimal(12,2)", Some(C::DecimalWidens)),
            ("decimal(10,2)", "decimal(12,4)", Some(C::DecimalRescales)),
            ("decimal(10,2)", "decimal(10,4)", Some(C::TypeReplaced)),
            ("decimal(12,2)", "decimal(10,2)", Some(C::DecimalNarrows)),
            ("numeric(10,2)", "numeric", Some(C::DecimalUnbounds)),
            ("NUMERIC", "BIGNUMERIC", Some(C::DecimalRescales)),
            ("decimal(10,2)", "double", Some(C::DecimalToDouble)),
            ("varchar(18)", "varchar(36)", Some(C::TextLengthens)),
            ("varchar(18)", "text", Some(C::TextLengthens)),
            ("varchar(36)", "varchar(18)", Some(C::TextShortens)),
            ("char(2)", "char(3)", Some(C::CharLengthens)),
            ("fixed[16]", "fixed[20]", Some(C::FixedLengthChanges)),
            ("string", "bytes", Some(C::TextToBytes)),
            ("int", "string", Some(C::ScalarToText)),
            ("date", "text", Some(C::ScalarToText)),
            ("date", "timestamp", Some(C::DateToTimestamp)),
            ("date", "timestamptz", Some(C::TypeReplaced)),
            ("timestamp(3)", "timestamp(6)", Some(C::TimestampRefines)),
            (
                "timestamp-millis",
                "timestamp-micros",
                Some(C::TimestampRefines),
            ),
            ("timestamp(6)", "timestamp_ns", Some(C::TimestampToNanos)),
            ("timestamp(6)", "timestamp(3)", Some(C::TimestampCoarsens)),
            ("timestamp(9)", "timestamp(6)", Some(C::TypeReplaced)),
            ("timestamp", "timestamptz", Some(C::ZoneChanges)),
            ("boolean", "int32", Some(C::BooleanInteger)),
            ("unknown", "string", Some(C::UnknownBecomesKnown)),
            ("array<int>", "array<bigint>", Some(C::IntegerToLong)),
            (
                "Array(Nullable(UInt8))",
                "Array(UInt16)",
                Some(C::SmallToInteger),
            ),
            ("text[]", "text", Some(C::TypeReplaced)),
            ("row(a int)", "ROW(a INT)", None),
            ("row(a int)", "ROW(a bigint)", Some(C::TypeReplaced)),
            ("object", "map", Some(C::TypeReplaced)),
            (
                "Enum8('a' = 1)",
                "Enum8('a' = 1, 'b' = 2)",
                Some(C::EnumGrows),
            ),
            ("enum('a','b')", "enum('a')", Some(C::EnumShrinks)),
            ("uuid", "UUID", None),
            ("uuid", "inet", Some(C::TypeReplaced)),
        ] {
            assert_eq!(between(before, after), expected, "{before} -> {after}");
        }
    }
}
