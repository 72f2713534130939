//! ## What it does
//! Looks for a custom property `semanticType` that the field dictionary does not know.
//!
//! ## Why it matters
//! Policies select columns by semantic type, and masks have a meaning only for the types they are
//! made for. A type nobody knows selects nothing and protects nothing.
//!
//! ## Example
//! ```yaml
//! customProperties:
//!   - {property: semanticType, value: net.clientip}
//! ```
//!
//! ## How to fix
//! Use a name of the field dictionary, or leave the property out. `zonecut lint --fix` mends a single
//! slip of the finger.

use zonecut_diagnostics::LintSeverity;

use super::rule::{Check, Report, Rule};
use super::subject::Subject;
use crate::spelling::{did_you_mean, quoted, slip_of};

pub(super) static RULE: Rule = Rule {
    name: "unknown-semantic-type",
    since: "0.1.0",
    severity: LintSeverity::Warning,
    check: Check::Contract(check),
};

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    for element in subject.elements.all() {
        let Some(node) = element.node.custom("semanticType") else {
            continue;
        };
        let Some(name) = node.as_str() else {
            continue;
        };
        if zonecut_dns::semantic_type(name).is_some() {
            continue;
        }
        let known = || zonecut_dns::semantic_types().map(|known| known.name);
        report.add(node.span, element, name, || {
            (
                format!(
                    "the field dictionary does not know the semantic type `{}`",
                    quoted(name)
                ),
                did_you_mean(name, known()).unwrap_or_else(|| {
                    "use a name of the field dictionary, or leave it out".to_owned()
                }),
            )
        });
        if let Some(meant) = slip_of(name, known()) {
            report.fix(node.span, name, meant);
        }
    }
}
