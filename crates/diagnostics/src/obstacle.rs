//! What keeps a contract from being published. The one place that knows: verdicts, remedies and
//! levels of every format follow from it.

use crate::{ContractReport, Finding, Perspective, Severity};

/// The rule for a version that does not pay.
pub const VERSION_TOO_SMALL: &str = "version-too-small";

/// The rule for what no version can pay for.
pub const REMOVED_BEFORE_SUNSET: &str = "removed-before-sunset";

/// Why a finding keeps a contract from being published. Ordered as it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Obstacle {
    /// Consumers are left with a contract or a product that was deleted under them.
    Orphaned,
    /// The version does not pay for the change.
    Unpaid,
    /// Something goes before the day that it was promised until.
    TooEarly,
    /// Governance objects.
    Objection,
}

impl ContractReport {
    /// Why this finding of the contract keeps it from being published, if it does.
    #[must_use]
    pub fn obstacle(&self, finding: &Finding) -> Option<Obstacle> {
        if finding.severity != Severity::Breaking || finding.waiver.is_some() {
            return None;
        }
        match (finding.rule.as_str(), finding.perspective) {
            (VERSION_TOO_SMALL, _) => Some(Obstacle::Unpaid),
            (REMOVED_BEFORE_SUNSET, _) => Some(Obstacle::TooEarly),
            (_, Perspective::Governance) => Some(Obstacle::Objection),
            (_, Perspective::Consumer) if self.after.is_none() => Some(Obstacle::Orphaned),
            _ => None,
        }
    }

    /// What keeps it from being published, once for each finding that does.
    pub fn obstacles(&self) -> impl Iterator<Item = Obstacle> {
        let findings = self.findings.iter();
        findings.filter_map(|finding| self.obstacle(finding))
    }

    /// Whether nothing keeps it from being published.
    #[must_use]
    pub fn is_publishable(&self) -> bool {
        self.obstacles().next().is_none()
    }
}
