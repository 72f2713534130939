//! Row filters: predicates over a contract's own columns.
//!
//! Belongs here: the tree, reading it from text, and checking it against a contract. It means what it
//! means in SQL, three-valued. Does not belong here: writing it for an engine (`lower`), and rows,
//! which only engines have.

mod check;
mod parse;

pub use check::check;
pub use parse::MAX_LENGTH;

use serde::{Deserialize, Serialize};

/// A predicate over the raw values of a row. A row is kept where it is TRUE.
#[derive(Debug, Clone, PartialEq)]
pub enum Predicate {
    /// The same for every row; none is SQL's unknown, which keeps nothing and stays so when negated.
    Constant(Option<bool>),
    /// `left op right`.
    Compare {
        /// The left side.
        left: Operand,
        /// The operator.
        op: Comparison,
        /// The right side.
        right: Operand,
    },
    /// `column in (…)`.
    In {
        /// What is looked for.
        operand: Operand,
        /// Where it is looked for; never empty.
        list: Vec<Literal>,
    },
    /// `column in principal.groups`.
    InGroups(Column),
    /// `column between low and high`, ends included.
    Between {
        /// What lies between.
        operand: Operand,
        /// The lower end.
        low: Operand,
        /// The upper end.
        high: Operand,
    },
    /// `column is null`.
    IsNull(Column),
    /// `column like 'pattern'`, with `%` and `_`, without an escape character.
    Like {
        /// The text.
        column: Column,
        /// The pattern.
        pattern: String,
    },
    /// All of them.
    And(Vec<Predicate>),
    /// Any of them.
    Or(Vec<Predicate>),
    /// The opposite; unknown stays unknown.
    Not(Box<Predicate>),
}

/// A side of a comparison.
#[derive(Debug, Clone, PartialEq)]
pub enum Operand {
    /// A column's value.
    Column(Column),
    /// A value written down.
    Literal(Literal),
    /// `principal.user`.
    User,
}

/// A column named in a predicate.
#[derive(Debug, Clone)]
pub struct Column {
    /// `column` or `struct.field`.
    pub path: String,
    /// Where the text names it.
    pub at: Position,
}

/// Two columns are the same wherever they are named.
impl PartialEq for Column {
    fn eq(&self, other: &Self) -> bool {
        self.path == other.path
    }
}

/// A value written down.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// `'text'`.
    Text(String),
    /// `42`.
    Integer(i64),
    /// `4.2`: always finite.
    Number(f64),
    /// `true`.
    Boolean(bool),
    /// `timestamp '2026-01-01 00:00:00'`, in UTC: microseconds since the epoch.
    Timestamp(i64),
    /// `date '2026-01-01'`: days since the epoch.
    Date(i32),
}

/// A comparison operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `=`.
    Equal,
    /// `<>`.
    NotEqual,
    /// `<`.
    Less,
    /// `<=`.
    LessOrEqual,
    /// `>`.
    Greater,
    /// `>=`.
    GreaterOrEqual,
}

/// A place in the text of a predicate; both count from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Position {
    /// Line.
    pub line: u32,
    /// Column.
    pub column: u32,
}

impl Position {
    /// The first character.
    pub const START: Self = Self { line: 1, column: 1 };
}

/// What is wrong with a predicate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct FilterError {
    /// Where, in the text of the predicate.
    pub at: Position,
    /// What is wrong.
    pub message: String,
    /// What would be right.
    pub help: String,
}

impl FilterError {
    pub(crate) fn new(at: Position, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            at,
            message: message.into(),
            help: help.into(),
        }
    }
}

impl Predicate {
    /// Every column it reads, as often as it names it.
    #[must_use]
    pub fn columns(&self) -> Vec<&Column> {
        let mut columns = Vec::new();
        self.collect_columns(&mut columns);
        columns
    }

    fn collect_columns<'a>(&'a self, into: &mut Vec<&'a Column>) {
        let of = |operand: &'a Operand| match operand {
            Operand::Column(column) => Some(column),
            _ => None,
        };
        match self {
            Self::Constant(_) => {}
            Self::Compare { left, right, .. } => {
                into.extend([left, right].into_iter().filter_map(of));
            }
            Self::In { operand, .. } => into.extend(of(operand)),
            Self::Between { operand, low, high } => {
                into.extend([operand, low, high].into_iter().filter_map(of));
            }
            Self::InGroups(column) | Self::IsNull(column) | Self::Like { column, .. } => {
                into.push(column);
            }
            Self::And(parts) | Self::Or(parts) => {
                for part in parts {
                    part.collect_columns(into);
                }
            }
            Self::Not(part) => part.collect_columns(into),
        }
    }

    /// Whether it depends on who asks.
    #[must_use]
    pub fn names_principal(&self) -> bool {
        let user = |operand: &Operand| matches!(operand, Operand::User);
        match self {
            Self::InGroups(_) => true,
            Self::Compare { left, right, .. } => user(left) || user(right),
            Self::Between { operand, low, high } => user(operand) || user(low) || user(high),
            Self::And(parts) | Self::Or(parts) => parts.iter().any(Self::names_principal),
            Self::Not(part) => part.names_principal(),
            Self::Constant(_) | Self::In { .. } | Self::IsNull(_) | Self::Like { .. } => false,
        }
    }

    /// The predicate for one principal: user and groups become literals. Without groups,
    /// `in principal.groups` is unknown, so it keeps nothing, negated or not.
    #[must_use]
    pub fn bind(&self, user: &str, groups: &[&str]) -> Self {
        let operand = |operand: &Operand| match operand {
            Operand::User => Operand::Literal(Literal::Text(user.to_owned())),
            other => other.clone(),
        };
        let all = |parts: &[Self]| parts.iter().map(|part| part.bind(user, groups)).collect();
        match self {
            Self::InGroups(_) if groups.is_empty() => Self::Constant(None),
            Self::InGroups(column) => Self::In {
                operand: Operand::Column(column.clone()),
                list: groups
                    .iter()
                    .map(|group| Literal::Text((*group).to_owned()))
                    .collect(),
            },
            Self::Compare { left, op, right } => Self::Compare {
                left: operand(left),
                op: *op,
                right: operand(right),
            },
            Self::Between {
                operand: middle,
                low,
                high,
            } => Self::Between {
                operand: operand(middle),
                low: operand(low),
                high: operand(high),
            },
            Self::And(parts) => Self::And(all(parts)),
            Self::Or(parts) => Self::Or(all(parts)),
            Self::Not(part) => Self::Not(Box::new(part.bind(user, groups))),
            Self::Constant(_) | Self::In { .. } | Self::IsNull(_) | Self::Like { .. } => {
                self.clone()
            }
        }
    }
}
