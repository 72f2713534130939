//! ## What it does
//! Looks for two elements of one parent whose names differ in nothing but case.
//!
//! ## Why it matters
//! ODCS, Avro, Parquet, JSON and ClickHouse tell the two apart; Hive, Spark and Trino fold case, so that
//! one of them can't be read there, or neither. A name that is denied under either is denied.
//!
//! ## Example
//! ```yaml
//! properties:
//!   - {name: qname, logicalType: string}
//!   - {name: QNAME, logicalType: string}
//! ```
//!
//! ## How to fix
//! Give one of them a name of its own, if the data is ever to be read by an engine that folds case.

use std::collections::HashSet;

use zonecut_diagnostics::LintSeverity;

use super::nodes::text;
use super::rule::{Check, Report, Rule};
use super::siblings::repeated;
use super::subject::Subject;
use crate::node::Node;
use crate::spelling::quoted;

pub(super) static RULE: Rule = Rule {
    name: "names-differ-in-case",
    since: "0.1.0",
    severity: LintSeverity::Warning,
    check: Check::Contract(check),
};

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    let same = repeated(subject, |element| Some(text(element, "name")?.0.into()));
    let same: HashSet<*const Node> = same.iter().map(|it| std::ptr::from_ref(it.node)).collect();
    let folded = |element| {
        let (name, _) = text(element, "name").filter(|(name, _)| !name.is_empty())?;
        Some(name.to_lowercase().into())
    };
    for element in repeated(subject, folded) {
        // What is the same to the letter is another rule's.
        let is_same = same.contains(&std::ptr::from_ref(element.node));
        let Some((name, node)) = text(element.node, "name").filter(|_| !is_same) else {
            continue;
        };
        report.add(node.span, &element, name, || {
            (
                format!(
                    "`{}` differs from another name before it in nothing but case",
                    quoted(name)
                ),
                "give one of them a name of its own: Hive, Spark and Trino can't tell the two apart",
            )
        });
    }
}
