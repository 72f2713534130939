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
//! Write `MAJOR.MINOR.PATCH`, as in `1.4.0`. `zonecut lint --fix` takes away a `v` before it and a dot
//! after it.

use zonecut_diagnostics::LintSeverity;

use super::rule::{Check, Report, Rule};
use crate::model::Contract;
use crate::node::Node;
use crate::spelling::quoted;
use crate::version::Version;

pub(super) static RULE: Rule = Rule {
    name: "version-not-semver",
    since: "0.1.0",
    severity: LintSeverity::Warning,
    check: Check::Contract(check),
};

fn check(contract: &Contract, report: &mut Report<'_>) {
    if Version::parse(&contract.version).is_none() {
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
        if let Some(meant) = meant(&contract.version) {
            report.fix(span, &contract.version, meant);
        }
    }
}

/// The semantic version inside `v1.2.0` and `1.2.0.`.
fn meant(version: &str) -> Option<&str> {
    let inner = version.trim();
    let inner = inner.strip_prefix(['v', 'V']).unwrap_or(inner);
    let inner = inner.strip_suffix('.').unwrap_or(inner);
    Version::parse(inner).is_some().then_some(inner)
}
