//! What every rule uses.

pub(super) use zonecut_contract::Node;
pub(super) use zonecut_contract::spelling::list;
pub(super) use zonecut_diagnostics::Perspective::{Consumer, Governance, Producer};
pub(super) use zonecut_diagnostics::Severity::{Breaking, Note, Warning};

pub(super) use super::phrase::{custom_change, quoted, turned};
pub(super) use crate::comparison::{Comparison, Findings};
pub(super) use crate::fact::{Fact, FactKind, SubjectKind};
pub(super) use crate::rule::{Category, Rule};
