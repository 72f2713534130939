//! `POST /opa/{engine}/row-filters`

use axum::extract::{Request, State};
use axum::response::Response;

use crate::extract::Path;
use crate::face::{Protocol, respond};
use crate::problem::ProblemDocument;
use crate::state::AppState;
use crate::trino::answers;

/// What keeps rows of a table from a user of the engine: `opa.policy.row-filters-uri` of Trino's OPA
/// access control. A table that the user may not read, or that is not known, is an error, since Trino
/// takes an answer without filters for leave to read all.
#[utoipa::path(
    post,
    path = "/opa/{engine}/row-filters",
    operation_id = "trino_row_filters",
    tag = "trino",
    security(("token" = []), ("key" = [])),
    params(("engine" = String, Path, description = "the name of the registered engine that asks")),
    request_body(content = Object, content_type = "application/json"),
    responses(
        (status = 200, body = Object, content_type = "application/json"),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn handler(
    State(state): State<AppState>,
    Path(engine): Path<String>,
    request: Request,
) -> Response {
    respond(&state, request, Protocol::TrinoOpa, |asked| {
        answers::row_filters(asked, &engine)
    })
    .await
}
