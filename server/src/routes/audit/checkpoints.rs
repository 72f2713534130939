//! `GET /v1/audit/checkpoints`

use axum::response::{IntoResponse, Response};
use futures::{Stream, stream};
use http::HeaderMap;

use crate::context::Call;
use crate::extract::Query;
use crate::page::{Page, PageQuery};
use crate::problem::{Problem, ProblemDocument};
use crate::routes::audit::{AuditCheckpoint, lines, wants_lines};
use crate::state::AppState;
use crate::store;

/// How many checkpoints of an export are read at a time.
const PART: i64 = 1_000;

/// Lists the signed checkpoints of the audit log, the smallest first: in pages, or all of them as JSON
/// lines for `zonecut audit verify`.
#[utoipa::path(
    get,
    path = "/v1/audit/checkpoints",
    operation_id = "list_audit_checkpoints",
    tag = "audit",
    params(PageQuery),
    responses(
        (status = 200, content((Page<AuditCheckpoint> = "application/json"), (String = "application/x-ndjson"))),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn handler(
    call: Call,
    headers: HeaderMap,
    Query(query): Query<PageQuery>,
) -> Result<Response, Problem> {
    let window = query.window()?;
    let after = window.key()?.unwrap_or(0);
    if wants_lines(&headers) {
        return Ok(lines(export(call.state, after)));
    }
    let mut connection = call.connection().await?;
    let rows = store::audit_tree::checkpoints(&mut connection, after, window.rows()).await?;
    let page = window.page(rows, |row| row.size.to_string(), AuditCheckpoint::from);
    Ok(axum::Json(page).into_response())
}

/// All checkpoints of more than `after` entries, read in pieces.
fn export(state: AppState, after: i64) -> impl Stream<Item = Result<String, sqlx::Error>> {
    stream::try_unfold((state, after), |(state, after)| async move {
        let mut connection = state.pool.acquire().await?;
        let rows = store::audit_tree::checkpoints(&mut connection, after, PART).await?;
        drop(connection);
        let Some(after) = rows.last().map(|row| row.size) else {
            return Ok(None);
        };
        let mut text = String::new();
        for row in rows {
            let line = serde_json::to_string(&AuditCheckpoint::from(row));
            text.push_str(&line.map_err(|error| sqlx::Error::Encode(Box::new(error)))?);
            text.push('\n');
        }
        Ok(Some((text, (state, after))))
    })
}
