//! ## What it does
//! Looks for service levels with the unit `m`.
//!
//! ## Why it matters
//! `m` is read as minutes by some and as months by others. Zonecut reads minutes; a consumer who
//! reads months waits forty thousand times longer before complaining.
//!
//! ## Example
//! ```yaml
//! slaProperties:
//!   - {property: latency, value: 5, unit: m}
//! ```
//!
//! ## How to fix
//! Write `min`, or `months`.

use zonecut_diagnostics::LintSeverity;

use super::rule::{Check, Report, Rule};
use crate::model::Contract;

pub(super) static RULE: Rule = Rule {
    name: "ambiguous-unit",
    since: "0.1.0",
    severity: LintSeverity::Warning,
    check: Check::Contract(check),
};

fn check(contract: &Contract, report: &mut Report<'_>) {
    for promise in &contract.sla {
        if promise.unit.as_deref() == Some("m") {
            report.add(
                promise.span,
                format!("slaProperties[{}]", promise.property),
                "m",
                "the unit `m` can be minutes or months; minutes are meant here",
                "write `min`, or `months`",
            );
        }
    }
}
