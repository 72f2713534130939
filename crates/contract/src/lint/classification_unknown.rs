//! ## What it does
//! Looks for a `classification` that has no place in the order: `public`, `internal`,
//! `confidential`, `restricted`, or what the repository [says instead](../configuration.md#classification).
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
//! Use one of the classes, and put a label of your own into `tags`; or give your labels their places in
//! `zonecut.toml`. `zonecut lint --fix` mends a single slip of the finger.

use zonecut_diagnostics::LintSeverity;

use super::nodes;
use super::rule::{Check, Report, Rule};
use super::subject::Subject;
use crate::spelling::{did_you_mean, list, quoted, slip_of};

pub(super) static RULE: Rule = Rule {
    name: "classification-unknown",
    since: "0.1.0",
    severity: LintSeverity::Warning,
    check: Check::Contract(check),
};

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    let known = report.classification;
    for element in subject.elements.all() {
        let Some((label, node)) = nodes::text(element.node, "classification") else {
            continue;
        };
        if known.rank(Some(label)).is_some() {
            continue;
        }
        report.add(node.span, element, label, || {
            (
                format!(
                    "the classification `{}` has no place in the order",
                    quoted(label)
                ),
                did_you_mean(label, known.labels())
                    .unwrap_or_else(|| format!("use one of {}", list(known.order()))),
            )
        });
        if let Some(meant) = slip_of(label, known.labels()) {
            report.fix(node.span, label, meant);
        }
    }
}
