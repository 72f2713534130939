//! Literals and identifiers: what stands in SQL text stays inside its quotes.

use chrono::DateTime;
use sqlparser::keywords::ALL_KEYWORDS;

use super::Dialect;
use crate::filter::Literal;

/// `'text'`, for any text that [`is_expressible`].
pub(super) fn string(dialect: Dialect, text: &str) -> String {
    match dialect {
        // A backslash is an ordinary character in a plain literal only while
        // `standard_conforming_strings` is on; the escape form means the same either way.
        Dialect::PostgreSql if text.contains('\\') => {
            format!("E'{}'", text.replace('\\', "\\\\").replace('\'', "''"))
        }
        Dialect::Spark | Dialect::ClickHouse => {
            format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
        }
        _ => format!("'{}'", text.replace('\'', "''")),
    }
}

/// NUL cannot stand in the text of a statement everywhere.
pub(super) fn is_expressible(text: &str) -> bool {
    !text.contains('\0')
}

/// A column; each name is quoted unless it is plain and no keyword of any dialect.
pub(super) fn column(dialect: Dialect, names: &[String]) -> String {
    let mut names = names.iter().map(|name| identifier(dialect, name));
    let first = names.next().unwrap_or_default();
    let rest = names
        .flat_map(|name| [".".to_owned(), name])
        .collect::<String>();
    match dialect {
        // Otherwise the first name would be taken for a table's.
        Dialect::PostgreSql if !rest.is_empty() => format!("({first}){rest}"),
        _ => format!("{first}{rest}"),
    }
}

/// A column as documents name it: the words that a filter is shown in are a filter.
pub(super) fn column_in_words(path: &str) -> String {
    let name = |name: &str| {
        let plain = name.starts_with(|first: char| first.is_alphabetic() || first == '_')
            && name
                .chars()
                .all(|character| character.is_alphanumeric() || character == '_');
        if plain && !is_keyword(name) && name != "principal" {
            name.to_owned()
        } else {
            format!("\"{}\"", name.replace('"', "\"\""))
        }
    };
    path.split('.').map(name).collect::<Vec<_>>().join(".")
}

fn is_keyword(name: &str) -> bool {
    let upper = name.to_ascii_uppercase();
    ALL_KEYWORDS.binary_search(&upper.as_str()).is_ok()
}

fn identifier(dialect: Dialect, name: &str) -> String {
    let plain = name.starts_with(|first: char| first.is_ascii_lowercase() || first == '_')
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    if plain && !is_keyword(name) {
        return name.to_owned();
    }
    match dialect {
        Dialect::Spark => format!("`{}`", name.replace('`', "``")),
        Dialect::ClickHouse => format!("`{}`", name.replace('\\', "\\\\").replace('`', "\\`")),
        _ => format!("\"{}\"", name.replace('"', "\"\"")),
    }
}

/// A literal of a filter. `zoned`: the column it meets has a time zone. None where the dialect
/// has no such literal.
pub(super) fn literal(dialect: Dialect, literal: &Literal, zoned: bool) -> Option<String> {
    match literal {
        Literal::Text(text) => is_expressible(text).then(|| string(dialect, text)),
        Literal::Integer(number) => Some(number.to_string()),
        Literal::Number(number) => Some(decimal(*number)),
        Literal::Boolean(truth) => Some(if *truth { "TRUE" } else { "FALSE" }.to_owned()),
        Literal::Timestamp(micros) => timestamp(dialect, *micros, zoned),
        Literal::Date(days) => {
            let day = DateTime::from_timestamp(i64::from(*days) * 86_400, 0)?;
            Some(format!("DATE '{}'", day.format("%Y-%m-%d")))
        }
    }
}

/// Plain digits: an exponent would make a double of a decimal in some dialects.
fn decimal(number: f64) -> String {
    let text = format!("{number}");
    if text.contains('.') {
        text
    } else {
        format!("{text}.0")
    }
}

fn timestamp(dialect: Dialect, micros: i64, zoned: bool) -> Option<String> {
    let moment = DateTime::from_timestamp_micros(micros)?;
    let text = moment.format("%Y-%m-%d %H:%M:%S%.f");
    match (dialect, zoned) {
        (Dialect::Trino | Dialect::Presto, true) => Some(format!("TIMESTAMP '{text} UTC'")),
        (Dialect::PostgreSql | Dialect::DuckDb, true) => Some(format!("TIMESTAMPTZ '{text}+00'")),
        (Dialect::Trino | Dialect::Presto | Dialect::PostgreSql | Dialect::DuckDb, false) => {
            Some(format!("TIMESTAMP '{text}'"))
        }
        // Their plain literal is read in the session's time zone, which is not ours to know.
        _ => None,
    }
}
