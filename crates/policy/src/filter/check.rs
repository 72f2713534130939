//! Whether a predicate can be evaluated against an object: columns exist and types agree.

use zonecut_mask::LogicalType;

use super::{Column, Comparison, FilterError, Literal, Operand, Position, Predicate};

/// All places where `predicate` cannot be evaluated. `type_of` gives the type of a column, by
/// path, and `names` all paths, for suggestions.
#[must_use]
pub fn check(
    predicate: &Predicate,
    type_of: &dyn Fn(&str) -> Option<LogicalType>,
    names: &[&str],
) -> Vec<FilterError> {
    let mut checker = Checker {
        type_of,
        names,
        errors: Vec::new(),
    };
    checker.predicate(predicate);
    checker.errors
}

struct Checker<'a> {
    type_of: &'a dyn Fn(&str) -> Option<LogicalType>,
    names: &'a [&'a str],
    errors: Vec<FilterError>,
}

/// What may be compared with each other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Text,
    Number,
    Boolean,
    Timestamp,
    Date,
}

impl Checker<'_> {
    fn predicate(&mut self, predicate: &Predicate) {
        match predicate {
            Predicate::Constant(_) => {}
            Predicate::Compare { left, op, right } => self.comparison(left, *op, right),
            Predicate::In { operand, list } => {
                let class = self.operand(operand);
                for literal in list {
                    self.agree(class, Some(literal_class(literal)), operand);
                }
            }
            Predicate::Between { operand, low, high } => {
                self.comparison(operand, Comparison::GreaterOrEqual, low);
                self.comparison(operand, Comparison::LessOrEqual, high);
            }
            Predicate::IsNull(column) => {
                self.exists(column);
            }
            Predicate::InGroups(column) | Predicate::Like { column, .. } => {
                let class = self.column(column);
                self.agree(class, Some(Class::Text), &Operand::Column(column.clone()));
            }
            Predicate::And(parts) | Predicate::Or(parts) => {
                for part in parts {
                    self.predicate(part);
                }
            }
            Predicate::Not(part) => self.predicate(part),
        }
    }

    fn comparison(&mut self, left: &Operand, op: Comparison, right: &Operand) {
        let (a, b) = (self.operand(left), self.operand(right));
        self.agree(
            a,
            b,
            if matches!(left, Operand::Column(_)) {
                left
            } else {
                right
            },
        );
        let columns = [left, right]
            .into_iter()
            .filter_map(|operand| match operand {
                Operand::Column(column) => Some(column.at),
                _ => None,
            });
        let (places, ordered) = (
            columns.collect::<Vec<_>>(),
            !matches!(op, Comparison::Equal | Comparison::NotEqual),
        );
        match places.as_slice() {
            [] => self.refuse(
                Position::START,
                "a comparison names no column",
                "compare a column of the contract",
            ),
            [at, ..] if ordered && a == Some(Class::Boolean) => {
                self.refuse(*at, "booleans have no order", "use `=` or `<>`");
            }
            [at, _] if ordered && a == Some(Class::Text) => {
                self.refuse(
                    *at,
                    "the order of two text columns differs between engines",
                    "compare them with `=` or `<>`",
                );
            }
            _ => {}
        }
    }

    fn operand(&mut self, operand: &Operand) -> Option<Class> {
        match operand {
            Operand::Column(column) => self.column(column),
            Operand::Literal(literal) => Some(literal_class(literal)),
            Operand::User => Some(Class::Text),
        }
    }

    fn column(&mut self, column: &Column) -> Option<Class> {
        match self.exists(column)? {
            LogicalType::Text => Some(Class::Text),
            LogicalType::Integer | LogicalType::Number => Some(Class::Number),
            LogicalType::Boolean => Some(Class::Boolean),
            LogicalType::Timestamp => Some(Class::Timestamp),
            LogicalType::Date => Some(Class::Date),
            LogicalType::Other => {
                self.refuse(
                    column.at,
                    &format!("column `{}` has no type that can be compared", column.path),
                    "use `is null`, or a column of text, numbers, booleans or moments",
                );
                None
            }
        }
    }

    fn exists(&mut self, column: &Column) -> Option<LogicalType> {
        let found = (self.type_of)(&column.path);
        if found.is_none() {
            let nearest =
                zonecut_contract::spelling::nearest(&column.path, self.names.iter().copied());
            let help = nearest.map_or_else(
                || "use the contract's own column names".to_owned(),
                |name| format!("did you mean `{name}`?"),
            );
            self.refuse(
                column.at,
                &format!("unknown column `{}`", column.path),
                &help,
            );
        }
        found
    }

    fn agree(&mut self, a: Option<Class>, b: Option<Class>, about: &Operand) {
        if let (Some(a), Some(b), Operand::Column(column)) = (a, b, about)
            && a != b
        {
            let message = format!(
                "column `{}` is {}, compared with {}",
                column.path,
                a.name(),
                b.name()
            );
            self.refuse(
                column.at,
                &message,
                "compare values of one type; moments are written `timestamp '…'` or `date '…'`",
            );
        }
    }

    fn refuse(&mut self, at: Position, message: &str, help: &str) {
        self.errors.push(FilterError::new(at, message, help));
    }
}

impl Class {
    const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "a number",
            Self::Boolean => "a boolean",
            Self::Timestamp => "a timestamp",
            Self::Date => "a date",
        }
    }
}

const fn literal_class(literal: &Literal) -> Class {
    match literal {
        Literal::Text(_) => Class::Text,
        Literal::Integer(_) | Literal::Number(_) => Class::Number,
        Literal::Boolean(_) => Class::Boolean,
        Literal::Timestamp(_) => Class::Timestamp,
        Literal::Date(_) => Class::Date,
    }
}
