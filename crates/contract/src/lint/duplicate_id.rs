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

use super::nodes::text;
use super::rule::{Check, Report, Rule};
use super::siblings::repeated;
use super::subject::Subject;
use crate::spelling::quoted;

pub(super) static RULE: Rule = Rule {
    name: "duplicate-id",
    since: "0.1.0",
    severity: LintSeverity::Error,
    check: Check::Contract(check),
};

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    for element in repeated(subject, |element| Some(text(element, "id")?.0.into())) {
        let id = text(element.node, "id").map_or("", |(id, _)| id);
        report.add(element.node.span, &element, id, || {
            (
                format!("another element beside it has the id `{}`", quoted(id)),
                "give one of them an id of its own",
            )
        });
    }
}
