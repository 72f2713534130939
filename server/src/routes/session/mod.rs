//! `/v1/session`: who I am.

pub mod show;
pub mod sign_in;
pub mod sign_out;

use serde::Serialize;
use utoipa::ToSchema;

use crate::identity::{Identity, RoleBinding};

/// Who is signed in, and what they may do.
#[derive(Debug, Serialize, ToSchema)]
pub struct Session {
    /// The principal.
    pub principal: String,
    /// The roles held, with their domains.
    pub roles: Vec<RoleBinding>,
    /// The permissions held in some domain at least.
    pub permissions: Vec<&'static str>,
}

impl From<&Identity> for Session {
    fn from(identity: &Identity) -> Self {
        Self {
            principal: identity.principal.clone(),
            roles: identity.roles.clone(),
            permissions: identity.permissions().names().collect(),
        }
    }
}
