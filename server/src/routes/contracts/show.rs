//! `GET /v1/contracts/{id}`

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::context::Call;
use crate::extract::Path;
use crate::problem::{Problem, ProblemDocument};
use crate::store;

/// A contract and its versions.
#[derive(Debug, Serialize, ToSchema)]
pub struct Contract {
    /// Its id.
    id: String,
    /// Its name.
    name: String,
    /// Its domain.
    domain: String,
    /// The version that decides.
    active_version: Option<String>,
    /// All versions, the newest publication first.
    versions: Vec<Publication>,
}

/// A published version.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ContractPublication)]
pub struct Publication {
    /// The version.
    version: String,
    /// The status it states.
    status: String,
    /// Its content hash.
    hash: String,
    /// When it was published.
    published_at: DateTime<Utc>,
    /// By whom.
    published_by: String,
}

/// Shows a contract with its versions.
#[utoipa::path(
    get,
    path = "/v1/contracts/{id}",
    operation_id = "show_contract",
    tag = "contracts",
    params(("id" = String, Path, description = "the contract's id")),
    responses(
        (status = 200, body = Contract),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn handler(call: Call, Path(id): Path<String>) -> Result<axum::Json<Contract>, Problem> {
    let mut connection = call.connection().await?;
    let contract = super::known(&call, &mut connection, &id).await?;
    let versions = store::contract::versions(&mut connection, &id).await?;
    let versions = versions.into_iter().map(|row| Publication {
        version: row.version,
        status: row.status,
        hash: row.hash,
        published_at: row.published_at,
        published_by: row.published_by,
    });
    Ok(axum::Json(Contract {
        id: contract.id,
        name: contract.name,
        domain: contract.domain,
        active_version: contract.active_version,
        versions: versions.collect(),
    }))
}
