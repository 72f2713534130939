//! What a bound predicate says about a row, without SQL: TRUE, FALSE or unknown. What engines keep
//! is compared with it.

use std::cmp::Ordering;

use zonecut_mask::Value;
use zonecut_policy::filter::{Column, Comparison, Literal, Operand, Predicate};

/// SQL's three truth values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Truth {
    /// The row is kept.
    True,
    /// The row is not kept.
    False,
    /// Nobody can say, so the row is not kept either.
    Unknown,
}

impl Truth {
    fn not(self) -> Self {
        match self {
            Self::True => Self::False,
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
        }
    }

    fn of(known: Option<bool>) -> Self {
        match known {
            Some(true) => Self::True,
            Some(false) => Self::False,
            None => Self::Unknown,
        }
    }
}

/// What `predicate` says about a row; `row` gives the raw value of a column. An unbound
/// `principal.user` or `principal.groups` is unknown.
pub(super) fn evaluate(predicate: &Predicate, row: &dyn Fn(&str) -> Value) -> Truth {
    match predicate {
        Predicate::Constant(truth) => Truth::of(*truth),
        Predicate::Compare { left, op, right } => compare(left, *op, right, row),
        Predicate::In { operand, list } => any(list.iter().map(|literal| {
            let literal = Operand::Literal(literal.clone());
            compare(operand, Comparison::Equal, &literal, row)
        })),
        Predicate::InGroups(_) => Truth::Unknown,
        Predicate::Between { operand, low, high } => all([
            compare(operand, Comparison::GreaterOrEqual, low, row),
            compare(operand, Comparison::LessOrEqual, high, row),
        ]),
        Predicate::IsNull(column) => Truth::of(Some(read(column, row) == Value::Null)),
        Predicate::Like { column, pattern } => match read(column, row) {
            Value::Text(text) => Truth::of(Some(like(&text, pattern))),
            _ => Truth::Unknown,
        },
        Predicate::And(parts) => all(parts.iter().map(|part| evaluate(part, row))),
        Predicate::Or(parts) => any(parts.iter().map(|part| evaluate(part, row))),
        Predicate::Not(part) => evaluate(part, row).not(),
    }
}

fn read(column: &Column, row: &dyn Fn(&str) -> Value) -> Value {
    row(&column.path)
}

fn all(truths: impl IntoIterator<Item = Truth>) -> Truth {
    let mut result = Truth::True;
    for truth in truths {
        match truth {
            Truth::False => return Truth::False,
            Truth::Unknown => result = Truth::Unknown,
            Truth::True => {}
        }
    }
    result
}

fn any(truths: impl IntoIterator<Item = Truth>) -> Truth {
    all(truths.into_iter().map(Truth::not)).not()
}

fn compare(left: &Operand, op: Comparison, right: &Operand, row: &dyn Fn(&str) -> Value) -> Truth {
    let value = |operand: &Operand| match operand {
        Operand::Column(column) => read(column, row),
        Operand::Literal(literal) => literal_value(literal),
        Operand::User => Value::Null,
    };
    let ordering = order(&value(left), &value(right));
    Truth::of(ordering.map(|ordering| match op {
        Comparison::Equal => ordering.is_eq(),
        Comparison::NotEqual => ordering.is_ne(),
        Comparison::Less => ordering.is_lt(),
        Comparison::LessOrEqual => ordering.is_le(),
        Comparison::Greater => ordering.is_gt(),
        Comparison::GreaterOrEqual => ordering.is_ge(),
    }))
}

fn literal_value(literal: &Literal) -> Value {
    match literal {
        Literal::Text(text) => Value::Text(text.clone()),
        Literal::Integer(number) => Value::Integer(*number),
        Literal::Number(number) => Value::Number(*number),
        Literal::Boolean(truth) => Value::Boolean(*truth),
        Literal::Timestamp(micros) => Value::Timestamp(*micros),
        Literal::Date(days) => Value::Timestamp(i64::from(*days) * 86_400_000_000),
    }
}

/// None where a side is NULL, or where the two are of different types, which checking has refused.
fn order(a: &Value, b: &Value) -> Option<Ordering> {
    match (a, b) {
        (Value::Text(a), Value::Text(b)) => Some(a.cmp(b)),
        (Value::Integer(a), Value::Integer(b)) | (Value::Timestamp(a), Value::Timestamp(b)) => {
            Some(a.cmp(b))
        }
        (Value::Number(a), Value::Number(b)) => a.partial_cmp(b),
        (Value::Integer(a), Value::Number(b)) => order_mixed(*a, *b),
        (Value::Number(a), Value::Integer(b)) => order_mixed(*b, *a).map(Ordering::reverse),
        (Value::Boolean(a), Value::Boolean(b)) => Some(a.cmp(b)),
        _ => None,
    }
}

/// Exact: a 64-bit integer does not survive the way through a double.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "guarded by the range checks"
)]
fn order_mixed(integer: i64, number: f64) -> Option<Ordering> {
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    if number.is_nan() {
        None
    } else if number >= LIMIT {
        Some(Ordering::Less)
    } else if number < -LIMIT {
        Some(Ordering::Greater)
    } else {
        let whole = number.trunc() as i64;
        Some(
            integer
                .cmp(&whole)
                .then_with(|| 0.0_f64.total_cmp(&(number - whole as f64 + 0.0))),
        )
    }
}

/// `%` is any text, `_` any one character. Greedy with one step back: linear in practice, and
/// never worse than the product of the lengths.
fn like(text: &str, pattern: &str) -> bool {
    let (text, pattern): (Vec<char>, Vec<char>) =
        (text.chars().collect(), pattern.chars().collect());
    let (mut t, mut p) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while let Some(character) = text.get(t) {
        match pattern.get(p) {
            Some('%') => {
                retry = Some((t, p + 1));
                p += 1;
            }
            Some(wanted) if *wanted == '_' || wanted == character => {
                t += 1;
                p += 1;
            }
            _ => match retry {
                Some((from, after)) => {
                    retry = Some((from + 1, after));
                    (t, p) = (from + 1, after);
                }
                None => return false,
            },
        }
    }
    pattern.iter().skip(p).all(|rest| *rest == '%')
}
