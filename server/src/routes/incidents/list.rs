//! `GET /v1/incidents`

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::authorization::Permission;
use crate::context::Call;
use crate::extract::Query;
use crate::page::{Page, window};
use crate::problem::{Problem, ProblemDocument};
use crate::store;
use crate::store::incident::Listed;

/// Whether an incident goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum IncidentState {
    /// It does.
    Open,
    /// It is over.
    Resolved,
}

/// Which incidents.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct IncidentQuery {
    /// In this state only.
    state: Option<IncidentState>,
    /// Of this contract only.
    contract: Option<String>,
    /// At most so many, 1 to 500.
    limit: Option<u16>,
    /// Where the page before said to go on.
    cursor: Option<String>,
}

/// A broken promise.
#[derive(Debug, Serialize, ToSchema)]
pub struct Incident {
    /// Its identity.
    id: Uuid,
    /// The expectation that is or was broken.
    expectation: Uuid,
    /// The contract that promised.
    contract: String,
    /// The object it is about.
    object: String,
    /// `freshness`, `frequency` or `latency`.
    kind: String,
    /// Whether it goes on.
    state: IncidentState,
    /// When the promise was broken.
    broken_at: DateTime<Utc>,
    /// When that was noticed.
    opened_at: DateTime<Utc>,
    /// When it was over.
    resolved_at: Option<DateTime<Utc>>,
}

/// Lists incidents, the newest first.
#[utoipa::path(
    get,
    path = "/v1/incidents",
    operation_id = "list_incidents",
    tag = "quality",
    params(IncidentQuery),
    responses(
        (status = 200, body = Page<Incident>),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn handler(
    call: Call,
    Query(query): Query<IncidentQuery>,
) -> Result<axum::Json<Page<Incident>>, Problem> {
    let window = window(query.limit, query.cursor.as_deref())?;
    let before = window.key()?.unwrap_or(Uuid::max());
    let scope = call.identity.scope(Permission::QualityRead);
    let mut connection = call.connection().await?;
    let rows = store::incident::list(
        &mut connection,
        scope.domains(),
        query.contract.as_deref(),
        query.state.map(|state| state == IncidentState::Open),
        before,
        window.rows(),
    )
    .await?;
    let key = |row: &Listed| row.id.to_string();
    Ok(axum::Json(window.page(rows, key, Incident::from)))
}

impl From<Listed> for Incident {
    fn from(row: Listed) -> Self {
        Self {
            id: row.id,
            expectation: row.expectation,
            contract: row.contract,
            object: row.object,
            kind: row.kind,
            state: match row.resolved_at {
                None => IncidentState::Open,
                Some(_) => IncidentState::Resolved,
            },
            broken_at: row.broken_at,
            opened_at: row.opened_at,
            resolved_at: row.resolved_at,
        }
    }
}
