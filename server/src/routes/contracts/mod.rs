//! `/v1/contracts`

pub mod access;
pub mod check;
pub mod compare;
pub mod list;
pub mod list_versions;
pub mod publish;
pub mod show;
pub mod show_version;
pub mod view;

use crate::authorization::Permission;
use crate::context::Call;
use crate::problem::Problem;
use crate::store;
use crate::store::Connection;

/// The contract with that id, if the caller may know of it.
async fn known(
    call: &Call,
    connection: &mut Connection,
    id: &str,
) -> Result<store::contract::Contract, Problem> {
    let found = store::contract::find(connection, id).await?;
    let known = found.filter(|it| call.identity.may_in(Permission::ContractsRead, &it.domain));
    known.ok_or_else(|| Problem::not_found("contract", id))
}

/// A version of a contract, if the caller may know of it.
async fn known_version(
    call: &Call,
    connection: &mut Connection,
    id: &str,
    version: &str,
) -> Result<store::contract::Document, Problem> {
    known(call, connection, id).await?;
    let found = store::contract::document(connection, id, version).await?;
    found.ok_or_else(|| Problem::not_found("version", &format!("{id} {version}")))
}
