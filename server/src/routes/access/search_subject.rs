//! `POST /access/v1/search/subject`

use axum::extract::{Request, State};
use axum::response::Response;

use super::answer;
use crate::authzen::search;
use crate::problem::ProblemDocument;
use crate::state::AppState;

/// Which subjects may do something to a resource (AuthZEN 1.0, section 8): of type `user` those that
/// documents name, without the groups that only an identity provider knows them in; of type `group`
/// those that documents name. A page with `page.next_token` is not the last, even if it is empty.
#[utoipa::path(
    post,
    path = "/access/v1/search/subject",
    operation_id = "authzen_search_subject",
    tag = "authzen",
    request_body(content = Object, content_type = "application/json"),
    responses(
        (status = 200, body = Object, content_type = "application/json"),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn handler(State(state): State<AppState>, request: Request) -> Response {
    answer(&state, request, search::subjects).await
}
