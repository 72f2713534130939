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

use zonecut_diagnostics::LintSeverity;

use super::rule::{Check, Report, Rule};
use super::siblings::repeated;
use crate::model::{Contract, Element};
use crate::spelling::quoted;

pub(super) static RULE: Rule = Rule {
    name: "names-differ-in-case",
    since: "0.1.0",
    severity: LintSeverity::Warning,
    check: Check::Contract(check),
};

fn check(contract: &Contract, report: &mut Report<'_>) {
    let named = |element: &Element| (!element.name.is_empty()).then_some(element.name.clone());
    let same = repeated(contract, named);
    let folded = |element: &Element| named(element).map(|name| name.to_lowercase());
    for (path, element) in repeated(contract, folded) {
        // What is the same to the letter is another rule's.
        if same.iter().any(|(_, other)| std::ptr::eq(*other, element)) {
            continue;
        }
        report.add(
            element.name_span,
            path,
            &element.name,
            format!(
                "`{}` differs from another name before it in nothing but case",
                quoted(&element.name)
            ),
            "give one of them a name of its own: Hive, Spark and Trino can't tell the two apart",
        );
    }
}
