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

use super::nodes::{QualityRule, name, rules, text};
use super::rule::{Check, Report, Rule};
use super::subject::Subject;
use crate::node::{Node, Value};
use crate::spelling::quoted;

pub(super) static RULE: Rule = Rule {
    name: "quality-reference-unknown",
    since: "0.1.0",
    severity: LintSeverity::Warning,
    check: Check::Contract(check),
};

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    let mut suggestions = None;
    for element in subject.elements.all() {
        for rule in rules(element) {
            for (column, node) in named(rule.node) {
                let known = subject.known();
                let object = name(element.object().node);
                let from_object = format!("{object}.{column}");
                if known.contains(&from_object) || known.contains(&format!("{element}.{column}")) {
                    continue;
                }
                let suggestions = suggestions.get_or_insert_with(|| known.suggestions());
                report.add(node.span, rule, column, || {
                    let likely = suggestions.of(&from_object);
                    (
                        format!("`{object}` has no column `{}`", quoted(column)),
                        likely.unwrap_or_else(|| {
                            "write the name of a column of the object".to_owned()
                        }),
                    )
                });
            }
            if element.is_object() {
                no_column(rule, report);
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

fn no_column(rule: QualityRule<'_>, report: &mut Report<'_>) {
    let Some((query, node)) = text(rule.node, "query") else {
        return;
    };
    let placeholders = ["{property}", "{column}"];
    if let Some(placeholder) = placeholders.iter().find(|known| query.contains(**known)) {
        report.add(node.span, rule, placeholder, || {
            (
                format!("`{placeholder}` stands for a column, and this rule is about an object"),
                "name the column, or move the rule to it",
            )
        });
    }
}
