//! ## What it does
//! Looks for a `classification` that has no place in the order `public`, `internal`,
//! `confidential`, `restricted`.
//!
//! ## Why it matters
//! Whether data became more visible is decided by that order. A label outside it is neither higher
//! nor lower than another, and no policy that names the usual ones matches it.
//!
//! ## Example
//! ```yaml
//! classification: secretish
//! ```
//!
//! ## How to fix
//! Use one of the four, and put a label of your own into `tags`.

use zonecut_diagnostics::LintSeverity;

use super::rule::{Check, Report, Rule};
use crate::model::Contract;
use crate::sensitivity::{CLASSES, rank};
use crate::spelling::{did_you_mean, list, quoted};

pub(super) static RULE: Rule = Rule {
    name: "classification-unknown",
    since: "0.1.0",
    severity: LintSeverity::Warning,
    check: Check::Contract(check),
};

fn check(contract: &Contract, report: &mut Report<'_>) {
    for (path, column) in super::columns(contract) {
        let Some(label) = column.element.classification.as_deref() else {
            continue;
        };
        if rank(Some(label)).is_none() {
            report.add(
                column.element.span,
                path,
                label,
                format!(
                    "the classification `{}` has no place in the usual order",
                    quoted(label)
                ),
                did_you_mean(label, CLASSES)
                    .unwrap_or_else(|| format!("use one of {}", list(&CLASSES))),
            );
        }
    }
}
