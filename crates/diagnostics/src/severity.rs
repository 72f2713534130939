//! How grave a finding is, for whom, and what a contract's findings amount to.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How grave a difference between two versions is. Ordered: `note` < `warning` < `breaking`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; nobody has to act.
    Note,
    /// Somebody should look.
    Warning,
    /// Somebody's work stops, or a promise is broken.
    Breaking,
}

/// How grave a flaw in a single document is. Ordered: `note` < `warning` < `error`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum LintSeverity {
    /// Worth knowing.
    Note,
    /// Should be mended.
    Warning,
    /// Makes the document invalid.
    Error,
}

/// Who a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Perspective {
    /// Those who read the data.
    Consumer,
    /// The team that owns the data.
    Producer,
    /// Those who answer for privacy and policy.
    Governance,
}

impl Perspective {
    /// Every perspective, in the order reports show them.
    pub const ALL: [Self; 3] = [Self::Consumer, Self::Producer, Self::Governance];

    /// The word that JSON has for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Consumer => "consumer",
            Self::Producer => "producer",
            Self::Governance => "governance",
        }
    }
}

/// The highest unwaived severity of one perspective. Notes leave a change compatible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// No finding, or notes only.
    Compatible,
    /// At least one warning, nothing breaking.
    Warning,
    /// At least one breaking finding.
    Breaking,
}

impl From<Option<Severity>> for Verdict {
    fn from(highest: Option<Severity>) -> Self {
        match highest {
            None | Some(Severity::Note) => Self::Compatible,
            Some(Severity::Warning) => Self::Warning,
            Some(Severity::Breaking) => Self::Breaking,
        }
    }
}

impl Severity {
    /// The word that JSON has for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Breaking => "breaking",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl LintSeverity {
    /// The word that JSON has for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for LintSeverity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Verdict {
    /// The word that JSON has for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Compatible => "compatible",
            Self::Warning => "warning",
            Self::Breaking => "breaking",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Perspective {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
