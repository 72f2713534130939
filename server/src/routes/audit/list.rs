//! `GET /v1/audit`

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use futures::stream;
use http::{HeaderMap, HeaderValue, header};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use zonecut_audit::Entry;

use crate::context::Call;
use crate::extract::Query;
use crate::problem::{Code, Problem, ProblemDocument};
use crate::state::AppState;
use crate::store;

const LINES: &str = "application/x-ndjson";
const DEFAULT_LIMIT: u16 = 100;
const LARGEST_LIMIT: u16 = 1_000;

/// Which part of the log.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AuditQuery {
    /// Entries after this one; from the first when absent.
    after: Option<i64>,
    /// At most so many, 1 to 1000; an export has no limit unless it names one.
    limit: Option<u16>,
}

/// An entry of the audit log.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AuditEntry)]
pub struct EntryDocument {
    /// Its place, from 1.
    seq: u64,
    /// When.
    at: chrono::DateTime<chrono::Utc>,
    /// Who.
    actor: String,
    /// What was asked for.
    action: String,
    /// On what.
    subject: String,
    /// `done` or `refused`.
    outcome: String,
    /// What else a reader needs.
    detail: serde_json::Value,
    /// The hash of the entry before.
    previous: String,
    /// The hash of this entry.
    hash: String,
}

/// A part of the audit log.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditPage {
    /// The entries, in the order of the log.
    #[schema(value_type = Vec<EntryDocument>)]
    items: Vec<Entry>,
    /// The `after` of the next part; null when this one reaches the end.
    next: Option<i64>,
}

/// Reads the audit log: a part as JSON, or all of it as JSON lines for `zonecut audit verify`.
#[utoipa::path(
    get,
    path = "/v1/audit",
    operation_id = "list_audit",
    tag = "audit",
    params(AuditQuery),
    responses(
        (status = 200, content((AuditPage = "application/json"), (String = "application/x-ndjson"))),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn handler(
    call: Call,
    headers: HeaderMap,
    Query(query): Query<AuditQuery>,
) -> Result<Response, Problem> {
    let after = query.after.unwrap_or(0);
    let accept = headers.get(header::ACCEPT).and_then(|it| it.to_str().ok());
    if accept.is_some_and(|accept| accept.contains(LINES)) {
        return Ok(export(call.state, after, query.limit));
    }
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT);
    if !(1..=LARGEST_LIMIT).contains(&limit) {
        let detail = format!("`limit` is 1 to {LARGEST_LIMIT}");
        return Err(Problem::new(Code::InvalidField, detail));
    }
    let mut connection = call.connection().await?;
    let mut items = store::audit::after(&mut connection, after, i64::from(limit) + 1).await?;
    let more = items.len() > usize::from(limit);
    items.truncate(usize::from(limit));
    let last = items.last().filter(|_| more);
    let next = last.map(|entry| entry.seq.cast_signed());
    Ok(axum::Json(AuditPage { items, next }).into_response())
}

/// The log as lines, read in parts so that its length costs no memory. A failure breaks the
/// transfer off, so that half a log can't be taken for a whole one.
fn export(state: AppState, after: i64, limit: Option<u16>) -> Response {
    let remaining = limit.map_or(i64::MAX, i64::from);
    let parts = stream::try_unfold(
        (state, after, remaining),
        |(state, after, remaining)| async move {
            let limit = remaining.min(i64::from(LARGEST_LIMIT));
            let mut connection = state.pool.acquire().await?;
            let entries = store::audit::after(&mut connection, after, limit).await?;
            drop(connection);
            let Some(last) = entries.last() else {
                return Ok::<_, sqlx::Error>(None);
            };
            let after = last.seq.cast_signed();
            let count = i64::try_from(entries.len()).unwrap_or(i64::MAX);
            let mut text = String::new();
            for entry in &entries {
                text.push_str(&entry.to_line());
                text.push('\n');
            }
            Ok(Some((text, (state, after, remaining - count))))
        },
    );
    let mut response = Body::from_stream(parts).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(LINES));
    response
}
