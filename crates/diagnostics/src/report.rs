//! The reports that the command line prints with `--format json` and REST answers as they are.

use std::collections::BTreeMap;
use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{Fingerprint, LintSeverity, Perspective, Place, Severity, Verdict};

/// What `check` found about one change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Finding {
    /// The rule's kebab-case name.
    pub rule: String,
    /// Whom it is about.
    pub perspective: Perspective,
    /// How grave it is.
    pub severity: Severity,
    /// What it is about: `object.property.nested`, `slaProperties[latency]`, `version`, ...
    pub path: String,
    /// What happened, in one sentence.
    pub message: String,
    /// What would be right.
    pub help: String,
    /// Its identity across runs.
    pub fingerprint: Fingerprint,
    /// Where the old version says it, if it does.
    pub before: Option<Place>,
    /// Where the new version says it, if it does.
    pub after: Option<Place>,
    /// The targets it breaks, or needs a feature in: `iceberg-v2` and the like.
    pub targets: Vec<String>,
    /// Consumers and agreements that the registry knows to be affected.
    pub affects: Vec<String>,
    /// The waiver that covers it, if one does: it counts for no verdict then.
    pub waiver: Option<Waiver>,
}

/// Somebody's word that a finding is to be accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Waiver {
    /// Why the change is right in spite of the finding.
    pub reason: String,
    /// Who answers for it.
    pub owner: String,
    /// The last day on which it holds.
    pub expires: NaiveDate,
}

impl fmt::Display for Waiver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            owner,
            expires,
            reason,
        } = self;
        write!(f, "by {owner} until {expires}: {reason}")
    }
}

/// What became of a waiver.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum WaiverState {
    /// It covers a finding.
    Used,
    /// No finding has its fingerprint.
    Unused,
    /// Its last day is over.
    Expired,
    /// It is about a finding for governance, and its owner is no approver that the contract names.
    Refused,
}

/// A waiver of the repository, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct WaiverReport {
    /// The finding it is about.
    pub fingerprint: Fingerprint,
    /// What became of it.
    pub state: WaiverState,
    /// What it says.
    #[serde(flatten)]
    pub waiver: Waiver,
    /// Where it stands.
    pub at: Place,
}

/// A rule that the repository judges otherwise than by default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RuleOverride {
    /// The rule's kebab-case name.
    pub rule: String,
    /// The perspective it is about; absent for all of them.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub perspective: Option<Perspective>,
    /// `off` or a severity.
    pub severity: String,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reason: Option<String>,
    /// Where the repository says so.
    pub at: Place,
}

/// One side of a comparison.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Side {
    /// The version the document declares.
    pub version: String,
    /// The file it was read from, or the registry's name for it.
    pub file: String,
}

/// A verdict for each perspective.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Verdicts {
    /// For those who read.
    pub consumer: Verdict,
    /// For those who own.
    pub producer: Verdict,
    /// For those who answer for privacy.
    pub governance: Verdict,
}

/// The version declared, and the least that pays for the change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct VersionAdvice {
    /// What the new document says.
    pub declared: String,
    /// The least version that pays for the change.
    pub required: String,
}

/// What `check` says about one contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ContractReport {
    /// The contract's id.
    pub id: String,
    /// The contract's name, or its id where it has none.
    pub name: String,
    /// The old version; absent for a new contract.
    pub before: Option<Side>,
    /// The new version; absent for a deleted contract.
    pub after: Option<Side>,
    /// What it means, for whom.
    pub verdict: Verdicts,
    /// Declared and required version.
    pub version: VersionAdvice,
    /// A verdict per target.
    pub targets: BTreeMap<String, Verdict>,
    /// All findings, by place.
    pub findings: Vec<Finding>,
}

/// What `check` says about everything it compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct CheckReport {
    /// Whether all of it may be published.
    pub publishable: bool,
    /// How many contracts were compared, over trees; only those that differ are listed.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub compared: Option<usize>,
    /// The contracts, by file.
    pub contracts: Vec<ContractReport>,
    /// Every waiver of the repository, and what became of it.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub waivers: Vec<WaiverReport>,
    /// The rules that the repository judges otherwise than by default.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub overrides: Vec<RuleOverride>,
    /// What differs and could not be compared.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub omissions: Vec<Omission>,
}

/// Something that a comparison left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Omission {
    /// The file or folder.
    pub path: String,
    /// Why it could not be compared.
    pub reason: String,
    /// What would help.
    pub help: String,
}

/// What `lint` found in one document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct LintFinding {
    /// The rule's kebab-case name.
    pub rule: String,
    /// How grave it is.
    pub severity: LintSeverity,
    /// What it is about, as in [`Finding::path`].
    pub path: String,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What would be right.
    pub help: String,
    /// Its identity across runs.
    pub fingerprint: Fingerprint,
    /// Where it stands.
    pub at: Place,
}

/// What `lint` says about everything it read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct LintReport {
    /// False exactly when a finding is an error.
    pub valid: bool,
    /// All findings, by place.
    pub findings: Vec<LintFinding>,
}
