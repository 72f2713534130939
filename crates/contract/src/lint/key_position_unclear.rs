//! ## What it does
//! Looks, in each object, at the positions of the columns of its primary key and of its partitioning:
//! for two columns at one position, positions below `1`, positions left out, and positions in a key that
//! the column is no part of.
//!
//! ## Why it matters
//! The order of a key decides how data is laid out and looked up. Where two columns share a position,
//! each tool chooses its own order.
//!
//! ## Example
//! ```yaml
//! - {name: zone, primaryKey: true, primaryKeyPosition: 1}
//! - {name: hour, primaryKey: true, primaryKeyPosition: 1}
//! ```
//!
//! ## How to fix
//! Number the columns of a key from `1`, each once.

use std::collections::BTreeMap;
use std::fmt;

use zonecut_diagnostics::LintSeverity;

use super::elements::Element;
use super::rule::{Check, Report, Rule};
use super::subject::Subject;
use crate::node::{Node, Value};
use crate::spelling::quoted;

pub(super) static RULE: Rule = Rule {
    name: "key-position-unclear",
    since: "0.1.0",
    severity: LintSeverity::Warning,
    check: Check::Contract(check),
};

/// A flag of columns, what numbers them, and what they are part of.
const KEYS: [(&str, &str, &str); 2] = [
    ("primaryKey", "primaryKeyPosition", "primary key"),
    ("partitioned", "partitionKeyPosition", "partitioning"),
];

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    for (_, object) in subject.elements.objects() {
        for key in KEYS {
            numbered(object.clone(), key, report);
        }
    }
}

fn numbered<'a>(
    object: impl Iterator<Item = Element<'a>>,
    (flag, position, whole): (&str, &str, &str),
    report: &mut Report<'_>,
) {
    let stated: Vec<Stated<'_>> = object
        .filter_map(|element| {
            let node = element.node.get(position)?;
            let number = whole_number(node)?;
            let is_part = element.node.get(flag).and_then(Node::as_bool) == Some(true);
            // The standard's way to say that there is none.
            (number != -1).then_some(Stated {
                number,
                element,
                node,
                is_part,
            })
        })
        .collect();
    let parts: Vec<&Stated<'_>> = stated.iter().filter(|it| it.is_part).collect();
    let mut taken: BTreeMap<i64, &Stated<'_>> = BTreeMap::new();
    for it in &stated {
        let number = it.number;
        let other = taken.get(&number).map(|other| other.element);
        let why = fmt::from_fn(|text| match other {
            _ if number < 1 => text.write_str("and positions start from `1` (`-1` is none)"),
            Some(other) => write!(text, "as that of `{other}`"),
            None => Ok(()),
        });
        if number >= 1 && !it.is_part {
            report.add(it.node.span, it.element, position, || {
                (
                    format!(
                        "`{position}` is `{number}` of a {whole} that the column is no part of"
                    ),
                    format!("add `{flag}: true`, or remove `{position}`"),
                )
            });
        } else if number < 1 || other.is_some() {
            report.add(it.node.span, it.element, position, || {
                (format!("`{position}` is `{number}`, {why}"), meant(&parts))
            });
        } else {
            taken.insert(number, it);
        }
    }
    let gap = taken
        .iter()
        .zip(1_i64..)
        .find(|((number, _), expected)| *number != expected);
    if let Some(((number, it), expected)) = gap {
        report.add(it.node.span, it.element, position, || {
            (
                format!("`{position}` is `{number}`, and no column has `{expected}`"),
                meant(&parts),
            )
        });
    }
}

/// A position as a column states it.
struct Stated<'a> {
    number: i64,
    element: Element<'a>,
    node: &'a Node,
    /// Whether the column is a part of the key.
    is_part: bool,
}

/// The numbers that the columns of a key were meant to have: in the order stated, from one, each once.
fn meant(columns: &[&Stated<'_>]) -> String {
    // A key of more columns has its numbers from a list that somebody keeps elsewhere.
    const LISTED: usize = 5;
    let general = "number the columns of a key from `1`, each once".to_owned();
    if columns.is_empty() || columns.len() > LISTED {
        return general;
    }
    let mut columns = columns.to_vec();
    columns.sort_by_key(|it| it.number);
    let numbered = columns.iter().zip(1..);
    let each: Vec<String> = numbered
        .map(|(it, number)| format!("`{number}` for `{}`", quoted(&it.element.to_string())))
        .collect();
    format!("{general}: {}", each.join(", "))
}

fn whole_number(node: &Node) -> Option<i64> {
    match &node.value {
        Value::Number(number) => number.as_i64(),
        _ => None,
    }
}
