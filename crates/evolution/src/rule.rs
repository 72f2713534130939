//! What a rule is.

use zonecut_diagnostics::{Perspective, Severity};

use crate::comparison::{Comparison, Findings};

/// The part of a contract that a rule watches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Category {
    /// Objects and properties: what readers address.
    Structure,
    /// Types and the values they allow.
    Values,
    /// Keys, partitioning and relationships.
    Keys,
    /// What the data means and where it comes from.
    Meaning,
    /// Quality rules.
    Quality,
    /// Service levels.
    ServiceLevels,
    /// Servers.
    Servers,
    /// What storage has to do.
    Storage,
    /// Roles, approvers, classes, masks.
    Protection,
    /// Ports of a product.
    Ports,
    /// Terms, price, team, support.
    Terms,
    /// Status, version and identity of the contract.
    Lifecycle,
}

impl Category {
    /// Its heading in the index of rules.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Structure => "Structure",
            Self::Values => "Values",
            Self::Keys => "Keys",
            Self::Meaning => "Meaning",
            Self::Quality => "Quality",
            Self::ServiceLevels => "Service levels",
            Self::Servers => "Servers",
            Self::Storage => "Storage",
            Self::Protection => "Protection",
            Self::Ports => "Ports",
            Self::Terms => "Terms",
            Self::Lifecycle => "Life cycle",
        }
    }
}

/// A judgement about facts: one file under `rules/`.
pub struct Rule {
    /// Kebab-case name; the file's name with underscores.
    pub name: &'static str,
    /// The release that brought it.
    pub since: &'static str,
    /// The part of a contract it watches.
    pub category: Category,
    /// Its gravest severity by default for each perspective it speaks to.
    pub severities: &'static [(Perspective, Severity)],
    /// Turns facts into findings.
    pub check: for<'a> fn(&Comparison<'a>, &mut Findings<'a>),
}
