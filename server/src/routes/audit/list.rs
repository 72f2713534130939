//! `GET /v1/audit`

use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use http::HeaderMap;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use zonecut_audit::{Entry, Outcome};

use crate::app::export_audit::export_audit;
use crate::context::Call;
use crate::extract::Query;
use crate::problem::{Code, Problem, ProblemDocument};
use crate::routes::audit::{lines, wants_lines};
use crate::state::AppState;
use crate::store;
use crate::store::audit::{Filter, Part};

const DEFAULT_LIMIT: u16 = 100;
const LARGEST_LIMIT: u16 = 1_000;

/// Which part of the log.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AuditQuery {
    /// Entries after this one; from the first when absent.
    after: Option<i64>,
    /// Entries before this one; up to the last when absent.
    before: Option<i64>,
    /// `asc`, which is usual, or `desc`: the newest first. An export is in the order of the log.
    #[param(inline)]
    order: Option<Order>,
    /// Only what this principal did.
    actor: Option<String>,
    /// Only this action, such as `contract.publish`; `contract` stands for all `contract.…`.
    action: Option<String>,
    /// Only what was done to this, or to what begins with these words: `queries` stands for
    /// `queries 1.1.0` as well.
    subject: Option<String>,
    /// `done` or `refused`.
    #[param(inline, value_type = Option<OutcomeWord>)]
    outcome: Option<Outcome>,
    /// Only from this moment on.
    from: Option<DateTime<Utc>>,
    /// Only before this moment.
    to: Option<DateTime<Utc>>,
    /// At most so many, 1 to 1000; an export has no limit unless it names one.
    limit: Option<u16>,
}

/// Which end of the log comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Order {
    /// The oldest entry.
    Asc,
    /// The newest entry.
    Desc,
}

/// Whether what was asked for was done.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
#[expect(dead_code, reason = "describes the shape for the OpenAPI document")]
enum OutcomeWord {
    /// It was.
    Done,
    /// It was refused.
    Refused,
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
    /// The entries, in the order asked for.
    #[schema(value_type = Vec<EntryDocument>)]
    items: Vec<Entry>,
    /// The `after` of the next part, newest first its `before`; null when this one reaches the end.
    next: Option<i64>,
}

/// Reads the audit log: a part as JSON, or all of it as JSON lines for `zonecut audit verify`. Entries
/// that are filtered out of an export are missing from the chain; each that is left has its proof.
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
    let mut part = Part {
        after: query.after.unwrap_or(0),
        before: query.before.unwrap_or(i64::MAX),
        limit: query.limit.map_or(i64::MAX, i64::from),
        newest_first: query.order == Some(Order::Desc),
        filter: Filter {
            actor: query.actor,
            action: query.action,
            subject: query.subject,
            outcome: query.outcome,
            from: query.from,
            to: query.to,
        },
    };
    if wants_lines(&headers) {
        return export(call.state, part);
    }
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT);
    if !(1..=LARGEST_LIMIT).contains(&limit) {
        let detail = format!("`limit` is 1 to {LARGEST_LIMIT}");
        return Err(Problem::new(Code::InvalidField, detail));
    }
    part.limit = i64::from(limit) + 1;
    let mut connection = call.connection().await?;
    let mut items = store::audit::list(&mut connection, &part).await?;
    let more = items.len() > usize::from(limit);
    items.truncate(usize::from(limit));
    let last = items.last().filter(|_| more);
    let next = last.map(|entry| entry.seq.cast_signed());
    Ok(axum::Json(AuditPage { items, next }).into_response())
}

fn export(state: AppState, part: Part) -> Result<Response, Problem> {
    if part.newest_first {
        let detail = "an export is in the order of the log: leave `order` out";
        return Err(Problem::new(Code::InvalidField, detail));
    }
    Ok(lines(export_audit(state, part)))
}
