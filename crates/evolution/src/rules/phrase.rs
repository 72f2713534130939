//! How rules put facts into words, and read what several of them read.

use serde_json::Value as Json;
use zonecut_contract::{Node, Value};

use crate::fact::{Fact, FactKind};

const LONGEST: usize = 60;

/// The value in backticks, cut where it is long.
pub(super) fn quoted(node: Option<&Node>) -> String {
    backticks(node.map(Node::to_json))
}

fn backticks(value: Option<Json>) -> String {
    let text = match value {
        None => return "nothing".to_owned(),
        Some(Json::String(text)) => text,
        Some(other) => other.to_string(),
    };
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() > LONGEST {
        let start: String = line.chars().take(LONGEST).collect();
        format!("`{start}…`")
    } else {
        format!("`{line}`")
    }
}

/// "`x` of `tbl.col` turned from `a` into `b`", "was added", "was removed".
pub(super) fn turned(fact: &Fact<'_>) -> String {
    let of = if fact.field().is_empty() || fact.field() == fact.path {
        format!("`{}`", fact.path)
    } else {
        format!("`{}` of `{}`", fact.field(), fact.path)
    };
    match fact.kind {
        FactKind::Added if fact.field.is_none() => format!("{of} was added"),
        FactKind::Removed if fact.field.is_none() => format!("{of} was removed"),
        FactKind::Added => format!("{of} gained {}", backticks(fact.shown(fact.after))),
        FactKind::Removed => format!("{of} lost {}", backticks(fact.shown(fact.before))),
        FactKind::Changed | FactKind::Renamed | FactKind::Respelled => {
            format!(
                "{of} turned from {} into {}",
                backticks(fact.shown(fact.before)),
                backticks(fact.shown(fact.after))
            )
        }
    }
}

/// The old and the new value of a custom property, when that is what the fact is about.
pub(super) fn custom_change<'a>(
    fact: &Fact<'a>,
    property: &str,
) -> Option<(Option<&'a Node>, Option<&'a Node>)> {
    let field = fact.field();
    let own = after_name(field, property)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(".value"));
    let contracts = after_name(&fact.path, property).is_some_and(str::is_empty)
        && (field.is_empty() || field.starts_with("value"));
    if fact.kind == FactKind::Respelled || !(own || contracts) {
        return None;
    }
    let value = |node: Option<&'a Node>| {
        node.and_then(|node| {
            if contracts {
                node.get("value")
            } else {
                node.custom(property)
            }
        })
        // Null is not stated.
        .filter(|value| !matches!(value.value, Value::Null))
    };
    Some((value(fact.subject.before), value(fact.subject.after)))
}

/// What follows `customProperties[property]`.
fn after_name<'t>(text: &'t str, property: &str) -> Option<&'t str> {
    let rest = text.strip_prefix("customProperties[")?;
    rest.strip_prefix(property)?.strip_prefix(']')
}
