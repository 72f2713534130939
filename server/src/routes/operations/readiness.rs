//! `GET /readyz`

use std::sync::atomic::Ordering;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

use crate::state::AppState;
use crate::store;

/// Whether this node can serve, and from what.
#[derive(Debug, Serialize, ToSchema)]
pub struct Readiness {
    /// Whether all checks are good, and the node is to go on.
    ready: bool,
    /// Whether the node was told to end: it finishes what is open.
    draining: bool,
    /// The checks.
    checks: Checks,
}

/// What is checked.
#[derive(Debug, Serialize, ToSchema)]
pub struct Checks {
    /// `up` or `down`.
    database: &'static str,
    /// What decisions are taken from.
    snapshot: Snapshot,
}

/// The snapshot served.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SnapshotState)]
pub struct Snapshot {
    /// Its serial; null before the first.
    serial: Option<i64>,
    /// For how long it has not been known to be the newest.
    age_seconds: f64,
}

/// Says whether this node can serve everything.
#[utoipa::path(
    get,
    path = "/readyz",
    operation_id = "readiness",
    tag = "operations",
    security(()),
    responses((status = 200, body = Readiness), (status = 503, body = Readiness))
)]
pub async fn handler(State(state): State<AppState>) -> Response {
    let up = match state.pool.acquire().await {
        Ok(mut connection) => store::registry::serial(&mut connection).await.is_ok(),
        Err(_) => false,
    };
    let snapshot = Snapshot {
        serial: state.decisions.serial(),
        age_seconds: state.decisions.age(state.clock.now()),
    };
    let draining = state.draining.load(Ordering::Relaxed);
    let ready = up && snapshot.serial.is_some() && !draining;
    let readiness = Readiness {
        ready,
        draining,
        checks: Checks {
            database: if up { "up" } else { "down" },
            snapshot,
        },
    };
    let status = if ready {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    (status, axum::Json(readiness)).into_response()
}
