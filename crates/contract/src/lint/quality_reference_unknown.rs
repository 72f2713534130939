//! ## What it does
//! Looks for quality rules that name columns the object does not have (`properties`, `property`,
//! `columns` or `column` in their `arguments`), and for queries of an object that stand a placeholder for
//! a column, `{property}` or `${column}`, where there is none.
//!
//! ## Why it matters
//! The check fails at night for a reason that has nothing to do with the data, or, worse, checks
//! nothing.
//!
//! ## Example
//! ```yaml
//! quality:
//!   - {metric: duplicateValues, mustBe: 0, arguments: {properties: [hour, resolver_sight]}}
//! ```
//!
//! ## How to fix
//! Write the names that the schema has. Move a rule with a placeholder for a column to that column.

use zonecut_diagnostics::LintSeverity;

use super::known::Known;
use super::nodes::{objects, rules, text};
use super::rule::{Check, Report, Rule};
use crate::model::Contract;
use crate::node::{Node, Value};
use crate::spelling::quoted;

pub(super) static RULE: Rule = Rule {
    name: "quality-reference-unknown",
    since: "0.1.0",
    severity: LintSeverity::Warning,
    check: Check::Contract(check),
};

fn check(contract: &Contract, report: &mut Report<'_>) {
    let mut known = Known::new(contract);
    for object in objects(contract) {
        let Some((name, _)) = object.first() else {
            continue;
        };
        for (path, element) in &object {
            for (place, rule) in rules(path, element) {
                for (column, node) in named(rule) {
                    let from_object = format!("{name}.{column}");
                    if known.contains(&from_object) || known.contains(&format!("{path}.{column}")) {
                        continue;
                    }
                    let likely = known.suggestion(&from_object);
                    report.add(
                        node.span,
                        place.clone(),
                        column,
                        format!("`{name}` has no column `{}`", quoted(column)),
                        likely.unwrap_or_else(|| {
                            "write the name of a column of the object".to_owned()
                        }),
                    );
                }
                if path == name {
                    no_column(rule, place, report);
                }
            }
        }
    }
}

/// The columns that the arguments of a rule name.
fn named(rule: &Node) -> Vec<(&str, &Node)> {
    let Some(arguments) = rule.get("arguments") else {
        return Vec::new();
    };
    let keys = ["properties", "property", "columns", "column"];
    let stated = keys.iter().filter_map(|key| arguments.get(key));
    let nodes = stated.flat_map(|node| match &node.value {
        Value::List(items) => items.iter().collect(),
        _ => vec![node],
    });
    nodes
        .filter_map(|node| Some((node.as_str()?, node)))
        .collect()
}

fn no_column(rule: &Node, path: String, report: &mut Report<'_>) {
    let Some((query, node)) = text(rule, "query") else {
        return;
    };
    let placeholders = ["{property}", "{column}"];
    if let Some(placeholder) = placeholders.iter().find(|known| query.contains(**known)) {
        report.add(
            node.span,
            path,
            placeholder,
            format!("`{placeholder}` stands for a column, and this rule is about an object"),
            "name the column, or move the rule to it",
        );
    }
}
