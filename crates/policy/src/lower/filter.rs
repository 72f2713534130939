//! Row filters in SQL.

use super::{ColumnRef, Dialect, mask, sql};
use crate::filter::{Column, Comparison, Literal, Operand, Predicate};

/// What keeps no row at all.
const NOTHING: &str = "FALSE";

/// A predicate in SQL. Without a dialect it is written in the words of the documents. Unless
/// bound, `principal.user` and `principal.groups` stand as they are in the documents' words and
/// keep nothing in SQL; so does what a dialect cannot express. `column` describes a column of
/// the contract by its path.
#[must_use]
pub fn filter<'a>(
    predicate: &Predicate,
    dialect: Option<Dialect>,
    column: &dyn Fn(&str) -> Option<ColumnRef<'a>>,
) -> String {
    let writer = Writer { dialect, column };
    match predicate {
        Predicate::Constant(None) => NOTHING.to_owned(),
        _ => writer
            .predicate(predicate)
            .unwrap_or_else(|| NOTHING.to_owned()),
    }
}

struct Writer<'w, 'a> {
    dialect: Option<Dialect>,
    column: &'w dyn Fn(&str) -> Option<ColumnRef<'a>>,
}

impl Writer<'_, '_> {
    /// None where something in it cannot be expressed: then the whole keeps nothing, because a
    /// part replaced by FALSE may stand under a `not`.
    fn predicate(&self, predicate: &Predicate) -> Option<String> {
        Some(match predicate {
            Predicate::Constant(Some(true)) => "TRUE".to_owned(),
            Predicate::Constant(Some(false)) => NOTHING.to_owned(),
            Predicate::Constant(None) => self.unknown(),
            Predicate::Compare { left, op, right } => self.compare(left, *op, right)?,
            Predicate::In { operand, list } => {
                let zoned = self.is_zoned(&[operand]);
                let items = list
                    .iter()
                    .map(|item| self.literal(item, zoned))
                    .collect::<Option<Vec<_>>>()?;
                format!(
                    "{} IN ({})",
                    self.operand(operand, zoned)?,
                    items.join(", ")
                )
            }
            Predicate::InGroups(column) if self.dialect.is_none() => {
                format!("{} IN principal.groups", self.column(column)?)
            }
            Predicate::InGroups(_) => return None,
            Predicate::Between { operand, low, high } => self.between(operand, low, high)?,
            Predicate::IsNull(column) => format!("{} IS NULL", self.column(column)?),
            Predicate::Like { column, pattern } => {
                let pattern = self.literal(&Literal::Text(pattern.clone()), false)?;
                format!("{} LIKE {pattern}", self.column(column)?)
            }
            Predicate::And(parts) => self.joined(parts, " AND ")?,
            Predicate::Or(parts) => self.joined(parts, " OR ")?,
            Predicate::Not(part) => format!("NOT ({})", self.predicate(part)?),
        })
    }

    fn joined(&self, parts: &[Predicate], word: &str) -> Option<String> {
        let parts = parts.iter().map(|part| {
            let text = self.predicate(part)?;
            let compound = matches!(part, Predicate::And(_) | Predicate::Or(_));
            Some(if compound { format!("({text})") } else { text })
        });
        Some(parts.collect::<Option<Vec<_>>>()?.join(word))
    }

    fn compare(&self, left: &Operand, op: Comparison, right: &Operand) -> Option<String> {
        let zoned = self.is_zoned(&[left, right]);
        let ordered = !matches!(op, Comparison::Equal | Comparison::NotEqual);
        let (left, right) = (
            self.sorted(left, right, ordered, zoned)?,
            self.operand(right, zoned)?,
        );
        Some(format!("{left} {} {right}", symbol(op)))
    }

    fn between(&self, operand: &Operand, low: &Operand, high: &Operand) -> Option<String> {
        let zoned = self.is_zoned(&[operand, low, high]);
        let middle = self.sorted(operand, low, true, zoned)?;
        Some(format!(
            "{middle} BETWEEN {} AND {}",
            self.operand(low, zoned)?,
            self.operand(high, zoned)?
        ))
    }

    /// The left side; where text is put in order, in the order of code points in every engine.
    fn sorted(
        &self,
        left: &Operand,
        right: &Operand,
        ordered: bool,
        zoned: bool,
    ) -> Option<String> {
        let text = |operand: &Operand| {
            matches!(operand, Operand::User | Operand::Literal(Literal::Text(_)))
        };
        let collated =
            self.dialect == Some(Dialect::PostgreSql) && ordered && (text(left) || text(right));
        let left = self.operand(left, zoned)?;
        Some(if collated {
            format!("{left} COLLATE \"C\"")
        } else {
            left
        })
    }

    fn operand(&self, operand: &Operand, zoned: bool) -> Option<String> {
        match operand {
            Operand::Column(column) => self.column(column),
            Operand::Literal(literal) => self.literal(literal, zoned),
            Operand::User => self.dialect.is_none().then(|| "principal.user".to_owned()),
        }
    }

    fn is_zoned(&self, operands: &[&Operand]) -> bool {
        let zoned = |path: &str| {
            (self.column)(path).is_some_and(|column| mask::is_zoned(column.physical_type))
        };
        operands
            .iter()
            .any(|operand| matches!(operand, Operand::Column(column) if zoned(&column.path)))
    }

    /// None where the contract has no such column, which checking has refused.
    fn column(&self, column: &Column) -> Option<String> {
        match self.dialect {
            None => Some(sql::column_in_words(&column.path)),
            Some(dialect) => Some(sql::column(dialect, (self.column)(&column.path)?.names)),
        }
    }

    fn literal(&self, literal: &Literal, zoned: bool) -> Option<String> {
        sql::literal(self.dialect.unwrap_or(Dialect::Trino), literal, zoned)
    }

    fn unknown(&self) -> String {
        match self.dialect {
            Some(Dialect::ClickHouse) => "CAST(NULL AS Nullable(Bool))",
            _ => "CAST(NULL AS BOOLEAN)",
        }
        .to_owned()
    }
}

const fn symbol(op: Comparison) -> &'static str {
    match op {
        Comparison::Equal => "=",
        Comparison::NotEqual => "<>",
        Comparison::Less => "<",
        Comparison::LessOrEqual => "<=",
        Comparison::Greater => ">",
        Comparison::GreaterOrEqual => ">=",
    }
}
