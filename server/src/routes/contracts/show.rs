//! `GET /v1/contracts/{id}`

use serde::Serialize;
use utoipa::ToSchema;

use crate::context::Call;
use crate::extract::Path;
use crate::page::PageQuery;
use crate::problem::{Problem, ProblemDocument};
use crate::routes::contracts::list_versions::{self, Publication};

/// A contract and its newest versions.
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
    /// The newest versions, the newest publication first.
    versions: Vec<Publication>,
    /// The `cursor` of `/v1/contracts/{id}/versions` with which the older ones go on; null when
    /// there are none.
    versions_next: Option<String>,
}

/// Shows a contract with its newest versions.
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
    let versions = list_versions::page(&mut connection, &id, &PageQuery::default()).await?;
    Ok(axum::Json(Contract {
        id: contract.id,
        name: contract.name,
        domain: contract.domain,
        active_version: contract.active_version,
        versions: versions.items,
        versions_next: versions.next,
    }))
}
