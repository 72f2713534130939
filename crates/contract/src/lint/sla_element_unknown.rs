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

use std::fmt;

use zonecut_diagnostics::LintSeverity;

use super::nodes::text;
use super::rule::{Check, Report, Rule};
use super::subject::Subject;
use crate::spelling::quoted;

pub(super) static RULE: Rule = Rule {
    name: "sla-element-unknown",
    since: "0.1.0",
    severity: LintSeverity::Warning,
    check: Check::Contract(check),
};

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    if subject.elements.all().next().is_none() {
        return;
    }
    let mut suggestions = None;
    let mut each = |elements: &str, span, path: fmt::Arguments<'_>| {
        let known = subject.known();
        let suggestions = suggestions.get_or_insert_with(|| known.suggestions());
        let named = elements.split(',').map(str::trim);
        for element in named.filter(|element| !known.contains(element)) {
            report.add(span, path, element, || {
                let likely = suggestions.of(element);
                (
                    format!("the schema has no element `{}`", quoted(element)),
                    likely.unwrap_or_else(|| "write `object`, or `object.property`".to_owned()),
                )
            });
        }
    };
    for promise in &subject.contract.sla {
        if let Some(elements) = &promise.element {
            let path = format_args!("slaProperties[{}]", promise.property);
            each(elements, promise.span, path);
        }
    }
    if let Some((elements, node)) = text(subject.root(), "slaDefaultElement") {
        each(elements, node.span, format_args!("slaDefaultElement"));
    }
}
