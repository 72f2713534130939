//! How values are stored, and what a change of the stored type is called.

use super::change::Change;
use super::spelling::{Dialect, read};
use crate::types::{self, Part, Shape, Symbol, Type};

/// What a physical type says about storage.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Stored {
    /// `unknown`, `void`: nulls alone.
    Unknown,
    /// What the type rules know.
    Plain(Type),
    /// Days.
    Date,
    /// A point in time, in the one precision that the engine has for it.
    Instant,
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
    /// Named values, and the bits of their numbers where the type says so.
    Enum(u32, Vec<Symbol>),
    /// Parts, which change as if they stood alone.
    Made(Shape, Vec<Part<Stored>>),
    /// Parts of a type that changes as a whole, but may gain fields where the engine adds them.
    Whole(Shape, Vec<Part<Stored>>, Growth),
    /// Values with a mask of nulls beside them.
    Nullable(Box<Stored>),
    /// Values kept once, and referred to.
    Dictionary(Box<Stored>),
    /// A type whose values are those of another, octet by octet.
    Coercible(&'static str, &'static str),
    /// Any other name.
    Other(String),
}

/// Whether fields may be added within a type that else changes as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Growth {
    None,
    Fields,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Coding {
    ZigZag,
    Fixed,
}

/// The change from one stored type to another as a whole; none where both are stored alike.
pub(super) fn turn(old: &Stored, new: &Stored) -> Option<Change> {
    use Stored as S;
    Some(match (old, new) {
        (S::Coercible(_, to), new) if read(to, Dialect::Common) == *new => return None,
        (S::Unknown, _) => Change::UnknownBecomesKnown,
        (S::Nullable(old), new) if **old == *new => Change::Require,
        (old, S::Nullable(new)) if *old == **new => Change::Relax,
        (S::Enum(old_width, old), S::Enum(width, new)) if old_width == width => symbols(old, new),
        (S::Chars(old), S::Chars(new)) if old < new => Change::CharLengthens,
        (S::Chars(old), S::Plain(Type::Text(new))) if new.is_none_or(|new| *old <= new) => {
            Change::CharLengthens
        }
        (S::Chars(_), S::Chars(_) | S::Plain(Type::Text(_))) => Change::TextShortens,
        (S::Fixed(_), S::Fixed(_)) => Change::FixedLengthChanges,
        (S::Date, S::Plain(Type::Timestamp { clock, .. })) if !clock.is_zoned() => {
            Change::DateToTimestamp
        }
        (S::Instant, S::Plain(Type::Timestamp { .. }))
        | (S::Plain(Type::Timestamp { .. }), S::Instant) => Change::ZoneChanges,
        (S::Boolean, S::Plain(Type::Integer { .. }))
        | (S::Plain(Type::Integer { .. }), S::Boolean) => Change::BooleanInteger,
        (S::Enum(..), S::Plain(Type::Integer { .. }))
        | (S::Plain(Type::Integer { .. }), S::Enum(..)) => Change::EnumInteger,
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
        (S::Plain(Type::Integer { .. }), S::AnyDecimal) => Change::IntegerToDecimal,
        (S::AnyDecimal, S::Plain(Type::Float(_))) => Change::DecimalToDouble,
        (S::Plain(old), S::Plain(new)) => plain(old, new),
        (S::Boolean | S::AnyDecimal | S::Coded(..), S::Plain(Type::Text(None))) => {
            Change::ScalarToText
        }
        (S::Date | S::Instant, S::Plain(Type::Text(None))) => Change::DateToText,
        (S::Enum(_, symbols), S::Plain(Type::Text(length))) if hold(*length, symbols) => {
            Change::EnumToText
        }
        _ => Change::TypeReplaced,
    })
}

/// Whether text of that length holds every symbol.
fn hold(length: Option<u64>, symbols: &[Symbol]) -> bool {
    let longest = symbols.iter().map(|symbol| symbol.name.chars().count());
    let longest = longest.max().unwrap_or_default();
    length.is_none_or(|length| u64::try_from(longest).is_ok_and(|longest| longest <= length))
}

fn symbols(old: &[Symbol], new: &[Symbol]) -> Change {
    let has = |symbol: &Symbol| new.iter().any(|other| other.name == symbol.name);
    if !old.iter().all(has) {
        Change::EnumShrinks
    } else if old.iter().all(|symbol| new.contains(symbol)) {
        Change::EnumGrows
    } else {
        // A number that was one symbol's is another's.
        Change::TypeReplaced
    }
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
        (T::Text(_), T::Binary(_)) => Change::TextToBytes,
        (T::Binary(_), T::Text(_)) => Change::BytesToText,
        (T::Integer { .. }, T::Integer { bits, .. }) if widens && *bits <= 32 => {
            Change::SmallToInteger
        }
        (T::Integer { .. }, T::Integer { bits, .. }) if widens && *bits <= 64 => {
            Change::IntegerToLong
        }
        (T::Integer { .. }, T::Integer { .. }) if narrows => Change::NumberNarrows,
        (T::Integer { .. }, T::Integer { .. }) if !widens => Change::SignChanges,
        (T::Integer { bits, .. }, T::Decimal { precision, scale })
            if precision.saturating_sub(*scale) >= integer_digits(*bits) =>
        {
            Change::IntegerToDecimal
        }
        (T::Integer { .. }, T::Float(bits)) if *bits < 64 => Change::IntegerToFloat,
        (T::Integer { .. }, T::Float(_)) if widens => Change::IntegerToDouble,
        (T::Integer { .. }, T::Float(_)) => Change::LongToDouble,
        (T::Float(_), T::Float(_)) if widens => Change::FloatToDouble,
        (T::Float(_), T::Float(_)) => Change::DoubleToFloat,
        (T::Decimal { .. }, T::Float(_)) => Change::DecimalToDouble,
        (T::Decimal { scale, .. }, T::Decimal { scale: new, .. }) if widens && scale == new => {
            Change::DecimalWidens
        }
        (T::Decimal { .. }, T::Decimal { .. }) if widens => Change::DecimalRescales,
        (T::Decimal { scale, .. }, T::Decimal { scale: new, .. }) if narrows && scale == new => {
            Change::DecimalNarrows
        }
        (T::Integer { .. } | T::Decimal { .. }, T::Text(None)) => Change::ScalarToText,
        (T::Time(_) | T::Timestamp { .. }, T::Text(None)) => Change::DateToText,
        _ => moments(old, new),
    }
}

/// Changes of times and timestamps.
fn moments(old: &Type, new: &Type) -> Change {
    match (old, new) {
        (Type::Time(old), Type::Time(new)) => digits(*old, *new),
        (
            Type::Timestamp { digits: old, clock },
            Type::Timestamp {
                digits: new,
                clock: other,
            },
        ) if clock.is_zoned() == other.is_zoned() => digits(*old, *new),
        // Values that are cut to fewer digits are other values.
        (Type::Timestamp { .. }, Type::Timestamp { digits, .. }) if *digits < 6 => {
            Change::TypeReplaced
        }
        (Type::Timestamp { .. }, Type::Timestamp { .. }) => Change::ZoneChanges,
        _ => Change::TypeReplaced,
    }
}

/// The digits that formats give an integer before the point: those of 32 bits, or of 64 unsigned.
fn integer_digits(bits: u32) -> u64 {
    match bits {
        0..=32 => 10,
        33..=64 => 20,
        _ => 39,
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

#[cfg(test)]
mod tests {
    use Change as C;

    use super::super::turns;
    use super::*;

    #[test]
    fn changes_are_called_by_what_happens_to_the_bytes() {
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
            ("bigint", "double", Some(C::LongToDouble)),
            ("smallint", "real", Some(C::IntegerToFloat)),
            ("smallint", "decimal(5,0)", Some(C::TypeReplaced)),
            ("real", "double precision", Some(C::FloatToDouble)),
            ("double", "float", Some(C::DoubleToFloat)),
            ("decimal(10,2)", "decimal(12,2)", Some(C::DecimalWidens)),
            ("decimal(10,2)", "decimal(12,4)", Some(C::DecimalRescales)),
            ("decimal(10,2)", "decimal(10,4)", Some(C::TypeReplaced)),
            ("decimal(12,2)", "decimal(10,2)", Some(C::DecimalNarrows)),
            ("numeric(10,2)", "numeric", Some(C::DecimalUnbounds)),
            ("decimal(10,2)", "double", Some(C::DecimalToDouble)),
            ("varchar(18)", "varchar(36)", Some(C::TextLengthens)),
            ("varchar(18)", "text", Some(C::TextLengthens)),
            ("varchar(36)", "varchar(18)", Some(C::TextShortens)),
            ("char(2)", "char(3)", Some(C::CharLengthens)),
            ("fixed[16]", "fixed[20]", Some(C::FixedLengthChanges)),
            ("string", "bytes", Some(C::TextToBytes)),
            ("bytes", "string", Some(C::BytesToText)),
            ("int", "string", Some(C::ScalarToText)),
            ("date", "text", Some(C::DateToText)),
            ("timestamp", "string", Some(C::DateToText)),
            ("double", "string", Some(C::TypeReplaced)),
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
            ("timestamp(3)", "timestamptz(3)", Some(C::TypeReplaced)),
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
            ("row(a int)", "ROW(a bigint)", Some(C::IntegerToLong)),
            ("row(a int)", "map(int,int)", Some(C::TypeReplaced)),
            ("row(int, int)", "row(int)", Some(C::TypeReplaced)),
            ("object", "map", Some(C::TypeReplaced)),
            (
                "Enum8('a' = 1)",
                "Enum8('a' = 1, 'b' = 2)",
                Some(C::EnumGrows),
            ),
            ("enum('a','b')", "enum('a')", Some(C::EnumShrinks)),
            ("Enum8('a' = 1)", "Enum16('a' = 1)", Some(C::TypeReplaced)),
            (
                "Enum8('a' = 1, 'b' = 2)",
                "Enum8('a' = 2, 'b' = 1)",
                Some(C::TypeReplaced),
            ),
            ("enum('a')", "string", Some(C::EnumToText)),
            ("enum('a')", "int32", Some(C::EnumInteger)),
            ("uuid", "UUID", None),
            ("uuid", "inet", Some(C::TypeReplaced)),
        ] {
            let changes: Vec<Change> = turns::between(before, after, Dialect::Common)
                .iter()
                .map(|turn| turn.change)
                .collect();
            assert_eq!(changes, Vec::from_iter(expected), "{before} -> {after}");
        }
    }
}
