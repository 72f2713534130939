//! What every face of Zonecut says about a document: findings, their places, severities and
//! reports.
//!
//! Belongs here: the shapes that `--format json`, the REST checks and the admin UI share, and one
//! renderer per output format. Does not belong here: any judgement about a document.

pub mod fingerprint;
pub mod obstacle;
pub mod place;
pub mod render;
pub mod report;
pub mod severity;
pub mod source;
pub mod text;

pub use fingerprint::Fingerprint;
pub use obstacle::Obstacle;
pub use place::{Place, Span};
pub use report::{CheckReport, ContractReport, Finding, LintFinding, LintReport, Omission};
pub use severity::{LintSeverity, Perspective, Severity, Verdict};
pub use source::{Excerpt, HIDDEN, Sources, Stretch};
