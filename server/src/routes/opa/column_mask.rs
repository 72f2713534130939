//! `POST /opa/{engine}/column-mask`

use axum::extract::{Request, State};
use axum::response::Response;

use crate::extract::Path;
use crate::face::{Protocol, respond};
use crate::problem::ProblemDocument;
use crate::state::AppState;
use crate::trino::answers;

/// What a user of the engine sees in the place of a column: `opa.policy.column-masking-uri` of Trino's
/// OPA access control. `NULL` where they may not read it; `null` only where they see it as it is. A
/// table that is not known is an error.
#[utoipa::path(
    post,
    path = "/opa/{engine}/column-mask",
    operation_id = "trino_column_mask",
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
        answers::column_mask(asked, &engine)
    })
    .await
}
