//! ## What it does
//! Looks for two elements of one parent with the same `id`.
//!
//! ## Why it matters
//! An `id` is what an element *is*: two versions are compared by it. With two bearers, a rename can
//! no longer be told from a removal.
//!
//! ## Example
//! ```yaml
//! properties:
//!   - {id: qname, name: query_name}
//!   - {id: qname, name: qname}
//! ```
//!
//! ## How to fix
//! Give the newer element an `id` of its own.

use zonecut_diagnostics::LintSeverity;

use super::rule::{Check, Report, Rule};
use crate::model::{Contract, Element};

pub(super) static RULE: Rule = Rule {
    name: "duplicate-id",
    since: "0.1.0",
    severity: LintSeverity::Error,
    check: Check::Contract(check),
};

fn check(contract: &Contract, report: &mut Report<'_>) {
    siblings(&contract.objects, "", report);
    for object in &contract.objects {
        siblings(&object.properties, &object.name, report);
        for (path, element) in object.walk() {
            siblings(
                &element.properties,
                &format!("{}.{path}", object.name),
                report,
            );
        }
    }
}

fn siblings(elements: &[Element], parent: &str, report: &mut Report<'_>) {
    let mut seen = std::collections::HashSet::new();
    for element in elements {
        let Some(id) = element.id.as_deref() else {
            continue;
        };
        if !seen.insert(id) {
            let path = if parent.is_empty() {
                element.name.clone()
            } else {
                format!("{parent}.{}", element.name)
            };
            report.add(
                element.span,
                path,
                id,
                format!("another element beside it has the id `{id}`"),
                "give one of them an id of its own",
            );
        }
    }
}
