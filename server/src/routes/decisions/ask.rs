//! `POST /v1/decisions`
//!
//! The hot path: no database, no lock, nothing that one decision does not need. It therefore stands
//! outside the control plane's middleware and asks the same table for itself.

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use http::{HeaderValue, header};
use zonecut_policy::{DecisionRequest, ObjectRequest};

use crate::admission::{Head, admit};
use crate::app::decide::{Asker, check_columns, check_size, from_served, may_ask_for};
use crate::authorization::Permission;
use crate::context::forbidden;
use crate::decision_plane::Serving;
use crate::extract::{json_problem, media_type};
use crate::face::Closed;
use crate::idempotency::too_large;
use crate::identity::Identity;
use crate::problem::{Code, Problem, ProblemDocument};
use crate::router::BODY_LIMIT;
use crate::state::AppState;

/// Room for the answer about a table of ordinary width, in bytes.
const ANSWER: usize = 2_048;

/// Decides whether a principal may read columns, and how they must look. Unknown engines, objects
/// and actions are answers, not errors: `allow` is false and `reasons` says why. So is an object of a
/// domain that the caller may not ask about: it is unknown. A question holds at most 256 objects,
/// 5,000 columns in all (an object without `columns` counts as all its columns at the top), 1,000
/// groups of 64 KiB in all, and no text of more than 1,024 bytes, else the problem is
/// `decision-too-large`.
#[utoipa::path(
    post,
    path = "/v1/decisions",
    operation_id = "ask_decision",
    tag = "decisions",
    request_body(content = Object, content_type = "application/json"),
    responses(
        (status = 200, body = Object, content_type = "application/json"),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn handler(State(state): State<AppState>, request: Request) -> Response {
    match decide(&state, request).await {
        Ok(body) => {
            let mut response = Response::new(Body::from(body));
            let json = HeaderValue::from_static("application/json");
            response.headers_mut().insert(header::CONTENT_TYPE, json);
            response
        }
        Err(problem) => problem.into_response(),
    }
}

async fn decide(state: &AppState, request: Request) -> Result<Vec<u8>, Problem> {
    let identity = admit(state, Head::of(&request)).await?;
    if !identity.may(Permission::DecisionsAsk) {
        let subject = "POST /v1/decisions";
        return Err(forbidden(state, &identity, Permission::DecisionsAsk, subject).await);
    }
    if media_type(request.headers()) != Some("application/json") {
        let detail = "`Content-Type` must be `application/json`";
        return Err(Problem::new(Code::UnsupportedMediaType, detail));
    }
    let body = to_bytes(request.into_body(), BODY_LIMIT)
        .await
        .map_err(|_| too_large())?;
    // Not before the body has come, which a caller may delay as long as it likes.
    let now = state.clock.now();
    let answered = state.questions.read(&body, |question| {
        check_size(question)?;
        let engine = question.engine.as_deref();
        if !may_ask_for(&identity, engine) {
            return Err(Closed::NotItself(engine.unwrap_or("none").to_owned()));
        }
        from_served(state, now, |serving| {
            answer(state, &identity, question, serving, now)
        })
    });
    match answered.map_err(|error| json_problem(&error))? {
        Ok(answer) => Ok(answer),
        Err(closed) => Err(Box::pin(closed.into_problem(state, &identity)).await),
    }
}

fn answer(
    state: &AppState,
    identity: &Identity,
    question: &DecisionRequest<'_>,
    serving: &Serving,
    now: DateTime<Utc>,
) -> Result<Vec<u8>, Closed> {
    let mut id = [0; uuid::fmt::Hyphenated::LENGTH];
    let id = state.ids.next(now).hyphenated().encode_lower(&mut id);
    let asker = Asker::new(identity, serving, question.engine.as_deref());
    let width = |asked: &ObjectRequest<'_>| asker.width(asked);
    check_columns(question, width)?;
    state.metrics.decided();
    if asker.may_about_all(question) {
        let mut answer = Vec::with_capacity(ANSWER);
        let allowed = serving.snapshot.decide_json(question, id, now, &mut answer);
        if !allowed {
            let again = || serving.snapshot.decide(question, id, now);
            state.recorder.denied(identity, now, question, again);
        }
        return Ok(answer);
    }
    let decided = asker.decide(question, id, now);
    let answer = serde_json::to_vec(&decided).map_err(Problem::internal)?;
    state.recorder.denied(identity, now, question, || decided);
    Ok(answer)
}
