//! ## What it does
//! Looks for a service level whose `element` names no object or property of the schema, and for a
//! `slaDefaultElement` that does.
//!
//! ## Why it matters
//! A promise about nothing is never measured: its deadline belongs to no table.
//!
//! ## Example
//! ```yaml
//! slaProperties:
//!   - {property: freshness, value: 15, unit: min, element: querys.query_time}
//! ```
//!
//! ## How to fix
//! Write `object`, or `object.property`, with the names of the schema.

use zonecut_diagnostics::{LintSeverity, Span};

use super::known::Known;
use super::rule::{Check, Report, Rule};
use crate::model::Contract;
use crate::node::Node;
use crate::spelling::quoted;

pub(super) static RULE: Rule = Rule {
    name: "sla-element-unknown",
    since: "0.1.0",
    severity: LintSeverity::Warning,
    check: Check::Contract(check),
};

fn check(contract: &Contract, report: &mut Report<'_>) {
    if contract.objects().is_empty() {
        return;
    }
    let mut known = Known::new(contract);
    for promise in &contract.sla {
        if let Some(elements) = &promise.element {
            let path = format!("slaProperties[{}]", promise.property);
            each(elements, promise.span, &path, &mut known, report);
        }
    }
    let default = contract.root().get("slaDefaultElement");
    if let Some((elements, node)) = default.and_then(|node: &Node| Some((node.as_str()?, node))) {
        each(elements, node.span, "slaDefaultElement", &mut known, report);
    }
}

fn each(elements: &str, span: Span, path: &str, known: &mut Known, report: &mut Report<'_>) {
    for element in elements.split(',').map(str::trim) {
        if known.contains(element) {
            continue;
        }
        let likely = known.suggestion(element);
        report.add(
            span,
            path,
            element,
            format!("the schema has no element `{}`", quoted(element)),
            likely.unwrap_or_else(|| "write `object`, or `object.property`".to_owned()),
        );
    }
}
