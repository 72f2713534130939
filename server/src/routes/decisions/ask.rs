//! `POST /v1/decisions`
//!
//! The hot path: no database, no lock, nothing that one decision does not need. It therefore stands
//! outside the control plane's middleware and asks the same table for itself.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, header};
use zonecut_policy::{DecisionRequest, ObjectDecision, ObjectRequest};

use crate::admission::{Head, admit};
use crate::authorization::Permission;
use crate::context::forbidden;
use crate::decision_plane::Serving;
use crate::extract::{json_problem, media_type};
use crate::idempotency::too_large;
use crate::identity::{EVERYWHERE, Identity};
use crate::problem::{Code, Problem, ProblemDocument};
use crate::router::BODY_LIMIT;
use crate::state::AppState;

/// Room for the answer about a table of ordinary width, in bytes.
const ANSWER: usize = 2_048;
/// The most objects of one question.
const MOST_OBJECTS: usize = 256;
/// The most columns of one question, all its objects together.
const MOST_COLUMNS: usize = 5_000;

/// Decides whether a principal may read columns, and how they must look. Unknown engines, objects
/// and actions are answers, not errors: `allow` is false and `reasons` says why. So is an object of a
/// domain that the caller may not ask about: it is unknown. A question holds at most 256 objects and
/// 5,000 columns in all, else the problem is `decision-too-large`.
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
    let question = read(&body).map_err(|error| json_problem(&error))?;
    check_size(&question)?;
    may_ask_for(state, &identity, &question).await?;
    let serving = state.decisions.serving();
    let Some(serving) = serving.as_ref() else {
        return Err(Problem::new(
            Code::Unavailable,
            "no snapshot of the registry yet",
        ));
    };
    let now = state.clock.now();
    let mut id = [0; uuid::fmt::Hyphenated::LENGTH];
    let id = state.ids.next(now).hyphenated().encode_lower(&mut id);
    let asker = Asker {
        own: asks_for_itself(&identity, &question),
        identity: &identity,
        serving,
    };
    state.metrics.decided();
    if asker.may_about_all(&question) {
        let mut answer = Vec::with_capacity(ANSWER);
        let allowed = serving
            .snapshot
            .decide_json(&question, id, now, &mut answer);
        if !allowed {
            let again = || serving.snapshot.decide(&question, id, now);
            state.recorder.denied(&identity, now, &question, again);
        }
        return Ok(answer);
    }
    let mut decided = serving.snapshot.decide(&question, id, now);
    for (asked, decision) in question.objects.iter().zip(&mut decided.decisions) {
        if !asker.may_about(asked) {
            *decision = Arc::new(ObjectDecision::unknown(asked));
        }
    }
    let answer = serde_json::to_vec(&decided).map_err(Problem::internal)?;
    state.recorder.denied(&identity, now, &question, || decided);
    Ok(answer)
}

/// Looks at the encoding of the whole body once, which is quicker than for each text in it.
fn read(body: &[u8]) -> serde_json::Result<DecisionRequest<'_>> {
    match std::str::from_utf8(body) {
        Ok(text) => serde_json::from_str(text),
        // It says where.
        Err(_) => serde_json::from_slice(body),
    }
}

/// One question must not hold up those of others.
fn check_size(question: &DecisionRequest<'_>) -> Result<(), Problem> {
    let columns = question.objects.iter().flat_map(|it| &it.columns);
    let columns: usize = columns.map(Vec::len).sum();
    if question.objects.len() > MOST_OBJECTS || columns > MOST_COLUMNS {
        let detail = format!(
            "`objects` holds at most {MOST_OBJECTS}, and all their `columns` at most {MOST_COLUMNS}"
        );
        return Err(Problem::new(Code::DecisionTooLarge, detail));
    }
    Ok(())
}

/// Who asks, and what of.
struct Asker<'a> {
    identity: &'a Identity,
    serving: &'a Serving,
    /// An engine that asks for itself.
    own: bool,
}

impl Asker<'_> {
    fn may_in(&self, domain: &str) -> bool {
        self.identity.may_in(Permission::DecisionsAsk, domain)
            && (self.own
                || self
                    .identity
                    .may_in(Permission::DecisionsAskUnbound, domain))
    }

    /// Whether the object is of a domain that the caller may ask about.
    fn may_about(&self, asked: &ObjectRequest<'_>) -> bool {
        let domain = self.serving.domains.get(&*asked.contract);
        self.may_in(domain.map_or(EVERYWHERE, String::as_str))
    }

    fn may_about_all(&self, question: &DecisionRequest<'_>) -> bool {
        self.may_in(EVERYWHERE) || question.objects.iter().all(|asked| self.may_about(asked))
    }
}

fn asks_for_itself(identity: &Identity, question: &DecisionRequest<'_>) -> bool {
    question.engine.as_deref() == Some(identity.principal.as_str())
}

/// An engine asks for itself: its region and purpose count. Who is none, or asks for another's,
/// needs a permission of its own.
async fn may_ask_for(
    state: &AppState,
    identity: &Identity,
    question: &DecisionRequest<'_>,
) -> Result<(), Problem> {
    let unbound = Permission::DecisionsAskUnbound;
    if asks_for_itself(identity, question) || identity.may(unbound) {
        return Ok(());
    }
    let subject = format!("engine {}", question.engine.as_deref().unwrap_or("none"));
    Err(forbidden(state, identity, unbound, &subject).await)
}
