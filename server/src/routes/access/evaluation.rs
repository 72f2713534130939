//! `POST /access/v1/evaluation`

use axum::extract::{Request, State};
use axum::response::Response;

use super::answer;
use crate::authzen::evaluate;
use crate::problem::ProblemDocument;
use crate::state::AppState;

/// Whether a subject may do something (AuthZEN 1.0, section 6). The subject is a `user`, whose groups
/// are the list `properties.groups`, or a `group`; the action one of `select`, `insert`, `update`,
/// `delete` and `manage`; the resource an `object` (`contract/object`, with the columns wanted as
/// `properties.columns`, else all at the top) or a `column` (`contract/object/path`). `context` may
/// name `purpose` and `engine`. Masks and filters are obligations in the answer's `context`: who does
/// not carry them out must take the decision for a denial. What is unknown is denied.
#[utoipa::path(
    post,
    path = "/access/v1/evaluation",
    operation_id = "authzen_evaluation",
    tag = "authzen",
    request_body(content = Object, content_type = "application/json"),
    responses(
        (status = 200, body = Object, content_type = "application/json"),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn handler(State(state): State<AppState>, request: Request) -> Response {
    answer(&state, request, evaluate::evaluation).await
}
