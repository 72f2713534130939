//! `GET /v1/policies`

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::authorization::Permission;
use crate::context::Call;
use crate::extract::Query;
use crate::page::{Page, PageQuery};
use crate::problem::{Problem, ProblemDocument};
use crate::store;

/// A policy document in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct PolicySummary {
    /// Kind, domain or `global`, name.
    id: String,
    /// `Policy`, `Guardrail`, `Roles` or `Engine`.
    kind: String,
    /// Its domain; null when it is everybody's.
    domain: Option<String>,
    /// Its name.
    name: String,
    /// The hash of its text.
    hash: String,
    /// When it was written last.
    updated_at: DateTime<Utc>,
}

/// Lists the policy documents that the caller may know of, by id.
#[utoipa::path(
    get,
    path = "/v1/policies",
    operation_id = "list_policies",
    tag = "policies",
    params(PageQuery),
    responses(
        (status = 200, body = Page<PolicySummary>),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn handler(
    call: Call,
    Query(query): Query<PageQuery>,
) -> Result<axum::Json<Page<PolicySummary>>, Problem> {
    let window = query.window()?;
    let scope = call.identity.scope(Permission::PoliciesRead);
    let mut connection = call.connection().await?;
    let rows = store::policy::list(
        &mut connection,
        scope.domains(),
        &window.after,
        window.rows(),
    )
    .await?;
    Ok(axum::Json(window.page(
        rows,
        |row| row.id.clone(),
        PolicySummary::from,
    )))
}

impl From<store::policy::Policy> for PolicySummary {
    fn from(row: store::policy::Policy) -> Self {
        Self {
            id: row.id,
            kind: row.kind,
            domain: row.domain,
            name: row.name,
            hash: row.hash,
            updated_at: row.updated_at,
        }
    }
}
