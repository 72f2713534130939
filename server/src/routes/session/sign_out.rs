//! `DELETE /v1/session`

use http::header;

use crate::admission::SESSION_COOKIE;
use crate::answer::Answer;
use crate::app::sign_in::sign_out;
use crate::context::Call;
use crate::problem::{Problem, ProblemDocument};

/// Ends the session. A token stays good: revoke it instead.
#[utoipa::path(
    delete,
    path = "/v1/session",
    operation_id = "sign_out",
    tag = "session",
    responses(
        (status = 204),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn handler(call: Call) -> Result<Answer, Problem> {
    let answer = sign_out(call.begin().await?, &call.identity).await?;
    let cookie = format!("{SESSION_COOKIE}=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0");
    Ok(answer.with(header::SET_COOKIE, &cookie))
}
