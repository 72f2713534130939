//! ## What it does
//! Looks for a contract whose `version` is not semantic versioning.
//!
//! ## Why it matters
//! Consumers read from the number whether a change breaks them, and a version that is not semver
//! pays for nothing: every breaking change of it is refused.
//!
//! ## Example
//! ```yaml
//! version: "2024-06"
//! ```
//!
//! ## How to fix
//! Write `MAJOR.MINOR.PATCH`, as in `1.4.0`.

use zonecut_diagnostics::LintSeverity;

use super::rule::{Check, Report, Rule};
use crate::model::Contract;
use crate::node::Node;
use crate::spelling::quoted;

pub(super) static RULE: Rule = Rule {
    name: "version-not-semver",
    since: "0.1.0",
    severity: LintSeverity::Warning,
    check: Check::Contract(check),
};

fn check(contract: &Contract, report: &mut Report<'_>) {
    if semver::Version::parse(&contract.version).is_err() {
        let span = contract
            .root()
            .get("version")
            .map_or(contract.root().span, |node: &Node| node.span);
        report.add(
            span,
            "version",
            &contract.version,
            format!("`{}` is not a semantic version", quoted(&contract.version)),
            "write `MAJOR.MINOR.PATCH`, as in `1.4.0`",
        );
    }
}
