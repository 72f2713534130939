//! ## What it does
//! Reads the `query` of quality rules of type `sql`, placeholders and all, and looks for those that no
//! dialect of SQL reads. Calls of procedures, queries from a template, very long ones and very deep ones
//! are not looked at.
//!
//! ## Why it matters
//! A query that can't be parsed is a check that never ran. Until somebody asks, its silence looks like
//! good data.
//!
//! ## Example
//! ```yaml
//! quality:
//!   - {type: sql, query: select count(*) form queries where latency < 0, mustBe: 0}
//! ```
//!
//! ## How to fix
//! Correct the query at the place the finding names.

use sqlparser::dialect::{
    BigQueryDialect, ClickHouseDialect, DatabricksDialect, Dialect, DuckDbDialect, GenericDialect,
    HiveDialect, MsSqlDialect, MySqlDialect, OracleDialect, PostgreSqlDialect, SnowflakeDialect,
    SparkSqlDialect,
};
use sqlparser::parser::{Parser, ParserError};
use sqlparser::tokenizer::Token;
use zonecut_diagnostics::{LintSeverity, Span};

use super::nodes::{objects, rules, text};
use super::rule::{Check, Report, Rule};
use crate::model::Contract;
use crate::node::Node;
use crate::spelling::{quoted, slip_of};

pub(super) static RULE: Rule = Rule {
    name: "sql-invalid",
    since: "0.1.0",
    severity: LintSeverity::Warning,
    check: Check::Contract(check),
};

/// The longest query that is read, in bytes.
const LONGEST: usize = 4 * 1024;
/// The deepest query that is read, in brackets within each other, and the most joins of one: a parser
/// that tries one meaning after the other takes twice as long for each, and goes one call deeper.
const DEEPEST: usize = 8;
const MOST_JOINS: usize = 16;
/// What all readings of one document may cost together, in bytes, and what each costs at least.
const TOGETHER: usize = 64 * 1024;
const EACH: usize = 32;
/// The largest document of which a place within a query is looked up, in bytes.
const LOOKED_UP: usize = 256 * 1024;

fn check(contract: &Contract, report: &mut Report<'_>) {
    let mut left = TOGETHER;
    for (path, element) in objects(contract).into_iter().flatten() {
        for (path, rule) in rules(&path, element) {
            let query = text(rule, "query").filter(|_| is_sql(rule));
            let filled = query.and_then(|(query, node)| Some((query, filled(query)?, node)));
            let Some((query, sql, node)) = filled else {
                continue;
            };
            let Some(flaw) = flaw(&sql, &mut left) else {
                continue;
            };
            if report.is_full() {
                report.leave();
                continue;
            }
            let text = &contract.document.text;
            let place = flaw.place.filter(|_| text.len() <= LOOKED_UP);
            report.add(
                place.map_or(node.span, |place| within(text, node, query, place)),
                path,
                query,
                format!("the query can't be parsed: {}", flaw.message),
                "correct the query",
            );
        }
    }
}

fn is_sql(rule: &Node) -> bool {
    text(rule, "type").is_some_and(|(kind, _)| kind == "sql")
}

/// Whether a query is of the kind that is read.
fn is_read(query: &str) -> bool {
    let from_template = query.contains("{%") || query.contains("{{");
    let joins = query.to_ascii_lowercase().matches("join").count();
    query.len() <= LONGEST
        && is_query(query)
        && !from_template
        && depth(query) <= DEEPEST
        && joins <= MOST_JOINS
}

/// Whether it begins as a query does, or is meant to: procedures and the like are everybody's own.
fn is_query(text: &str) -> bool {
    let mut rest = text.trim_start();
    loop {
        let comment = match rest.get(..2) {
            Some("--") => rest.split_once('\n'),
            Some("/*") => rest.split_once("*/"),
            _ => break,
        };
        rest = comment.map_or("", |(_, after)| after.trim_start());
    }
    let word: String = rest
        .chars()
        .take_while(|letter| letter.is_alphanumeric())
        .collect();
    let word = word.to_ascii_lowercase();
    let known = ["select", "values", "with"];
    rest.is_empty()
        || rest.starts_with('(')
        || known.contains(&word.as_str())
        || slip_of(&word, known).is_some()
}

/// The query with an identifier, as long as it is, for every placeholder; `None` for one that is not
/// read.
fn filled(query: &str) -> Option<String> {
    if !is_read(query) {
        return None;
    }
    let mut sql = String::with_capacity(query.len());
    let mut rest = query;
    while let Some(open) = rest.find('{') {
        let (before, braced) = rest.split_at(open);
        let inside = braced.find('}').and_then(|close| braced.get(1..close));
        let word = inside.filter(|word| !word.is_empty() && word.chars().all(is_word));
        let Some(word) = word else {
            sql.push_str(before);
            sql.push('{');
            rest = braced.get(1..).unwrap_or_default();
            continue;
        };
        let dollar = before.strip_suffix('$');
        sql.push_str(dollar.unwrap_or(before));
        let length = word.chars().count() + 2 + usize::from(dollar.is_some());
        sql.extend(std::iter::repeat_n('x', length));
        rest = braced.get(word.len() + 2..).unwrap_or_default();
    }
    sql.push_str(rest);
    Some(sql)
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '_' | '.' | '-')
}

fn depth(query: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for letter in query.bytes() {
        match letter {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// Why a query can't be parsed.
struct Flaw {
    message: String,
    /// Line and column in the query, from 1.
    place: Option<(u32, u32)>,
}

/// What is wrong for a reader of SQL in general, where no other dialect can make sense of it either;
/// `None` as well once nothing is left of what may be spent.
fn flaw(sql: &str, left: &mut usize) -> Option<Flaw> {
    let dialects: [&dyn Dialect; 12] = [
        &GenericDialect {},
        &PostgreSqlDialect {},
        &MySqlDialect {},
        &BigQueryDialect {},
        &SnowflakeDialect,
        &ClickHouseDialect {},
        &DatabricksDialect {},
        &DuckDbDialect {},
        &HiveDialect {},
        &MsSqlDialect {},
        &OracleDialect {},
        &SparkSqlDialect {},
    ];
    let mut said = None;
    for dialect in dialects {
        *left = left.checked_sub(sql.len() + EACH)?;
        let error = parse(dialect, sql)?;
        said.get_or_insert(error);
    }
    said.map(|error| worded(&error))
}

/// Why a dialect can't read a query.
fn parse(dialect: &dyn Dialect, sql: &str) -> Option<String> {
    let parser = Parser::new(dialect).with_recursion_limit(2 * DEEPEST);
    let parsed = parser.try_with_sql(sql).and_then(|mut parser| {
        parser.parse_query()?;
        while parser.consume_token(&Token::SemiColon) {}
        let next = parser.peek_token();
        match next.token {
            Token::EOF => Ok(()),
            _ => parser.expected("end of statement", next),
        }
    });
    match parsed {
        // Deeper than we read: nothing is said.
        Ok(()) | Err(ParserError::RecursionLimitExceeded) => None,
        Err(ParserError::ParserError(message) | ParserError::TokenizerError(message)) => {
            Some(message)
        }
    }
}

/// `Expected: A, found: B at Line: 1, Column: 5`, in our words.
fn worded(error: &str) -> Flaw {
    let (message, place) = match error.rsplit_once(" at Line: ") {
        Some((message, place)) => (message, place.split_once(", Column: ")),
        None => (error, None),
    };
    let place = place.and_then(|(line, column)| Some((line.parse().ok()?, column.parse().ok()?)));
    let parts = message
        .strip_prefix("Expected: ")
        .and_then(|expected| expected.split_once(", found: "));
    let parts = parts.map(|(expected, found)| (wanted(expected), found));
    let message = match parts {
        Some((expected, "EOF")) => format!("it ends where {expected} is expected"),
        Some((expected, found)) => {
            format!("`{}` stands where {expected} is expected", quoted(found))
        }
        None => quoted(message).to_lowercase(),
    };
    Flaw { message, place }
}

/// What is expected: a token in backticks, anything else in the parser's words.
fn wanted(expected: &str) -> String {
    if expected.chars().any(char::is_alphanumeric) {
        quoted(expected)
    } else {
        format!("`{expected}`")
    }
}

/// A place of the query in the document, where it is written so that the two agree: on one line, or as
/// a literal block; else where it begins.
fn within(text: &str, node: &Node, query: &str, (line, column): (u32, u32)) -> Span {
    let count = |number: u32| {
        usize::try_from(number)
            .unwrap_or_default()
            .saturating_sub(1)
    };
    let lines: Vec<&str> = text
        .lines()
        .skip(count(node.span.line))
        .take(count(line) + 2)
        .collect();
    let value: String = lines
        .first()
        .map_or("", |first| *first)
        .chars()
        .skip(count(node.span.column))
        .collect();
    let unquoted = value.strip_prefix(['"', '\'']).unwrap_or(&value);
    if unquoted.starts_with(query) {
        let quote = u32::from(unquoted.len() < value.len());
        return Span {
            line: node.span.line,
            column: node.span.column + quote + column - 1,
        };
    }
    let wanted = query.lines().nth(count(line)).unwrap_or_default();
    // A block begins on the line after its indicator; where its place is that of its text, on that line.
    let mut shifts = (0..=1).zip(lines.iter().skip(count(line)));
    let found = shifts.find_map(|(shift, stands)| {
        let margin = stands.strip_suffix(wanted).filter(|_| !wanted.is_empty())?;
        let blank = margin.bytes().all(|byte| byte == b' ');
        blank.then_some((shift, u32::try_from(margin.len()).ok()?))
    });
    found.map_or(node.span, |(shift, margin)| Span {
        line: node.span.line + shift + line - 1,
        column: margin + column,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_identifiers_of_the_same_length() {
        for (query, sql) in [
            (
                "select {property} from ${o} where a = '{b}'",
                "select xxxxxxxxxx from xxxx where a = 'xxx'",
            ),
            ("with a as {b}", "with a as xxx"),
            ("select map{'a': 1}", "select map{'a': 1}"),
            (
                "-- why\n/* and how */ selct {a}",
                "-- why\n/* and how */ selct xxx",
            ),
        ] {
            assert_eq!(filled(query).as_deref(), Some(sql));
        }
        let joins = format!("select 1 from a{}", " join b".repeat(MOST_JOINS + 1));
        for unread in [
            joins.as_str(),
            "select {{ ref('a') }}",
            "{% if a %}",
            "call f({a})",
            "select ((((((((( 1 )))))))))",
        ] {
            assert_eq!(filled(unread), None);
        }
    }
}
