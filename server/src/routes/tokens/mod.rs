//! `/v1/tokens`

pub mod create;
pub mod list;
pub mod revoke;

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::app::tokens::TokenError;
use crate::identity::RoleBinding;
use crate::problem::{Code, Problem};

/// A token, without its secret.
#[derive(Debug, Serialize, ToSchema)]
pub struct Token {
    /// Its identity.
    pub id: Uuid,
    /// Whose it is.
    pub principal: String,
    /// What it may do.
    pub roles: Vec<RoleBinding>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Who made it.
    pub created_by: String,
    /// When it ends.
    pub expires_at: Option<DateTime<Utc>>,
}

impl From<TokenError> for Problem {
    fn from(error: TokenError) -> Self {
        match error {
            TokenError::Missing(_) => Self::new(Code::NotFound, error.to_string()),
            TokenError::TooMuch(_) => Self::new(Code::Forbidden, error.to_string()),
            TokenError::Randomness(error) => error.into(),
            TokenError::Store(error) => error.into(),
            TokenError::BadPrincipal
            | TokenError::NoRoles
            | TokenError::UnknownRole(_)
            | TokenError::ReservedPrincipal(_)
            | TokenError::UnknownDomain(_)
            | TokenError::Past => Self::new(Code::InvalidField, error.to_string()),
        }
    }
}
