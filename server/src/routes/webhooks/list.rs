//! `GET /v1/webhooks`

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::context::Call;
use crate::extract::Query;
use crate::page::{Page, PageQuery};
use crate::problem::{Problem, ProblemDocument};
use crate::store;
use crate::store::webhook::Listed;

/// A webhook, without its secret.
#[derive(Debug, Serialize, ToSchema)]
pub struct Webhook {
    /// Its identity, also the key id of its calls.
    id: Uuid,
    /// Where it calls.
    url: String,
    /// Which events.
    events: Vec<String>,
    /// When it was made.
    created_at: DateTime<Utc>,
    /// Who made it.
    created_by: String,
    /// How many deliveries are still to be made.
    due: i64,
    /// How many were given up; a replay makes them due again.
    dead: i64,
    /// What went wrong with the newest that is not delivered.
    last_error: Option<String>,
}

/// Lists the webhooks, oldest first, without their secrets.
#[utoipa::path(
    get,
    path = "/v1/webhooks",
    operation_id = "list_webhooks",
    tag = "webhooks",
    params(PageQuery),
    responses(
        (status = 200, body = Page<Webhook>),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn handler(
    call: Call,
    Query(query): Query<PageQuery>,
) -> Result<axum::Json<Page<Webhook>>, Problem> {
    let window = query.window()?;
    let after = window.key()?.unwrap_or(Uuid::nil());
    let mut connection = call.connection().await?;
    let rows = store::webhook::list(&mut connection, after, window.rows()).await?;
    let key = |row: &Listed| row.id.to_string();
    Ok(axum::Json(window.page(rows, key, Webhook::from)))
}

impl From<Listed> for Webhook {
    fn from(row: Listed) -> Self {
        Self {
            id: row.id,
            url: row.url,
            events: row.events,
            created_at: row.created_at,
            created_by: row.created_by,
            due: row.due,
            dead: row.dead,
            last_error: row.last_error,
        }
    }
}
