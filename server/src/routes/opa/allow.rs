//! `POST /opa/{engine}/allow`

use axum::extract::{Request, State};
use axum::response::Response;

use crate::extract::Path;
use crate::face::{Protocol, respond};
use crate::problem::ProblemDocument;
use crate::state::AppState;
use crate::trino::answers;

/// Whether a user of the engine may do an operation: `opa.policy.uri` of Trino's OPA access control. An
/// operation or a table that is not known is denied. `reasons` says why, for Trino's log of answers.
#[utoipa::path(
    post,
    path = "/opa/{engine}/allow",
    operation_id = "trino_allow",
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
        answers::allow(asked, &engine)
    })
    .await
}
