//! Masks in SQL: exactly where the dialect can, else by the weakest stronger mask that it can.

use std::collections::BTreeMap;

use zonecut_mask::{DomainCut, IpPrefix, LogicalType, Mask};

use super::{ColumnRef, Dialect, Lowered, Target, postgresql, sql, trino};

/// The expression that shows `column` as `mask` does, or as a stronger mask named in the answer.
#[must_use]
pub fn mask(mask: &Mask, column: ColumnRef<'_>, target: Target<'_>) -> Lowered {
    if let Some(expression) = express(mask, column, target) {
        return Lowered {
            expression,
            enforced: None,
        };
    }
    let stronger = dominating(mask).into_iter().find_map(|candidate| {
        express(&candidate, column, target).map(|expression| (candidate, expression))
    });
    let (enforced, expression) = stronger.unwrap_or_else(|| (Mask::Null, "NULL".to_owned()));
    let why = why_not(mask, target);
    Lowered {
        expression,
        enforced: Some((enforced, why)),
    }
}

/// Stronger masks worth trying before `null`.
fn dominating(mask: &Mask) -> Option<Mask> {
    match mask {
        // A registrable domain has at least two labels, so its last two follow from it.
        Mask::Domain(DomainCut::Registrable) => Some(Mask::Domain(DomainCut::Labels(2))),
        Mask::IpPrefix(IpPrefix { v4, v6 }) => Some(
            Mask::IpPrefix(IpPrefix {
                v4: *v4,
                v6: v6.map(|bits| bits.min(96)),
            })
            .normal(),
        ),
        _ => None,
    }
}

fn why_not(mask: &Mask, target: Target<'_>) -> String {
    let (dialect, type_name) = (target.dialect.name(), mask.type_name());
    if matches!(mask, Mask::Domain(DomainCut::Registrable)) || mask.keyed().is_some() {
        format!("`{type_name}` needs a function that the engine does not name in `functions`")
    } else {
        format!("`{type_name}` cannot be written for this column in `{dialect}`")
    }
}

/// The exact expression, where the dialect has one.
fn express(mask: &Mask, column: ColumnRef<'_>, target: Target<'_>) -> Option<String> {
    let dialect = target.dialect;
    let name = sql::column(dialect, column.names);
    // Items of arrays and values of maps have no name in SQL.
    if column.item && *mask != Mask::Null {
        return None;
    }
    match mask {
        Mask::Clear => Some(name),
        Mask::Null => Some("NULL".to_owned()),
        Mask::Constant(value) => constant(dialect, value, column),
        Mask::EnumGroup { groups, other } => is_text(column)
            .then(|| enum_group(dialect, &name, groups, other.as_deref()))
            .flatten()
            .map(|text| typed(dialect, text, column)),
        Mask::HashKeyed(keyed) | Mask::IpPseudonym(keyed) | Mask::IpToken(keyed) => {
            let function = target
                .functions
                .get(mask.type_name())
                .filter(|_| is_text(column))?;
            Some(format!(
                "{function}({name}, {}, {})",
                sql::string(dialect, &keyed.key),
                keyed.epoch
            ))
        }
        Mask::Domain(DomainCut::Registrable) => {
            let function = target
                .functions
                .get(mask.type_name())
                .filter(|_| is_text(column))?;
            Some(format!("{function}({name})"))
        }
        _ => match dialect {
            Dialect::Trino => {
                trino::express(mask, &name, column).map(|text| typed(dialect, text, column))
            }
            Dialect::PostgreSql => postgresql::express(mask, &name, column),
            // Not proved in these engines, so not offered.
            Dialect::Presto
            | Dialect::Spark
            | Dialect::DuckDb
            | Dialect::ClickHouse
            | Dialect::DataFusion => None,
        },
    }
}

fn constant(dialect: Dialect, value: &serde_json::Value, column: ColumnRef<'_>) -> Option<String> {
    let text = match value {
        serde_json::Value::String(text) => {
            (is_text(column) && sql::is_expressible(text)).then(|| sql::string(dialect, text))?
        }
        serde_json::Value::Bool(truth) => if *truth { "TRUE" } else { "FALSE" }.to_owned(),
        serde_json::Value::Number(number) => number.to_string(),
        _ => return None,
    };
    Some(typed(dialect, text, column))
}

fn enum_group(
    dialect: Dialect,
    name: &str,
    groups: &BTreeMap<String, String>,
    other: Option<&str>,
) -> Option<String> {
    let texts = groups
        .iter()
        .flat_map(|(value, group)| [value.as_str(), group])
        .chain(other);
    if !texts.into_iter().all(sql::is_expressible) {
        return None;
    }
    let mut by_group: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (value, group) in groups {
        by_group
            .entry(group)
            .or_default()
            .push(sql::string(dialect, value));
    }
    let arms = by_group.iter().map(|(group, values)| {
        format!(
            " WHEN {name} IN ({}) THEN {}",
            values.join(", "),
            sql::string(dialect, group)
        )
    });
    let other = other
        .map(|other| format!(" ELSE {}", sql::string(dialect, other)))
        .unwrap_or_default();
    Some(format!(
        "CASE WHEN {name} IS NULL THEN NULL{}{other} END",
        arms.collect::<String>()
    ))
}

/// Trino takes a mask only in the column's own type; elsewhere expressions stand in views.
fn typed(dialect: Dialect, expression: String, column: ColumnRef<'_>) -> String {
    match (dialect, trino::castable(column.physical_type)) {
        (Dialect::Trino, Some(physical)) => format!("CAST({expression} AS {physical})"),
        _ => expression,
    }
}

/// Whether the values are text where they are stored, as far as the contract says.
pub(super) fn is_text(column: ColumnRef<'_>) -> bool {
    let Some(physical) = column.physical_type else {
        return column.meaning.logical == LogicalType::Text;
    };
    let word = physical
        .split(['(', ' '])
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    matches!(
        word.as_str(),
        "varchar"
            | "char"
            | "character"
            | "text"
            | "string"
            | "nvarchar"
            | "bpchar"
            | "utf8"
            | "keyword"
    )
}

/// Whether a physical type has a time zone.
pub(super) fn is_zoned(physical: Option<&str>) -> bool {
    physical.is_some_and(|physical| {
        let physical = physical.to_ascii_lowercase();
        physical.contains("with time zone")
            || physical.starts_with("timestamptz")
            || physical.starts_with("timestamp_ltz")
    })
}
