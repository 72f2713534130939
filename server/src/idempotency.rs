//! `Idempotency-Key`: a write sent twice is done once, and answered alike.
//!
//! The answer is stored by [`Unit::commit`](crate::app::unit::Unit::commit), in the transaction of
//! the change. A request that failed changed nothing, so nothing is kept of it. Of an answer with a
//! secret only is kept that it was given. Of two that are sent at once, the second waits for the first.

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::answer::Answer;
use crate::app::unit::Unit;
use crate::identity::Identity;
use crate::problem::{Code, Problem};
use crate::router::BODY_LIMIT;
use crate::state::AppState;
use crate::store;
use crate::store::idempotency::Kept;

/// The header.
pub const KEY_HEADER: &str = "idempotency-key";
const LONGEST_KEY: usize = 200;

/// A key and the request that it stands for.
#[derive(Debug, Clone)]
pub struct RequestKey {
    /// The credential whose key it is: another of the same principal may do less.
    pub credential: Uuid,
    /// The key.
    pub key: String,
    /// What was asked: method, path, query, type, what it replaces, and body.
    pub request_hash: [u8; 32],
}

/// Takes the turn of `key` until `unit` ends.
///
/// # Errors
/// With the kept answer, where the request was answered already.
pub async fn take_turn(unit: &mut Unit, key: &RequestKey) -> Result<(), Problem> {
    store::idempotency::take_turn(unit.connection(), key).await?;
    match store::idempotency::find(unit.connection(), key).await? {
        Some(kept) => Err(Problem::answered(kept.for_request(key)?)),
        None => Ok(()),
    }
}

/// Runs a request, or answers it as it was answered before.
pub async fn run(state: &AppState, identity: &Identity, request: Request, next: Next) -> Response {
    let key = match key_of(request.headers()) {
        Ok(Some(key)) if !request.method().is_safe() => key.to_owned(),
        Ok(_) => return next.run(request).await,
        Err(problem) => return problem.into_response(),
    };
    match remembered(state, identity, key, request).await {
        Ok(Turn::New(request)) => next.run(request).await,
        Ok(Turn::Again(response)) => response,
        Err(problem) => problem.into_response(),
    }
}

enum Turn {
    New(Request),
    Again(Response),
}

async fn remembered(
    state: &AppState,
    identity: &Identity,
    key: String,
    request: Request,
) -> Result<Turn, Problem> {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, BODY_LIMIT).await.map_err(|_| too_large())?;
    let mut hash = Sha256::new();
    let header = |name| {
        parts
            .headers
            .get(name)
            .map_or(&[][..], HeaderValue::as_bytes)
    };
    let target = parts.uri.path_and_query().map_or("", |it| it.as_str());
    for part in [
        parts.method.as_str().as_bytes(),
        target.as_bytes(),
        header(header::CONTENT_TYPE),
        header(header::IF_MATCH),
        &body,
    ] {
        hash.update(part.len().to_le_bytes());
        hash.update(part);
    }
    let key = RequestKey {
        credential: identity.credential,
        key,
        request_hash: hash.finalize().into(),
    };
    let mut connection = state.pool.acquire().await?;
    if let Some(kept) = store::idempotency::find(&mut connection, &key).await? {
        return Ok(Turn::Again(kept.for_request(&key)?.into_response()));
    }
    let mut request = Request::from_parts(parts, Body::from(body));
    request.extensions_mut().insert(key);
    Ok(Turn::New(request))
}

impl Kept {
    /// The kept answer, if it was given to the request of `key` and may be given again.
    fn for_request(self, key: &RequestKey) -> Result<Answer, Problem> {
        let reused = Code::IdempotencyKeyReused;
        if self.request_hash != key.request_hash {
            let detail = format!("the key `{}` was used for a different request", key.key);
            return Err(Problem::new(reused, detail));
        }
        if self.answer == Answer::shown_once() {
            let detail = format!(
                "the request with the key `{}` was done, and its secret is shown once",
                key.key
            );
            return Err(Problem::new(reused, detail).with_status(StatusCode::CONFLICT));
        }
        Ok(self.answer)
    }
}

fn key_of(headers: &HeaderMap) -> Result<Option<&str>, Problem> {
    let Some(value) = headers.get(KEY_HEADER) else {
        return Ok(None);
    };
    let key = value.to_str().ok().map(|key| key.trim_matches('"'));
    match key.filter(|key| !key.is_empty() && key.len() <= LONGEST_KEY) {
        Some(key) => Ok(Some(key)),
        None => Err(Problem::new(
            Code::InvalidField,
            format!("`{KEY_HEADER}` is 1 to {LONGEST_KEY} visible characters"),
        )),
    }
}

/// The body is over the limit.
#[must_use]
pub fn too_large() -> Problem {
    let detail = format!("a body has at most {} MiB", BODY_LIMIT / (1024 * 1024));
    Problem::new(Code::PayloadTooLarge, detail)
}
