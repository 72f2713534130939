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
//! Use a name of the field dictionary, or leave the property out.

use zonecut_diagnostics::LintSeverity;

use super::rule::{Check, Report, Rule};
use crate::model::Contract;
use crate::spelling::{did_you_mean, quoted};

pub(super) static RULE: Rule = Rule {
    name: "unknown-semantic-type",
    since: "0.1.0",
    severity: LintSeverity::Warning,
    check: Check::Contract(check),
};

fn check(contract: &Contract, report: &mut Report<'_>) {
    for (path, column) in super::columns(contract) {
        let Some(name) = column.element.semantic_type.as_deref() else {
            continue;
        };
        if zonecut_dns::semantic_type(name).is_some() {
            continue;
        }
        let known = zonecut_dns::semantic_types().map(|known| known.name);
        report.add(
            column.element.span,
            path,
            name,
            format!(
                "the field dictionary does not know the semantic type `{}`",
                quoted(name)
            ),
            did_you_mean(name, known).unwrap_or_else(|| {
                "use a name of the field dictionary, or leave it out".to_owned()
            }),
        );
    }
}
