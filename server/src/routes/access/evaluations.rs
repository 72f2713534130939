//! `POST /access/v1/evaluations`

use axum::extract::{Request, State};
use axum::response::Response;

use super::answer;
use crate::authzen::evaluate;
use crate::problem::ProblemDocument;
use crate::state::AppState;

/// Up to 256 evaluations at once (AuthZEN 1.0, section 7). What one lacks of `subject`, `action`,
/// `resource` and `context` it has from beside `evaluations`. `options.evaluations_semantic` is
/// `execute_all`, `deny_on_first_deny` or `permit_on_first_permit`.
#[utoipa::path(
    post,
    path = "/access/v1/evaluations",
    operation_id = "authzen_evaluations",
    tag = "authzen",
    request_body(content = Object, content_type = "application/json"),
    responses(
        (status = 200, body = Object, content_type = "application/json"),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn handler(State(state): State<AppState>, request: Request) -> Response {
    answer(&state, request, evaluate::evaluations).await
}
