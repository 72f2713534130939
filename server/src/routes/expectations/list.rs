//! `GET /v1/expectations`

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
use crate::store::expectation::{Place, Row};

/// Which expectations.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ExpectationQuery {
    /// Of this contract only.
    contract: Option<String>,
    /// At most so many, 1 to 500.
    limit: Option<u16>,
    /// Where the page before said to go on.
    cursor: Option<String>,
}

/// A promise that is held, and what is known about it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Expectation {
    /// Its identity.
    id: Uuid,
    /// The contract that promises.
    contract: String,
    /// The object it is about.
    object: String,
    /// The column it is read from.
    column: Option<String>,
    /// `freshness`, `frequency` or `latency`.
    kind: String,
    /// `regulatory`, `analytics` or `operational`, where the contract says.
    driver: Option<String>,
    /// How long is allowed, in seconds.
    limit_seconds: f64,
    /// `met` or `broken`.
    state: &'static str,
    /// Since when it is held.
    since: DateTime<Utc>,
    /// What measurements proved: the time of the newest data, the last delivery, or the last
    /// measurement of latency.
    proved_at: Option<DateTime<Utc>>,
    /// When silence breaks it; null where silence can't.
    deadline: Option<DateTime<Utc>>,
}

/// Lists what active contracts promise, what is due first coming first, and what silence can't break
/// last.
#[utoipa::path(
    get,
    path = "/v1/expectations",
    operation_id = "list_expectations",
    tag = "quality",
    params(ExpectationQuery),
    responses(
        (status = 200, body = Page<Expectation>),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn handler(
    call: Call,
    Query(query): Query<ExpectationQuery>,
) -> Result<axum::Json<Page<Expectation>>, Problem> {
    let window = window(query.limit, query.cursor.as_deref())?;
    let after = window.key()?.unwrap_or(Place::FIRST);
    let scope = call.identity.scope(Permission::QualityRead);
    let contract = query.contract.as_deref();
    let mut connection = call.connection().await?;
    let rows = store::expectation::list(
        &mut connection,
        scope.domains(),
        contract,
        after,
        window.rows(),
    )
    .await?;
    let key = |row: &Row| Place::of(row).to_string();
    Ok(axum::Json(window.page(rows, key, Expectation::from)))
}

impl From<Row> for Expectation {
    fn from(row: Row) -> Self {
        let some = |text: String| (!text.is_empty()).then_some(text);
        let limit = chrono::TimeDelta::milliseconds(row.limit_ms);
        Self {
            id: row.id,
            contract: row.contract,
            object: row.object,
            column: some(row.column_path),
            kind: row.kind,
            driver: some(row.driver),
            limit_seconds: limit.as_seconds_f64(),
            state: if row.open_since.is_some() {
                "broken"
            } else {
                "met"
            },
            since: row.since,
            proved_at: row.evidence_at,
            deadline: row.deadline,
        }
    }
}
