//! `GET /metrics`

use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use http::header;

use crate::admission::{Head, admit};
use crate::authorization::Permission;
use crate::context::forbidden;
use crate::metrics::Gauges;
use crate::problem::Problem;
use crate::state::AppState;

/// Counters and gauges in Prometheus' text format. Whether a token is needed is configured.
#[utoipa::path(
    get,
    path = "/metrics",
    operation_id = "metrics",
    tag = "operations",
    security((), ("token" = [])),
    responses((status = 200, body = String, content_type = "text/plain"))
)]
pub async fn handler(State(state): State<AppState>, request: Request) -> Result<Response, Problem> {
    if !state.config.open_metrics {
        let identity = admit(&state, Head::of(&request)).await?;
        if !identity.may(Permission::MetricsRead) {
            let permission = Permission::MetricsRead;
            return Err(forbidden(&state, &identity, permission, "GET /metrics").await);
        }
    }
    let audit = state.audit.found();
    let text = state.metrics.render(&Gauges {
        serial: state.decisions.serial().unwrap_or_default(),
        age: state.decisions.age(state.clock.now()),
        connections: state.pool.size(),
        audit_intact: audit.fault().is_none(),
        audit_verified: audit.verified.map_or(0, |(_, at)| at.timestamp()),
    });
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response())
}
