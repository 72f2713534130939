//! How the names of types are read: what all systems agree on, and what each dialect means by a
//! name that others use for something else.

use super::stored::{Coding, Growth, Stored};
use crate::types::{self, Clock, DEEPEST, Made, Part, Shape, Type};

/// Whose words physical types are in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// Those of formats, and of engines that deviate nowhere.
    Common,
    /// Apache Spark's, and so those of Delta tables: `timestamp` is an instant.
    Spark,
    /// PostgreSQL's: `float` has eight octets, and an array is a type of its own.
    PostgreSql,
    /// ClickHouse's: `Nullable` and `LowCardinality` are part of the type.
    ClickHouse,
    /// `BigQuery`'s: there is one integer and one floating-point type, and `timestamp` has a zone.
    BigQuery,
    /// Snowflake's: every integer is a `NUMBER(38, 0)`.
    Snowflake,
    /// Trino's.
    Trino,
    /// Amazon Redshift's: `text` has 256 octets, `float` eight.
    Redshift,
}

/// What a physical type says about storage.
pub(super) fn read(text: &str, dialect: Dialect) -> Stored {
    within(text.trim(), dialect, DEEPEST)
}

/// What a physical type says, so many types within each other at most.
fn within(text: &str, dialect: Dialect, levels: u32) -> Stored {
    let Some(made) = types::made(text) else {
        return alone(text, dialect);
    };
    let Some(levels) = levels.checked_sub(1) else {
        return Stored::Other(types::normal(text));
    };
    let inner = |text: &str| within(text.trim(), dialect, levels);
    // Elsewhere these two say how ClickHouse stores what another system holds.
    let kept = dialect == Dialect::ClickHouse;
    match made {
        Made::Nullable(text) if kept => Stored::Nullable(Box::new(inner(text))),
        Made::Dictionary(text) if kept => Stored::Dictionary(Box::new(inner(text))),
        Made::Nullable(text) | Made::Dictionary(text) => inner(text),
        Made::Enum(bits, symbols) => Stored::Enum(bits, symbols),
        Made::Parts(shape, parts) => {
            let parts = parts.into_iter().map(|part| part.map(inner)).collect();
            of_parts(shape, parts, dialect)
        }
    }
}

/// Whether the parts of a type change one by one, or the type as a whole.
fn of_parts(shape: Shape, parts: Vec<Part<Stored>>, dialect: Dialect) -> Stored {
    match (dialect, shape) {
        (Dialect::BigQuery, Shape::List) => Stored::Whole(shape, parts, Growth::Fields),
        (Dialect::ClickHouse, Shape::List) => Stored::Made(shape, parts),
        // Snowflake evolves structured types in the Iceberg tables that it manages, and in no other.
        (Dialect::PostgreSql | Dialect::ClickHouse | Dialect::Snowflake, _) => {
            Stored::Whole(shape, parts, Growth::None)
        }
        _ => Stored::Made(shape, parts),
    }
}

/// A type that is made of no other.
fn alone(text: &str, dialect: Dialect) -> Stored {
    let lower = types::normal(text);
    let (name, number) = name_and_number(&lower);
    let known = in_one_dialect(name, number, &lower, dialect)
        .or_else(|| in_one_system(text, name, number))
        .unwrap_or_else(|| common(text, name, number));
    stored_by(known, dialect)
}

fn common(text: &str, name: &str, number: Option<u64>) -> Stored {
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
        ("decimal256", Some(scale)) => decimal(76, scale),
        _ => match types::parse(text) {
            Type::Other(name) => Stored::Other(name),
            Type::AnyDecimal => Stored::AnyDecimal,
            Type::Timestamp { digits, clock } => timestamp(digits, clock.is_zoned()),
            known => Stored::Plain(known),
        },
    }
}

/// Spellings that mean one thing wherever they are met, though one system alone has them.
fn in_one_system(text: &str, name: &str, number: Option<u64>) -> Option<Stored> {
    // ClickHouse minds case; elsewhere `int8` has eight octets, not bits.
    match text {
        "Int8" => return Some(plain_integer(8)),
        "DateTime" => return Some(timestamp(0, false)),
        _ => {}
    }
    Some(match name {
        "datetime64" => timestamp(number.unwrap_or(3), false),
        "timestamp_s" => timestamp(0, false),
        "timestamp_ms" | "local-timestamp-millis" => timestamp(3, false),
        "local-timestamp-micros" => timestamp(6, false),
        "timestamp_ns" | "local-timestamp-nanos" => timestamp(9, false),
        "timestamp-millis" => timestamp(3, true),
        "timestamp-micros" => timestamp(6, true),
        "timestamptz_ns" | "timestamp-nanos" => timestamp(9, true),
        _ => return None,
    })
}

/// Names that the dialect uses otherwise than the rest.
fn in_one_dialect(name: &str, number: Option<u64>, text: &str, dialect: Dialect) -> Option<Stored> {
    Some(match (dialect, name) {
        (Dialect::Spark, "timestamp") if text == name => Stored::Instant,
        (Dialect::Spark | Dialect::Snowflake, "timestamp_ltz") => Stored::Instant,
        (Dialect::BigQuery, "timestamp") if text == name => timestamp(6, true),
        (Dialect::PostgreSql | Dialect::Redshift, "float") => {
            Stored::Plain(Type::Float(if number.unwrap_or(53) > 24 { 64 } else { 32 }))
        }
        // Binary coercible: `ALTER TABLE` leaves them as they are.
        (Dialect::PostgreSql, "cidr") => Stored::Coercible("cidr", "inet"),
        (Dialect::PostgreSql, "xml") => Stored::Coercible("xml", "text"),
        (Dialect::ClickHouse, "date32") => Stored::Other(name.to_owned()),
        // An alias of `String`; the length is ignored.
        (Dialect::ClickHouse, "char" | "character" | "nchar") => Stored::Plain(Type::Text(None)),
        // The zone of a column is how it is shown, not how it is stored.
        (Dialect::ClickHouse, "datetime") => timestamp(0, false),
        (Dialect::Snowflake, "char" | "character" | "nchar") => {
            Stored::Plain(Type::Text(Some(number.unwrap_or(1))))
        }
        (Dialect::Snowflake, "binary") => Stored::Plain(Type::Binary(number)),
        (Dialect::Snowflake, "timestamp" | "timestamp_ntz" | "datetime") if number.is_none() => {
            timestamp(9, false)
        }
        (Dialect::Snowflake, "timestamp_tz") if number.is_none() => timestamp(9, true),
        (Dialect::Snowflake, "time") if number.is_none() => Stored::Plain(Type::Time(9)),
        (Dialect::Trino, "timestamp") if text == name => timestamp(3, false),
        (Dialect::Redshift, "varchar" | "character varying" | "nvarchar" | "text") => {
            let longest = text.ends_with("(max)").then_some(65_535);
            Stored::Plain(Type::Text(longest.or(number).or(Some(256))))
        }
        _ => return None,
    })
}

/// What the engine stores of what a name means.
fn stored_by(stored: Stored, dialect: Dialect) -> Stored {
    use Stored as S;
    match (dialect, stored) {
        (Dialect::BigQuery, S::Plain(Type::Integer { bits, signed })) if signed || bits < 64 => {
            plain_integer(64)
        }
        (Dialect::BigQuery, S::AnyDecimal) => decimal(38, 9),
        (Dialect::Snowflake, S::Plain(Type::Integer { .. }) | S::AnyDecimal)
        | (Dialect::Trino, S::AnyDecimal) => decimal(38, 0),
        (Dialect::Spark | Dialect::ClickHouse, S::AnyDecimal) => decimal(10, 0),
        (Dialect::Redshift, S::AnyDecimal) => decimal(18, 0),
        (Dialect::BigQuery | Dialect::Snowflake, S::Plain(Type::Float(_))) => {
            S::Plain(Type::Float(64))
        }
        // What is meant where no length is given; the longest that may be asked for is eight times that.
        (Dialect::Snowflake, S::Plain(Type::Text(None))) => S::Plain(Type::Text(Some(16_777_216))),
        (Dialect::Snowflake, S::Plain(Type::Binary(None))) => {
            S::Plain(Type::Binary(Some(8_388_608)))
        }
        (_, stored) => stored,
    }
}

fn plain_integer(bits: u32) -> Stored {
    Stored::Plain(Type::Integer { bits, signed: true })
}

fn timestamp(digits: u64, zoned: bool) -> Stored {
    let clock = if zoned { Clock::Zoned } else { Clock::Engine };
    Stored::Plain(Type::Timestamp { digits, clock })
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
