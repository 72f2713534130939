//! `/v1/domains`

pub mod create;
pub mod list;
pub mod show;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::store;

/// A domain: a team and what it answers for.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Domain {
    /// Lower-case label, the domain's identity.
    pub name: String,
    /// For people.
    pub title: String,
    /// What it is about.
    #[serde(default)]
    pub description: String,
    /// Who owns it.
    #[serde(default)]
    pub owner: Option<String>,
}

impl From<store::domain::Domain> for Domain {
    fn from(row: store::domain::Domain) -> Self {
        Self {
            name: row.name,
            title: row.title,
            description: row.description,
            owner: row.owner,
        }
    }
}
