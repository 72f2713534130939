//! `/v1/audit`

pub mod checkpoints;
pub mod consistency;
pub mod keys;
pub mod list;
pub mod proof;
pub mod verification;

use axum::body::Body;
use axum::response::{IntoResponse as _, Response};
use chrono::{DateTime, Utc};
use futures::Stream;
use http::{HeaderMap, HeaderValue, header};
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::prove_audit::ProveError;
use crate::problem::{Code, Problem};
use crate::store::audit_tree;

/// The type of an export: a line of JSON each.
const LINES: &str = "application/x-ndjson";

/// A signed checkpoint of the audit log.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditCheckpoint {
    /// How many entries it covers.
    size: i64,
    /// When it was signed.
    at: DateTime<Utc>,
    /// The root of the Merkle tree over them (RFC 9162), in hexadecimal.
    root: String,
    /// The id of the key that signed it.
    key_id: String,
    /// The signed note (C2SP tlog-checkpoint): what a verifier reads.
    note: String,
}

impl From<audit_tree::Checkpoint> for AuditCheckpoint {
    fn from(row: audit_tree::Checkpoint) -> Self {
        let audit_tree::Checkpoint {
            size,
            at,
            root,
            key_id,
            note,
        } = row;
        Self {
            size,
            at,
            root,
            key_id,
            note,
        }
    }
}

impl From<ProveError> for Problem {
    fn from(error: ProveError) -> Self {
        let code = match error {
            ProveError::NoEntry(_) | ProveError::NoCheckpoint(_) => Code::NotFound,
            ProveError::NotSigned(_) => Code::NotSigned,
            ProveError::Backwards { .. } => Code::InvalidField,
            ProveError::Incomplete => return Self::internal(error),
            ProveError::Store(error) => return error.into(),
        };
        Self::new(code, error.to_string())
    }
}

/// Whether lines of JSON are asked for.
fn wants_lines(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|it| it.to_str().ok());
    accept.is_some_and(|accept| accept.contains(LINES))
}

fn lines(text: impl Stream<Item = Result<String, sqlx::Error>> + Send + 'static) -> Response {
    let mut response = Body::from_stream(text).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(LINES));
    response
}
