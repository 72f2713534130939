//! Refusals in the audit log: of writes, where the use case, which knows more, did not record them
//! itself; and of those who failed to say who they are.

use std::cell::Cell;

use axum::response::Response;
use http::Method;
use serde_json::json;

use crate::app::audit::{self, Change};
use crate::attempts::{Attempt, FAILURES, Limited};
use crate::authorization::Access;
use crate::problem::Code;
use crate::source::Source;
use crate::state::AppState;

const LONGEST_PATH: usize = 256;

tokio::task_local! {
    /// Whether this request's refusal is in the log already.
    static RECORDED: Cell<bool>;
}

/// A request, as its refusal is recorded.
pub struct Asked {
    /// Method and route: `PUT /v1/policies/{id}`.
    route: String,
    path: String,
}

impl Asked {
    /// The request to `route` at `path`.
    #[must_use]
    pub fn new(method: &Method, route: &str, path: &str) -> Self {
        Self {
            route: format!("{method} {route}"),
            path: path.chars().take(LONGEST_PATH).collect(),
        }
    }

    /// The request, unless it only reads: by its method, or because readers may make it, as they
    /// may a dry run.
    #[must_use]
    pub fn write(access: Option<Access>, method: &Method, route: &str, path: &str) -> Option<Self> {
        let reads = method.is_safe() || access.is_some_and(Access::reads);
        (!reads).then(|| Self::new(method, route, path))
    }

    /// Its refusal as `action`, with that code.
    #[must_use]
    pub fn refused(&self, action: &'static str, code: &str) -> Change {
        let detail = json!({ "code": code, "path": self.path });
        Change::new(action, self.route.as_str()).detail(detail)
    }
}

/// Runs `work`, which answers `write` by `actor`, and records when that was refused.
pub async fn watch(
    state: &AppState,
    actor: &str,
    write: Option<Asked>,
    work: impl Future<Output = Response>,
) -> Response {
    let work = async {
        let response = work.await;
        (response, RECORDED.with(Cell::get))
    };
    let (response, recorded) = RECORDED.scope(Cell::new(false), work).await;
    if let Some(write) = write.filter(|_| !recorded && response.status().is_client_error()) {
        let status = response.status();
        let code = response.extensions().get::<Code>();
        let code = code.map_or(status.as_str(), |it| it.as_str());
        let refusal = write.refused("write.refuse", code);
        audit::refused(state, actor, refusal).await;
    }
    response
}

/// Whether `source` may make another attempt. One that may not be made is counted for the log.
///
/// # Errors
/// When too many of its attempts have failed in this window.
pub fn check(state: &AppState, source: Source, attempt: Attempt) -> Result<(), Limited> {
    let checked = state.attempts.check(source, attempt, state.clock.now());
    if checked.is_err() {
        state.recorder.count_dropped(attempt.action());
    }
    checked
}

/// Counts that `actor`, from `source`, failed to be admitted. Anybody can cause that, so it waits for
/// no database, and two of each window stand in the log: the first, and the one that used up what a
/// source may fail. Of the others the log has the count.
pub fn failed(state: &AppState, source: Source, attempt: Attempt, actor: &str, refusal: Change) {
    let now = state.clock.now();
    let failures = state.attempts.failed(source, attempt, now);
    if failures != 1 && failures != FAILURES {
        state.recorder.count_dropped(refusal.action);
        return;
    }
    let mut refusal = refusal;
    if let Some(detail) = refusal.detail.as_object_mut() {
        detail.insert("source".to_owned(), source.to_string().into());
        detail.insert("failures".to_owned(), failures.into());
    }
    state.recorder.refused(now, actor, refusal);
}

/// Notes that the refusal of this request is in the log.
pub fn recorded() {
    // Outside a request there is nothing to note.
    let _ = RECORDED.try_with(|it| it.set(true));
}
