//! The queries of quality rules, parsed once for all rules that look at them, within bounds.
//!
//! Belongs here: which queries are read, as which dialect, and which columns they name. Does not belong
//! here: findings (`sql_invalid`, `sql_column_unknown`).

mod columns;
mod names;
mod place;
mod placeholders;
mod tables;
mod words;

use std::cell::Cell;

use sqlparser::ast;
use sqlparser::dialect::{
    BigQueryDialect, ClickHouseDialect, DatabricksDialect, Dialect, DuckDbDialect, GenericDialect,
    HiveDialect, MsSqlDialect, MySqlDialect, OracleDialect, PostgreSqlDialect, SnowflakeDialect,
    SparkSqlDialect,
};
use sqlparser::parser::{Parser, ParserError};
use sqlparser::tokenizer::Token;
use zonecut_diagnostics::Span;

use super::elements::Elements;
use super::nodes::{QualityRule, rules, text};
use crate::model::Contract;
use crate::node::Node;
use crate::spelling::{quoted, slip_of};

pub(super) use columns::Missing;
use placeholders::Filled;
use tables::Tables;

/// The longest query that is read, in bytes.
const LONGEST: usize = 4 * 1024;
/// The deepest query that is read, in brackets within each other, and the most joins of one: a parser
/// that tries one meaning after the other takes twice as long for each, and goes one call deeper.
const DEEPEST: usize = 8;
const MOST_JOINS: usize = 16;
/// What all readings of one document may cost together, in bytes, and what each costs at least.
const TOGETHER: usize = 64 * 1024;
const EACH: usize = 32;
/// How much text may be gone through to look up places within queries, in bytes.
const GONE_THROUGH: usize = 4 * 1024 * 1024;

/// A line and a column in a query, from 1.
type Place = (u32, u32);

/// The queries of a contract that were read.
pub(super) struct Queries<'a> {
    text: &'a str,
    list: Vec<Query<'a>>,
    /// What is left of what may be gone through for places.
    left: Cell<usize>,
}

/// A query, and what is wrong with it.
pub(super) struct Query<'a> {
    pub(super) rule: QualityRule<'a>,
    /// As the document has it.
    pub(super) text: &'a str,
    node: &'a Node,
    said: Said,
}

enum Said {
    Flaw(Flaw),
    Missing(Vec<Missing>),
    /// Nothing: it was not read, and why.
    Unread(String),
}

impl Said {
    /// What a query says; `missing` looks at one that was read.
    fn by(
        text: &str,
        left: &mut usize,
        missing: impl FnOnce(&Filled, &ast::Query) -> Vec<Missing>,
    ) -> Self {
        if let Some(flaw) = change(text) {
            return Self::Flaw(flaw);
        }
        if let Some(much) = too_much(text) {
            return Self::Unread(much);
        }
        let filled = Filled::of(text);
        match parsed(&filled.sql, left) {
            Ok(Ok(query)) => Self::Missing(missing(&filled, &query)),
            Ok(Err(flaw)) => Self::Flaw(flaw),
            Err(much) => Self::Unread(much),
        }
    }
}

/// Why a text is no query.
pub(super) struct Flaw {
    pub(super) message: String,
    pub(super) help: &'static str,
    pub(super) place: Option<Place>,
}

impl<'a> Queries<'a> {
    /// Reads those of a contract, as long as something is left of what may be spent.
    pub(super) fn of(contract: &'a Contract, elements: &'a Elements<'a>) -> Self {
        let mut left = TOGETHER;
        let mut list = Vec::new();
        let mut tables = None;
        for (place, object) in elements.objects() {
            for rule in object.flat_map(rules) {
                let query = text(rule.node, "query")
                    .filter(|(text, node)| is_sql(rule.node) && !node.is_secret() && is_read(text));
                let Some((text, node)) = query else {
                    continue;
                };
                let said = Said::by(text, &mut left, |filled, query| {
                    let tables = tables.get_or_insert_with(|| Tables::of(contract));
                    tables.missing(place, filled, query)
                });
                list.push(Query {
                    rule,
                    text,
                    node,
                    said,
                });
            }
        }
        Self {
            text: &contract.document.text,
            list,
            left: Cell::new(GONE_THROUGH),
        }
    }

    /// Those that no dialect reads.
    pub(super) fn flaws(&self) -> impl Iterator<Item = (&Query<'a>, &Flaw)> {
        self.list.iter().filter_map(|query| match &query.said {
            Said::Flaw(flaw) => Some((query, flaw)),
            Said::Missing(_) | Said::Unread(_) => None,
        })
    }

    /// The columns that no table of their query has.
    pub(super) fn missing(&self) -> impl Iterator<Item = (&Query<'a>, &Missing)> {
        self.list.iter().flat_map(|query| {
            let missing = match &query.said {
                Said::Flaw(_) | Said::Unread(_) => &[][..],
                Said::Missing(missing) => missing,
            };
            missing.iter().map(move |missing| (query, missing))
        })
    }

    /// Those that were not read, and why.
    pub(super) fn unread(&self) -> impl Iterator<Item = (&Query<'a>, &str)> {
        self.list.iter().filter_map(|query| match &query.said {
            Said::Unread(much) => Some((query, much.as_str())),
            Said::Flaw(_) | Said::Missing(_) => None,
        })
    }

    /// Where a place of a query stands in the document; the whole query where that can't be told.
    pub(super) fn span(&self, query: &Query<'_>, place: Option<Place>) -> Span {
        let left = self.left.get().checked_sub(self.text.len());
        let (Some(place), Some(left)) = (place, left) else {
            return query.node.span;
        };
        self.left.set(left);
        place::within(self.text, query.node, query.text, place)
    }
}

fn is_sql(rule: &Node) -> bool {
    text(rule, "type").is_some_and(|(kind, _)| kind == "sql")
}

/// Whether a query is of the kind that is read.
fn is_read(query: &str) -> bool {
    let from_template = query.contains("{%") || query.contains("{{");
    (is_query(query) || change(query).is_some()) && !from_template
}

/// Why a query is too much to be read.
fn too_much(query: &str) -> Option<String> {
    if query.len() > LONGEST {
        return Some(format!("it is longer than `{LONGEST}` bytes"));
    }
    if depth(query) > DEEPEST {
        return Some(format!("its brackets are nested deeper than `{DEEPEST}`"));
    }
    let joins = query.to_ascii_lowercase().matches("join").count();
    (joins > MOST_JOINS).then(|| format!("it joins more than `{MOST_JOINS}` times"))
}

/// The words that statements begin with which change what they should only look at.
const CHANGES: [&str; 10] = [
    "alter", "create", "delete", "drop", "grant", "insert", "merge", "revoke", "truncate", "update",
];

fn change(text: &str) -> Option<Flaw> {
    let (word, _) = beginning(text);
    CHANGES.contains(&word.as_str()).then(|| Flaw {
        message: format!("the statement begins with `{word}`: it changes what a rule looks at"),
        help: "write a query, which reads and counts",
        place: None,
    })
}

/// Whether it begins as a query does, or is meant to: procedures and the like are everybody's own.
fn is_query(text: &str) -> bool {
    let (word, rest) = beginning(text);
    let known = ["select", "values", "with"];
    rest.is_empty()
        || rest.starts_with('(')
        || known.contains(&word.as_str())
        || slip_of(&word, known).is_some()
}

/// What stands behind the comments at the beginning, and its first word in lower case.
fn beginning(text: &str) -> (String, &str) {
    let mut rest = text.trim_start();
    loop {
        let comment = match rest.get(..2) {
            Some("--") => rest.split_once('\n'),
            Some("/*") => rest.split_once("*/"),
            _ => break,
        };
        rest = comment.map_or("", |(_, after)| after.trim_start());
    }
    let word = rest.chars().take_while(|letter| letter.is_alphanumeric());
    (word.flat_map(char::to_lowercase).collect(), rest)
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

/// What a query says to the first dialect that reads it; else what is wrong with it for a reader of SQL
/// in general.
///
/// # Errors
/// When it is too much to be read, or nothing is left of what may be spent: which of both.
fn parsed(sql: &str, left: &mut usize) -> Result<Result<Box<ast::Query>, Flaw>, String> {
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
        let rest = left.checked_sub(sql.len() + EACH);
        *left = rest.ok_or("the queries of the document are more than are read")?;
        match parse(dialect, sql) {
            Ok(query) => return Ok(Ok(query)),
            Err(ParserError::RecursionLimitExceeded) => {
                return Err("it is deeper than is read".to_owned());
            }
            Err(ParserError::ParserError(message) | ParserError::TokenizerError(message)) => {
                said.get_or_insert(message);
            }
        }
    }
    Ok(Err(worded(&said.unwrap_or_default())))
}

fn parse(dialect: &dyn Dialect, sql: &str) -> Result<Box<ast::Query>, ParserError> {
    let parser = Parser::new(dialect).with_recursion_limit(2 * DEEPEST);
    let mut parser = parser.try_with_sql(sql)?;
    let query = parser.parse_query()?;
    while parser.consume_token(&Token::SemiColon) {}
    let next = parser.peek_token();
    match next.token {
        Token::EOF => Ok(query),
        _ => parser.expected("end of statement", next),
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
    Flaw {
        message: format!("the query can't be parsed: {message}"),
        help: "correct the query",
        place,
    }
}

/// What is expected: a token in backticks, anything else in the parser's words.
fn wanted(expected: &str) -> String {
    if expected.chars().any(char::is_alphanumeric) {
        quoted(expected)
    } else {
        format!("`{expected}`")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_query_of_ours_is_not_read() {
        for unread in ["select {{ ref('a') }}", "{% if a %}", "call f({a})"] {
            assert!(!is_read(unread), "{unread}");
        }
        let joins = format!("select 1 from a{}", " join b".repeat(MOST_JOINS + 1));
        for much in [joins.as_str(), "select ((((((((( 1 )))))))))"] {
            assert!(is_read(much) && too_much(much).is_some(), "{much}");
        }
        assert!(is_read("-- why\n/* and how */ selct {a}"));
    }
}
