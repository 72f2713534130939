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

use super::rule::{Check, Report, Rule};
use crate::model::Contract;

pub(super) static RULE: Rule = Rule {
    name: "unclassified-personal",
    since: "0.1.0",
    severity: LintSeverity::Warning,
    check: Check::Contract(check),
};

fn check(contract: &Contract, report: &mut Report<'_>) {
    let classification = report.classification;
    for (path, column) in super::columns(contract) {
        let semantic = column.element.semantic_type.as_deref();
        let Some(known) = semantic.and_then(zonecut_dns::semantic_type) else {
            continue;
        };
        let mut tags = column.tags.iter();
        let tagged = tags.any(|tag| classification.is_personal_tag(tag));
        if known.privacy == PrivacyClass::None || column.classification.is_some() || tagged {
            continue;
        }
        report.add(
            column.element.span,
            path,
            known.name,
            format!(
                "`{}` is personal data and has no classification",
                known.name
            ),
            "state a `classification`: `confidential` or `restricted`",
        );
    }
}
