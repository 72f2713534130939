//! ## What it does
//! Looks for a column whose semantic type is personal, or carries personal data inside, and that has
//! neither a classification (its own or inherited) nor a tag such as `pii`.
//!
//! ## Why it matters
//! Guardrails are written about classes and tags. What has neither is guarded by nobody, and no
//! comparison can say that its protection was lowered.
//!
//! ## Example
//! ```yaml
//! - name: client_ip
//!   logicalType: string
//!   customProperties:
//!     - {property: semanticType, value: net.client_ip}
//! ```
//!
//! ## How to fix
//! State a `classification`: `confidential` or `restricted` where people are behind the values.

use zonecut_diagnostics::LintSeverity;
use zonecut_dns::PrivacyClass;

use super::nodes::semantic_type;
use super::rule::{Check, Report, Rule};
use super::subject::Subject;

pub(super) static RULE: Rule = Rule {
    name: "unclassified-personal",
    since: "0.1.0",
    severity: LintSeverity::Warning,
    check: Check::Contract(check),
};

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    let classes = report.classification;
    if classes.is_tagged(subject.root()) {
        return;
    }
    for column in subject.columns() {
        let Some(known) = semantic_type(column.node) else {
            continue;
        };
        let is_open = known.privacy == PrivacyClass::None || column.classification().is_some();
        if is_open || column.around().any(|it| classes.is_tagged(it.node)) {
            continue;
        }
        report.add(column.node.span, column, known.name, || {
            (
                format!(
                    "`{}` is personal data and has no classification",
                    known.name
                ),
                "state a `classification`: `confidential` or `restricted`",
            )
        });
    }
}
