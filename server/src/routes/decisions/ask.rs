//! `POST /v1/decisions`
//!
//! The hot path: no database, no lock, nothing that one decision does not need. It therefore stands
//! outside the control plane's middleware and asks the same table for itself.

mod size;

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use http::{HeaderValue, header};
use zonecut_policy::{DecisionRequest, DecisionResponse, ObjectDecision, ObjectRequest};

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
    let question = read(&body).map_err(|error| json_problem(&error))?;
    size::check(&question)?;
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
    let width = |asked: &ObjectRequest<'_>| asker.width(asked);
    size::check_columns(&question, width)?;
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
    let decided = asker.decide(&question, id, now);
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

    /// How many columns an object has that the caller may know of.
    fn width(&self, asked: &ObjectRequest<'_>) -> usize {
        if !self.may_about(asked) {
            return 0;
        }
        self.serving.snapshot.width(&asked.contract, &asked.object)
    }

    /// Decides about the objects that the caller may ask about; the others are unknown.
    fn decide(
        &self,
        question: &DecisionRequest<'_>,
        id: &str,
        now: DateTime<Utc>,
    ) -> DecisionResponse {
        let mut known = question.clone();
        known.objects.retain(|asked| self.may_about(asked));
        let mut decided = self.serving.snapshot.decide(&known, id, now);
        let mut decisions = std::mem::take(&mut decided.decisions).into_iter();
        let decision = |asked: &ObjectRequest<'_>| {
            let known = self.may_about(asked).then(|| decisions.next()).flatten();
            known.unwrap_or_else(|| Arc::new(ObjectDecision::unknown(asked)))
        };
        decided.decisions = question.objects.iter().map(decision).collect();
        decided
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
