//! How the snapshot words what is wrong with documents taken together.

use zonecut_diagnostics::{Fingerprint, LintFinding, LintSeverity, Place};

/// A finding at a place of a policy document or a contract.
pub(crate) fn finding(
    rule: &str,
    severity: LintSeverity,
    at: &Place,
    path: &str,
    message: String,
    help: impl Into<String>,
) -> LintFinding {
    LintFinding {
        rule: rule.to_owned(),
        severity,
        fingerprint: Fingerprint::of(&[rule, path, &message]),
        path: path.to_owned(),
        message,
        help: help.into(),
        at: at.clone(),
    }
}
