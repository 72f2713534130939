//! `POST /access/v1/search/resource`

use axum::extract::{Request, State};
use axum::response::Response;

use super::answer;
use crate::authzen::search;
use crate::problem::ProblemDocument;
use crate::state::AppState;

/// To which resources of type `object` or `column` a subject may do something (AuthZEN 1.0, section
/// 8). A page with `page.next_token` is not the last, even if it is empty; one of columns holds all of
/// an object, and may be longer than `page.limit`.
#[utoipa::path(
    post,
    path = "/access/v1/search/resource",
    operation_id = "authzen_search_resource",
    tag = "authzen",
    request_body(content = Object, content_type = "application/json"),
    responses(
        (status = 200, body = Object, content_type = "application/json"),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn handler(State(state): State<AppState>, request: Request) -> Response {
    answer(&state, request, search::resources).await
}
