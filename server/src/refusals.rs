//! Refused writes in the audit log: those that the use case, which knows more, did not record itself.

use std::cell::Cell;

use axum::response::Response;
use http::Method;
use serde_json::json;

use crate::app::audit::{self, Change};
use crate::problem::Code;
use crate::state::AppState;

const LONGEST_PATH: usize = 256;

tokio::task_local! {
    /// Whether this request's refusal is in the log already.
    static RECORDED: Cell<bool>;
}

/// A write, as its refusal is recorded.
pub struct Write {
    /// Method and route: `PUT /v1/policies/{id}`.
    pub route: String,
    path: String,
}

impl Write {
    /// The request, unless it only reads.
    #[must_use]
    pub fn of(method: &Method, route: &str, path: &str) -> Option<Self> {
        (!method.is_safe()).then(|| Self {
            route: format!("{method} {route}"),
            path: path.chars().take(LONGEST_PATH).collect(),
        })
    }

    /// The refusal with that code.
    #[must_use]
    pub fn refused(&self, code: &str) -> Change {
        let detail = json!({ "code": code, "path": self.path });
        Change::new("write.refuse", self.route.as_str()).detail(detail)
    }
}

/// Runs `work`, which answers `write` by `actor`, and records when that was refused.
pub async fn watch(
    state: &AppState,
    actor: &str,
    write: Option<Write>,
    work: impl Future<Output = Response>,
) -> Response {
    let work = async {
        let response = work.await;
        (response, RECORDED.with(Cell::get))
    };
    let (response, recorded) = RECORDED.scope(Cell::new(false), work).await;
    if let Some(write) = write.filter(|_| !recorded && response.status().is_client_error()) {
        let code = response.extensions().get::<Code>();
        let refusal = write.refused(code.map_or(response.status().as_str(), |it| it.as_str()));
        // The answer is "no" with or without the database.
        if let Err(error) = audit::refused(state, actor, refusal).await {
            tracing::warn!(%error, write.route, "a refusal could not be recorded");
        }
    }
    response
}

/// Notes that the refusal of this request is in the log.
pub fn recorded() {
    // Outside a request there is nothing to note.
    let _ = RECORDED.try_with(|it| it.set(true));
}
