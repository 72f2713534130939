//! `/v1/policies`

pub mod create;
pub mod list;
pub mod remove;
pub mod replace;
pub mod show;

use serde::Serialize;
use utoipa::ToSchema;

use crate::app::write_policy::{PolicyError, Written};
use crate::authorization::Permission;
use crate::context::Call;
use crate::identity::EVERYWHERE;
use crate::problem::{Code, Problem};
use crate::store;
use crate::store::Connection;
use crate::store::policy::Policy;

/// A policy that was written.
#[derive(Debug, Serialize, ToSchema)]
pub struct WrittenPolicy<'a> {
    /// Its id: kind, domain or `global`, name.
    id: &'a str,
    /// The hash of its text, which is also its entity tag.
    hash: &'a str,
    /// The serial from which it holds.
    serial: i64,
}

impl<'a> WrittenPolicy<'a> {
    fn of(written: &'a Written) -> Self {
        Self {
            id: &written.id,
            hash: &written.hash,
            serial: written.serial,
        }
    }
}

/// The policy with that id, if the caller may know of it.
async fn known(call: &Call, connection: &mut Connection, id: &str) -> Result<Policy, Problem> {
    let found = store::policy::find(connection, id).await?;
    let known = found.filter(|policy| match &policy.domain {
        Some(domain) => call.identity.may_in(Permission::PoliciesRead, domain),
        None => call.identity.may(Permission::PoliciesRead),
    });
    known.ok_or_else(|| Problem::not_found("policy", id))
}

/// What belongs to no domain is changed by those who may everywhere.
async fn may_write(call: &Call, domain: Option<&str>) -> Result<(), Problem> {
    call.require_in(Permission::PoliciesWrite, domain.unwrap_or(EVERYWHERE))
        .await
}

impl From<PolicyError> for Problem {
    fn from(error: PolicyError) -> Self {
        let detail = error.to_string();
        match error {
            PolicyError::Invalid(findings) => {
                Self::new(Code::InvalidPolicy, detail).with("findings", findings)
            }
            PolicyError::NotOne(_)
            | PolicyError::WrongId { .. }
            | PolicyError::UnknownDomain(_) => Self::new(Code::InvalidPolicy, detail),
            PolicyError::Exists(_) => Self::new(Code::Conflict, detail),
            PolicyError::Missing(_) => Self::new(Code::NotFound, detail),
            PolicyError::Changed(_) => Self::new(Code::PreconditionFailed, detail),
            PolicyError::Store(error) => error.into(),
        }
    }
}
