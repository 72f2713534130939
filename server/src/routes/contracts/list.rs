//! `GET /v1/contracts`

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::authorization::Permission;
use crate::context::Call;
use crate::extract::Query;
use crate::page::{Page, window};
use crate::problem::{Problem, ProblemDocument};
use crate::store;

/// Which contracts.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ContractQuery {
    /// In ids, names, tags, columns or semantic types, in any case.
    q: Option<String>,
    /// Of that domain.
    domain: Option<String>,
    /// At most so many, 1 to 500.
    limit: Option<u16>,
    /// Where the page before said to go on.
    cursor: Option<String>,
}

/// A contract in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ContractSummary {
    /// Its id.
    id: String,
    /// Its name.
    name: String,
    /// Its domain.
    domain: String,
    /// The version that decides.
    active_version: Option<String>,
    /// The status of that version.
    status: Option<String>,
    /// How many versions are published.
    versions: i64,
    /// When one was published last.
    updated_at: DateTime<Utc>,
}

/// Lists and searches contracts, by id.
#[utoipa::path(
    get,
    path = "/v1/contracts",
    operation_id = "list_contracts",
    tag = "contracts",
    params(ContractQuery),
    responses(
        (status = 200, body = Page<ContractSummary>),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn handler(
    call: Call,
    Query(query): Query<ContractQuery>,
) -> Result<axum::Json<Page<ContractSummary>>, Problem> {
    let window = window(query.limit, query.cursor.as_deref())?;
    let scope = call.identity.scope(Permission::ContractsRead);
    let needle = query.q.map(|q| q.trim().to_lowercase());
    let mut connection = call.connection().await?;
    let rows = store::contract::list(
        &mut connection,
        scope.domains(),
        needle.as_deref(),
        query.domain.as_deref(),
        &window.after,
        window.rows(),
    );
    let page = window.page(rows.await?, |row| row.id.clone(), ContractSummary::from);
    Ok(axum::Json(page))
}

impl From<store::contract::Summary> for ContractSummary {
    fn from(row: store::contract::Summary) -> Self {
        Self {
            id: row.id,
            name: row.name,
            domain: row.domain,
            active_version: row.active_version,
            status: row.status,
            versions: row.versions,
            updated_at: row.updated_at,
        }
    }
}
