//! `POST /opa/{engine}/batch`

use axum::extract::{Request, State};
use axum::response::Response;

use crate::extract::Path;
use crate::face::{Protocol, respond};
use crate::problem::ProblemDocument;
use crate::state::AppState;
use crate::trino::answers;

/// Which of several catalogs, schemas, tables, columns, functions or users are there for a user of the
/// engine: `opa.policy.batched-uri` of Trino's OPA access control. The result has their positions.
#[utoipa::path(
    post,
    path = "/opa/{engine}/batch",
    operation_id = "trino_batch",
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
        answers::batch(asked, &engine)
    })
    .await
}
