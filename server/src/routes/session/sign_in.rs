//! `POST /v1/session`

use axum::extract::State;
use http::{StatusCode, header};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::app::sign_in::{Presented, SESSION, SignInError, sign_in};
use crate::extract::Json;
use crate::problem::{Code, Problem, ProblemDocument};
use crate::routes::session::{Session, SessionCookie};
use crate::secret::Secret;
use crate::source::Source;
use crate::state::AppState;

/// One of both.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// The one-time sign-in code that the service prints when it starts.
    #[schema(value_type = Option<String>)]
    code: Option<Secret>,
    /// A token.
    #[schema(value_type = Option<String>)]
    token: Option<Secret>,
}

/// Signs a browser in: answers the session, and sets its cookie.
#[utoipa::path(
    post,
    path = "/v1/session",
    operation_id = "sign_in",
    tag = "session",
    security(()),
    request_body = SignIn,
    responses(
        (status = 201, body = Session),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn handler(
    State(state): State<AppState>,
    source: Source,
    cookie: SessionCookie,
    Json(body): Json<SignIn>,
) -> Result<Answer, Problem> {
    let presented = match (body.code, body.token) {
        (Some(code), None) => Presented::Code(code),
        (None, Some(token)) => Presented::Token(token),
        _ => {
            let detail = "one of `code` and `token` is needed";
            return Err(Problem::new(Code::InvalidField, detail));
        }
    };
    let signed_in = sign_in(&state, source, &presented).await?;
    let cookie = cookie.holding(signed_in.secret.reveal(), SESSION);
    let session = Session::from(&signed_in.identity);
    Ok(Answer::json(StatusCode::CREATED, &session)
        .with(header::SET_COOKIE, &cookie)
        .with(header::CACHE_CONTROL, "no-store"))
}

impl From<SignInError> for Problem {
    fn from(error: SignInError) -> Self {
        match error {
            SignInError::Limited(limited) => limited.into(),
            SignInError::Unknown => Self::new(Code::Unauthorized, error.to_string()),
            SignInError::HandOver(error) => Self::internal(error),
            SignInError::Randomness(error) => error.into(),
            SignInError::Store(error) => error.into(),
        }
    }
}
