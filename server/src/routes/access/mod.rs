//! `/access/v1`: the OpenID AuthZEN Authorization API 1.0.

pub mod evaluation;
pub mod evaluations;
pub mod metadata;
pub mod search_action;
pub mod search_resource;
pub mod search_subject;

use axum::extract::Request;
use axum::response::Response;
use http::HeaderName;
use serde::Serialize;

use crate::face::{Asked, Closed, Protocol, respond};
use crate::state::AppState;

/// What the caller calls the request (section 10.1.2), and finds again in the answer.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

async fn answer<T: Serialize>(
    state: &AppState,
    request: Request,
    work: impl FnOnce(&Asked<'_>) -> Result<T, Closed> + Send,
) -> Response {
    let id = request.headers().get(REQUEST_ID).cloned();
    let mut response = respond(state, request, Protocol::AuthZen, work).await;
    if let Some(id) = id {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}
