//! `POST /access/v1/search/action`

use axum::extract::{Request, State};
use axum::response::Response;

use super::answer;
use crate::authzen::search;
use crate::problem::ProblemDocument;
use crate::state::AppState;

/// What a subject may do to a resource (AuthZEN 1.0, section 8).
#[utoipa::path(
    post,
    path = "/access/v1/search/action",
    operation_id = "authzen_search_action",
    tag = "authzen",
    request_body(content = Object, content_type = "application/json"),
    responses(
        (status = 200, body = Object, content_type = "application/json"),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn handler(State(state): State<AppState>, request: Request) -> Response {
    answer(&state, request, search::actions).await
}
