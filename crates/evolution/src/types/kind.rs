//! What a physical type can hold, and how its name is read.

use super::syntax::{self, DEEPEST, Made, Part, Shape, Symbol};

/// What a physical type can hold, as far as it is known.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Type {
    Text(Option<u64>),
    Binary(Option<u64>),
    Integer {
        bits: u32,
        signed: bool,
    },
    Decimal {
        precision: u64,
        scale: u64,
    },
    /// A decimal without limits.
    AnyDecimal,
    Float(u32),
    Time(u64),
    Timestamp {
        digits: u64,
        clock: Clock,
    },
    Made(Shape, Vec<Part<Type>>),
    Nullable(Box<Type>),
    Enumeration(Vec<Symbol>),
    Other(String),
}

/// Whose clock a timestamp is read by, as its name says. `timestamp` alone has no zone in the SQL
/// standard and is an instant to Spark, `BigQuery` and `MySQL`: another name is another type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Clock {
    /// The engine's word decides.
    Engine,
    Local,
    Session,
    Zoned,
}

impl Clock {
    /// Whether a value is an instant, as far as the name tells.
    pub(crate) fn is_zoned(self) -> bool {
        matches!(self, Self::Session | Self::Zoned)
    }
}

/// The type without what spelling may vary: case and blanks outside quotes.
#[must_use]
pub fn normal(text: &str) -> String {
    let mut normal = String::with_capacity(text.len());
    let (mut blank, mut end) = (false, 0);
    for (at, letter) in syntax::unquoted(text) {
        // What `unquoted` skips stands in quotes, and stays as it is.
        normal.push_str(text.get(end..at).unwrap_or_default());
        end = at + letter.len_utf8();
        if letter.is_whitespace() {
            blank = true;
            continue;
        }
        let after_bracket = normal.ends_with(['(', '<', '[', ',', ':']);
        let before_bracket = matches!(letter, '(' | ')' | '<' | '>' | '[' | ']' | ',' | ':');
        if blank && !normal.is_empty() && !after_bracket && !before_bracket {
            normal.push(' ');
        }
        blank = false;
        normal.push(letter.to_ascii_lowercase());
    }
    normal.push_str(text.get(end..).unwrap_or_default());
    normal
}

/// The type that a text names.
pub(crate) fn parse(text: &str) -> Type {
    within(text.trim(), DEEPEST)
}

/// The type that a text names, so many types within each other at most.
fn within(text: &str, levels: u32) -> Type {
    // ClickHouse counts bits where PostgreSQL counts octets; only the case tells them apart.
    if text == "Int8" {
        return Type::Integer {
            bits: 8,
            signed: true,
        };
    }
    let Some(made) = syntax::made(text) else {
        return alone(&normal(text));
    };
    let Some(levels) = levels.checked_sub(1) else {
        return Type::Other(normal(text));
    };
    let inner = |text: &str| within(text.trim(), levels);
    match made {
        Made::Parts(shape, parts) => {
            let parts = parts.into_iter().map(|part| part.map(inner));
            Type::Made(shape, parts.collect())
        }
        Made::Nullable(text) => Type::Nullable(Box::new(inner(text))),
        Made::Dictionary(text) => inner(text),
        Made::Enum(_, mut symbols) => {
            symbols.sort();
            Type::Enumeration(symbols)
        }
    }
}

/// A type that is made of no other.
fn alone(text: &str) -> Type {
    let (name, parameters, rest) = split(text);
    let first = parameters.first().copied();
    let unsigned = name.ends_with(" unsigned") || rest == "unsigned";
    let integer = |bits, signed: bool| Type::Integer {
        bits,
        signed: signed && !unsigned,
    };
    match name.trim_end_matches(" unsigned") {
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
        "int128" | "hugeint" => integer(128, true),
        "uint128" | "uhugeint" => integer(128, false),
        "decimal" | "numeric" | "number" | "dec" | "bignumeric" | "bigdecimal" => {
            decimal(name, &parameters)
        }
        "float" | "real" | "float4" | "float32" => Type::Float(32),
        "double" | "double precision" | "float8" | "float64" => Type::Float(64),
        "time" | "time without time zone" if rest != "with time zone" => {
            Type::Time(first.unwrap_or(6))
        }
        name => moment(name, first, rest).unwrap_or_else(|| Type::Other(text.to_owned())),
    }
}

/// A scale that is not given is none. Without parameters, `number` is Snowflake's, `bignumeric` is
/// `BigQuery`'s, and the standard's `numeric` has no limits in PostgreSQL.
fn decimal(name: &str, parameters: &[u64]) -> Type {
    match (name, parameters) {
        (_, [precision, rest @ ..]) => Type::Decimal {
            precision: *precision,
            scale: rest.first().copied().unwrap_or_default(),
        },
        ("number", []) => Type::Decimal {
            precision: 38,
            scale: 0,
        },
        ("bignumeric" | "bigdecimal", []) => Type::Decimal {
            precision: 76,
            scale: 38,
        },
        (_, []) => Type::AnyDecimal,
    }
}

fn moment(name: &str, digits: Option<u64>, rest: &str) -> Option<Type> {
    let (name, suffix) = match name.split_once(' ') {
        Some((name, suffix)) => (name, suffix),
        None => (name, rest),
    };
    let clock = match (name, suffix) {
        ("timestamp", "" | "without time zone") => Clock::Engine,
        ("timestamp_ntz" | "datetime" | "datetime64", "") => Clock::Local,
        ("timestamp_ltz", "") | ("timestamp", "with local time zone") => Clock::Session,
        ("timestamptz" | "timestamp_tz", "") | ("timestamp", "with time zone") => Clock::Zoned,
        _ => return None,
    };
    Some(Type::Timestamp {
        digits: digits.unwrap_or(6),
        clock,
    })
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
