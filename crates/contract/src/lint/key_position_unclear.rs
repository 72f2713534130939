//! ## What it does
//! Looks, in each object, at the positions of the columns of its primary key and of its partitioning:
//! for two columns at one position, positions left out, and positions in a key that the column is no
//! part of.
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

use zonecut_diagnostics::LintSeverity;

use super::elements::Element;
use super::rule::{Check, Report, Rule};
use super::subject::Subject;
use crate::node::{Node, Value};

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
    let mut taken: BTreeMap<i64, (Element<'_>, &Node)> = BTreeMap::new();
    for element in object {
        let stated = element.node.get(position);
        let Some((number, node)) = stated.and_then(|node| Some((whole_number(node)?, node))) else {
            continue;
        };
        // Below one is the standard's way to say that there is none.
        if number < 1 {
            continue;
        }
        if element.node.get(flag).and_then(Node::as_bool) != Some(true) {
            report.add(node.span, element, position, || {
                (
                    format!(
                        "`{position}` is `{number}` of a {whole} that the column is no part of"
                    ),
                    format!("add `{flag}: true`, or remove `{position}`"),
                )
            });
        } else if let Some((other, _)) = taken.get(&number) {
            report.add(node.span, element, position, || {
                (
                    format!("`{position}` is `{number}`, as that of `{other}`"),
                    "number the columns of a key from `1`, each once",
                )
            });
        } else {
            taken.insert(number, (element, node));
        }
    }
    let gap = taken
        .iter()
        .zip(1_i64..)
        .find(|((number, _), expected)| *number != expected);
    if let Some(((number, (element, node)), expected)) = gap {
        report.add(node.span, element, position, || {
            (
                format!("`{position}` is `{number}`, and no column has `{expected}`"),
                "number the columns of a key from `1`, each once",
            )
        });
    }
}

fn whole_number(node: &Node) -> Option<i64> {
    match &node.value {
        Value::Number(number) => number.as_i64(),
        _ => None,
    }
}
