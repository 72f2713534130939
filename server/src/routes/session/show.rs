//! `GET /v1/session`

use crate::context::Call;
use crate::problem::ProblemDocument;
use crate::routes::session::Session;

/// Shows who is signed in.
#[utoipa::path(
    get,
    path = "/v1/session",
    operation_id = "show_session",
    tag = "session",
    responses(
        (status = 200, body = Session),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn handler(call: Call) -> axum::Json<Session> {
    axum::Json(Session::from(&*call.identity))
}
