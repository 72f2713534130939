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

use std::collections::HashSet;

use zonecut_diagnostics::{LintSeverity, Span};

use super::rule::{Check, Report, Rule};
use crate::model::Contract;
use crate::node::Node;
use crate::spelling::{did_you_mean, quoted};

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
    let objects = contract.objects().iter().map(|object| object.name.clone());
    let paths = super::columns(contract).map(|(path, _)| path);
    let mut known = Known {
        paths: objects.chain(paths).collect(),
        compared: 0,
    };
    for promise in &contract.sla {
        if let Some(elements) = &promise.element {
            let path = || format!("slaProperties[{}]", promise.property);
            known.each(elements, promise.span, &path, report);
        }
    }
    let default = contract.root().get("slaDefaultElement");
    if let Some((elements, node)) = default.and_then(|node: &Node| Some((node.as_str()?, node))) {
        let path = || "slaDefaultElement".to_owned();
        known.each(elements, node.span, &path, report);
    }
}

/// What the schema has, and how often a name was compared with all of it for a suggestion.
struct Known {
    paths: HashSet<String>,
    compared: usize,
}

impl Known {
    /// So many comparisons take a moment, and a document of that many slips needs no suggestions.
    const COMPARED: usize = 50_000;

    fn each(
        &mut self,
        elements: &str,
        span: Span,
        path: &dyn Fn() -> String,
        report: &mut Report<'_>,
    ) {
        for element in elements.split(',').map(str::trim) {
            if self.paths.contains(element) {
                continue;
            }
            let likely = self.suggestion(element);
            report.add(
                span,
                path(),
                element,
                format!("the schema has no element `{}`", quoted(element)),
                likely.unwrap_or_else(|| "write `object`, or `object.property`".to_owned()),
            );
        }
    }

    fn suggestion(&mut self, element: &str) -> Option<String> {
        self.compared += self.paths.len();
        if self.compared > Self::COMPARED {
            return None;
        }
        let mut paths: Vec<&str> = self.paths.iter().map(String::as_str).collect();
        paths.sort_unstable();
        did_you_mean(element, paths)
    }
}
