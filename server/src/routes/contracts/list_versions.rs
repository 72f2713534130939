//! `GET /v1/contracts/{id}/versions`

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::context::Call;
use crate::extract::{Path, Query};
use crate::page::{Page, PageQuery};
use crate::problem::{Problem, ProblemDocument};
use crate::store;
use crate::store::Connection;

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

/// Lists the versions of a contract, the newest publication first.
#[utoipa::path(
    get,
    path = "/v1/contracts/{id}/versions",
    operation_id = "list_contract_versions",
    tag = "contracts",
    params(("id" = String, Path, description = "the contract's id"), PageQuery),
    responses(
        (status = 200, body = Page<Publication>),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn handler(
    call: Call,
    Path(id): Path<String>,
    Query(query): Query<PageQuery>,
) -> Result<axum::Json<Page<Publication>>, Problem> {
    let mut connection = call.connection().await?;
    super::known(&call, &mut connection, &id).await?;
    Ok(axum::Json(page(&mut connection, &id, &query).await?))
}

/// A page of the versions of the contract `id`.
pub(super) async fn page(
    connection: &mut Connection,
    id: &str,
    query: &PageQuery,
) -> Result<Page<Publication>, Problem> {
    let window = query.window()?;
    let before = window.key()?.unwrap_or(i64::MAX);
    let rows = store::contract::versions(connection, id, before, window.rows()).await?;
    Ok(window.page(rows, |row| row.position.to_string(), Publication::from))
}

impl From<store::contract::Publication> for Publication {
    fn from(row: store::contract::Publication) -> Self {
        Self {
            version: row.version,
            status: row.status,
            hash: row.hash,
            published_at: row.published_at,
            published_by: row.published_by,
        }
    }
}
