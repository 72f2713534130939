//! `DELETE /v1/session`

use chrono::TimeDelta;
use http::header;

use crate::answer::Answer;
use crate::app::sign_in::sign_out;
use crate::context::Call;
use crate::problem::{Problem, ProblemDocument};
use crate::routes::session::SessionCookie;

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
pub async fn handler(call: Call, cookie: SessionCookie) -> Result<Answer, Problem> {
    let answer = sign_out(call.begin().await?, &call.identity).await?;
    let nothing = cookie.holding("", TimeDelta::zero());
    Ok(answer.with(header::SET_COOKIE, &nothing))
}
