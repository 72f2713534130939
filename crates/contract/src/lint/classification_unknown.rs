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
//! Use one of the four, and put a label of your own into `tags`. `zonecut lint --fix` mends a single
//! slip of the finger.

use zonecut_diagnostics::LintSeverity;

use super::nodes;
use super::rule::{Check, Report, Rule};
use crate::model::Contract;
use crate::sensitivity::{CLASSES, rank};
use crate::spelling::{did_you_mean, list, quoted, slip_of};

pub(super) static RULE: Rule = Rule {
    name: "classification-unknown",
    since: "0.1.0",
    severity: LintSeverity::Warning,
    check: Check::Contract(check),
};

fn check(contract: &Contract, report: &mut Report<'_>) {
    for (path, element) in nodes::objects(contract).into_iter().flatten() {
        let Some((label, node)) = nodes::text(element, "classification") else {
            continue;
        };
        if rank(Some(label)).is_some() {
            continue;
        }
        report.add(
            node.span,
            path,
            label,
            format!(
                "the classification `{}` has no place in the usual order",
                quoted(label)
            ),
            did_you_mean(label, CLASSES)
                .unwrap_or_else(|| format!("use one of {}", list(&CLASSES))),
        );
        if let Some(meant) = slip_of(label, CLASSES) {
            report.fix(node.span, label, meant);
        }
    }
}
