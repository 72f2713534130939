//! From the small SQL subset to the tree. Whatever the subset lacks is refused with its place.

use chrono::{DateTime, NaiveDate, NaiveDateTime};
use sqlparser::ast::{
    BinaryOperator, DataType, Expr, Ident, InTarget, Spanned, UnaryOperator, Value,
};
use sqlparser::dialect::Dialect;
use sqlparser::parser::{Parser, ParserError};
use sqlparser::tokenizer::{Token, Tokenizer};

use super::{Column, Comparison, FilterError, Literal, Operand, Position, Predicate};

/// The longest predicate that is read, in bytes: a rule, not a table, belongs here.
pub const MAX_LENGTH: usize = 8 * 1024;
const MAX_DEPTH: usize = 32;
const SUBSET: &str = "comparison, `in`, `between`, `is null`, `like`, `and`, `or`, `not`, literals, `principal.user`, `principal.groups`";

/// Standard strings and identifiers, and `column in principal.groups` without brackets.
#[derive(Debug)]
struct FilterDialect;

impl Dialect for FilterDialect {
    fn is_delimited_identifier_start(&self, character: char) -> bool {
        character == '"'
    }

    fn is_identifier_start(&self, character: char) -> bool {
        character.is_alphabetic() || character == '_'
    }

    fn is_identifier_part(&self, character: char) -> bool {
        character.is_alphanumeric() || character == '_'
    }

    fn supports_in_unparenthesized_expr(&self) -> bool {
        true
    }
}

type Parsed<T> = Result<T, FilterError>;

impl Predicate {
    /// Reads a predicate.
    ///
    /// # Errors
    /// The first place where the text leaves the subset.
    pub fn parse(text: &str) -> Parsed<Self> {
        if text.len() > MAX_LENGTH {
            return Err(FilterError::new(
                Position::START,
                format!("the predicate is longer than {MAX_LENGTH} bytes"),
                "say it in a column of the data",
            ));
        }
        let tokens = Tokenizer::new(&FilterDialect, text)
            .tokenize_with_location()
            .map_err(|error| {
                FilterError::new(
                    position(error.location),
                    decapitalised(&error.message),
                    "strings stand in single quotes",
                )
            })?;
        let mut parser = Parser::new(&FilterDialect)
            .with_recursion_limit(MAX_DEPTH)
            .with_tokens_with_locations(tokens);
        let parsed = parser.parse_expr();
        let next = parser.peek_token();
        let here = position(next.span.start);
        let expression = parsed.map_err(|error| match error {
            ParserError::RecursionLimitExceeded => FilterError::new(
                here,
                "the predicate is nested too deeply",
                "leave out parentheses, or say it in a column of the data",
            ),
            error => FilterError::new(
                here,
                syntax_message(&error.to_string()),
                format!("a predicate has {SUBSET}"),
            ),
        })?;
        if next.token != Token::EOF {
            return Err(FilterError::new(
                here,
                format!("unexpected `{}` after the predicate", next.token),
                "join predicates with `and` or `or`",
            ));
        }
        predicate(&expression)
    }
}

fn position(location: sqlparser::tokenizer::Location) -> Position {
    let narrow = |number: u64| u32::try_from(number).unwrap_or(u32::MAX).max(1);
    Position {
        line: narrow(location.line),
        column: narrow(location.column),
    }
}

fn syntax_message(message: &str) -> String {
    decapitalised(message.trim_start_matches("sql parser error: "))
}

fn decapitalised(message: &str) -> String {
    let mut characters = message.chars();
    characters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(characters).collect()
    })
}

fn outside<T>(expression: &Expr) -> Parsed<T> {
    Err(FilterError::new(
        position(expression.span().start),
        format!("`{expression}` is outside the subset"),
        format!("a predicate has {SUBSET}"),
    ))
}

fn predicate(expression: &Expr) -> Parsed<Predicate> {
    match expression {
        Expr::Nested(inner) => predicate(inner),
        Expr::UnaryOp {
            op: UnaryOperator::Not,
            expr,
        } => Ok(Predicate::Not(Box::new(predicate(expr)?))),
        Expr::BinaryOp {
            op: BinaryOperator::And,
            ..
        } => Ok(Predicate::And(chain(expression, &BinaryOperator::And)?)),
        Expr::BinaryOp {
            op: BinaryOperator::Or,
            ..
        } => Ok(Predicate::Or(chain(expression, &BinaryOperator::Or)?)),
        Expr::BinaryOp { left, op, right } => {
            let Some(op) = comparison(op) else {
                return outside(expression);
            };
            Ok(Predicate::Compare {
                left: operand(left)?,
                op,
                right: operand(right)?,
            })
        }
        Expr::In {
            expr,
            target: InTarget::List(list),
            negated,
            global: false,
        } => Ok(negate(*negated, membership(expr, list)?)),
        Expr::Between {
            expr,
            negated,
            low,
            high,
        } => {
            let between = Predicate::Between {
                operand: operand(expr)?,
                low: operand(low)?,
                high: operand(high)?,
            };
            Ok(negate(*negated, between))
        }
        Expr::IsNull(inner) => Ok(Predicate::IsNull(column(inner)?)),
        Expr::IsNotNull(inner) => Ok(negate(true, Predicate::IsNull(column(inner)?))),
        Expr::Like {
            negated,
            any: false,
            expr,
            pattern,
            escape_char: None,
        } => like(*negated, expr, pattern),
        Expr::Value(value) => match value.value {
            Value::Boolean(truth) => Ok(Predicate::Constant(Some(truth))),
            _ => outside(expression),
        },
        Expr::Identifier(_) | Expr::CompoundIdentifier(_) => Err(FilterError::new(
            position(expression.span().start),
            format!("`{expression}` alone is no predicate"),
            format!("compare it: `{expression} = true`"),
        )),
        _ => outside(expression),
    }
}

fn negate(negated: bool, predicate: Predicate) -> Predicate {
    if negated {
        Predicate::Not(Box::new(predicate))
    } else {
        predicate
    }
}

/// The parts of `a and b and c`, which the parser nests to the left however long the chain is.
fn chain(expression: &Expr, operator: &BinaryOperator) -> Parsed<Vec<Predicate>> {
    let mut parts = Vec::new();
    let mut rest = expression;
    while let Expr::BinaryOp { left, op, right } = rest
        && op == operator
    {
        parts.push(predicate(right)?);
        rest = left;
    }
    parts.push(predicate(rest)?);
    parts.reverse();
    Ok(parts)
}

const fn comparison(op: &BinaryOperator) -> Option<Comparison> {
    match op {
        BinaryOperator::Eq => Some(Comparison::Equal),
        BinaryOperator::NotEq => Some(Comparison::NotEqual),
        BinaryOperator::Lt => Some(Comparison::Less),
        BinaryOperator::LtEq => Some(Comparison::LessOrEqual),
        BinaryOperator::Gt => Some(Comparison::Greater),
        BinaryOperator::GtEq => Some(Comparison::GreaterOrEqual),
        _ => None,
    }
}

fn membership(expression: &Expr, list: &[Expr]) -> Parsed<Predicate> {
    if let [only] = list
        && principal(only) == Some("groups")
    {
        return Ok(Predicate::InGroups(column(expression)?));
    }
    let literals = list.iter().map(|item| match operand(item)? {
        Operand::Literal(literal) => Ok(literal),
        _ => Err(FilterError::new(
            position(item.span().start),
            format!("`{item}` is no literal"),
            "a list holds literals; for groups write `column in principal.groups`",
        )),
    });
    let list = literals.collect::<Parsed<Vec<_>>>()?;
    if list.is_empty() {
        outside(expression)
    } else {
        Ok(Predicate::In {
            operand: operand(expression)?,
            list,
        })
    }
}

fn like(negated: bool, expression: &Expr, pattern: &Expr) -> Parsed<Predicate> {
    let at = position(pattern.span().start);
    let Operand::Literal(Literal::Text(pattern)) = operand(pattern)? else {
        return Err(FilterError::new(
            at,
            "the pattern of `like` must be a string",
            "write `like 'prefix%'`",
        ));
    };
    if pattern.contains('\\') {
        return Err(FilterError::new(
            at,
            "a pattern with `\\` means different things to different engines",
            "use `%` and `_` only",
        ));
    }
    Ok(negate(
        negated,
        Predicate::Like {
            column: column(expression)?,
            pattern,
        },
    ))
}

/// `user` or `groups` when the expression is `principal.user` or `principal.groups`.
fn principal(expression: &Expr) -> Option<&str> {
    match expression {
        Expr::Nested(inner) => principal(inner),
        Expr::CompoundIdentifier(parts) => match parts.as_slice() {
            [
                Ident {
                    value: first,
                    quote_style: None,
                    ..
                },
                Ident {
                    value: second,
                    quote_style: None,
                    ..
                },
            ] if first == "principal" => Some(second),
            _ => None,
        },
        _ => None,
    }
}

fn column(expression: &Expr) -> Parsed<Column> {
    match operand(expression)? {
        Operand::Column(column) => Ok(column),
        _ => Err(FilterError::new(
            position(expression.span().start),
            format!("`{expression}` is no column"),
            "a column of the contract stands here",
        )),
    }
}

fn operand(expression: &Expr) -> Parsed<Operand> {
    let at = position(expression.span().start);
    match (expression, principal(expression)) {
        (_, Some("user")) => Ok(Operand::User),
        (_, Some("groups")) => Err(FilterError::new(
            at,
            "`principal.groups` is a list",
            "write `column in principal.groups`",
        )),
        (_, Some(other)) => Err(FilterError::new(
            at,
            format!("unknown attribute `principal.{other}`"),
            "a principal has `user` and `groups`",
        )),
        (Expr::Nested(inner), None) => operand(inner),
        (Expr::Identifier(ident), None) => Ok(Operand::Column(Column {
            path: ident.value.clone(),
            at,
        })),
        (Expr::CompoundIdentifier(parts), None) => {
            let path = parts
                .iter()
                .map(|part| part.value.as_str())
                .collect::<Vec<_>>()
                .join(".");
            Ok(Operand::Column(Column { path, at }))
        }
        (
            Expr::UnaryOp {
                op: UnaryOperator::Minus,
                expr,
            },
            None,
        ) => match operand(expr)? {
            Operand::Literal(Literal::Integer(number)) => {
                Ok(Operand::Literal(Literal::Integer(-number)))
            }
            Operand::Literal(Literal::Number(number)) => {
                Ok(Operand::Literal(Literal::Number(-number)))
            }
            _ => outside(expression),
        },
        (Expr::Value(value), None) => literal(&value.value, at, expression).map(Operand::Literal),
        (Expr::TypedString(typed), None) => match &typed.value.value {
            Value::SingleQuotedString(text) => {
                moment(&typed.data_type, text, at).map(Operand::Literal)
            }
            _ => outside(expression),
        },
        _ => outside(expression),
    }
}

fn literal(value: &Value, at: Position, expression: &Expr) -> Parsed<Literal> {
    match value {
        Value::SingleQuotedString(text) if text.contains('\0') => Err(FilterError::new(
            at,
            "a string with a NUL character",
            "no engine keeps such a string",
        )),
        Value::SingleQuotedString(text) => Ok(Literal::Text(text.clone())),
        Value::Boolean(truth) => Ok(Literal::Boolean(*truth)),
        Value::Null => Err(FilterError::new(
            at,
            "nothing equals `null`",
            "write `is null` or `is not null`",
        )),
        Value::Number(digits, false) => number(digits, at),
        _ => outside(expression),
    }
}

fn number(digits: &str, at: Position) -> Parsed<Literal> {
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
    let integer = digits
        .parse::<i64>()
        .ok()
        .filter(|_| plain)
        .map(Literal::Integer);
    let fraction = || {
        digits
            .parse::<f64>()
            .ok()
            .filter(|number| !plain && number.is_finite())
            .map(Literal::Number)
    };
    integer.or_else(fraction).ok_or_else(|| {
        FilterError::new(
            at,
            format!("`{digits}` is too large"),
            "whole numbers have 64 bits",
        )
    })
}

fn moment(data_type: &DataType, text: &str, at: Position) -> Parsed<Literal> {
    match data_type {
        DataType::Date => text
            .parse::<NaiveDate>()
            .ok()
            .map(|date| Literal::Date(date.to_epoch_days())),
        DataType::Timestamp(..) => timestamp(text).map(Literal::Timestamp),
        _ => None,
    }
    .ok_or_else(|| {
        FilterError::new(
            at,
            format!("`{data_type} '{text}'` is no moment"),
            "write `timestamp '2026-01-01 00:00:00'` (UTC) or `date '2026-01-01'`",
        )
    })
}

fn timestamp(text: &str) -> Option<i64> {
    let zoned = DateTime::parse_from_rfc3339(&text.replacen(' ', "T", 1))
        .map(|time| time.timestamp_micros());
    let naive = || {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f")
            .map(|time| time.and_utc().timestamp_micros())
    };
    let day = || {
        text.parse::<NaiveDate>().map(|date| {
            date.and_time(chrono::NaiveTime::MIN)
                .and_utc()
                .timestamp_micros()
        })
    };
    zoned.ok().or_else(|| naive().ok()).or_else(|| day().ok())
}
