//! ## What it does
//! Looks for a `status` that is none of `proposed`, `draft`, `active`, `deprecated`, `retired`.
//!
//! ## Why it matters
//! Access is decided by what is active or deprecated. A word that nobody knows opens nothing: the data
//! is there, and every request for it is denied.
//!
//! ## Example
//! ```yaml
//! status: production
//! ```
//!
//! ## How to fix
//! Use one of the five. `zonecut lint --fix` mends a single slip of the finger.

use zonecut_diagnostics::LintSeverity;

use super::nodes::text;
use super::rule::{Check, Report, Rule};
use crate::model::Lifecycle;
use crate::node::Document;
use crate::spelling::{did_you_mean, list, quoted, slip_of};

pub(super) static RULE: Rule = Rule {
    name: "status-unknown",
    since: "0.1.0",
    severity: LintSeverity::Warning,
    check: Check::Document(check),
};

const STAGES: [&str; 5] = ["proposed", "draft", "active", "deprecated", "retired"];

fn check(document: &Document, report: &mut Report<'_>) {
    let Some((status, node)) = text(&document.root, "status") else {
        return;
    };
    if Lifecycle::of(status) != Lifecycle::Other {
        return;
    }
    report.add(node.span, "status", status, || {
        (
            format!("the status `{}` is no stage of a life", quoted(status)),
            did_you_mean(status, STAGES).unwrap_or_else(|| format!("use one of {}", list(&STAGES))),
        )
    });
    if let Some(meant) = slip_of(status, STAGES) {
        report.fix(node.span, status, meant);
    }
}
