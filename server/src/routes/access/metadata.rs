//! `GET /.well-known/authzen-configuration`

use axum::Json;
use axum::extract::{Request, State};
use http::header;
use http::uri::Authority;
use serde::Serialize;
use utoipa::ToSchema;

use crate::problem::{Code, Problem, ProblemDocument};
use crate::source::is_https;
use crate::state::AppState;

/// Where each part of the API is (section 9 of AuthZEN 1.0).
#[derive(Debug, Serialize, ToSchema)]
pub struct Metadata {
    /// The service, as the request addressed it.
    policy_decision_point: String,
    /// Access evaluation.
    access_evaluation_endpoint: String,
    /// Access evaluations.
    access_evaluations_endpoint: String,
    /// Search for subjects.
    search_subject_endpoint: String,
    /// Search for resources.
    search_resource_endpoint: String,
    /// Search for actions.
    search_action_endpoint: String,
}

/// Where each part of the AuthZEN API is. The addresses are those of the request: its `Host`, and
/// `https` where a trusted proxy says so in `X-Forwarded-Proto`.
#[utoipa::path(
    get,
    path = "/.well-known/authzen-configuration",
    operation_id = "authzen_metadata",
    tag = "authzen",
    security(()),
    responses(
        (status = 200, body = Metadata),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn handler(
    State(state): State<AppState>,
    request: Request,
) -> Result<Json<Metadata>, Problem> {
    let (headers, extensions) = (request.headers(), request.extensions());
    let host = headers.get(header::HOST);
    let host = host.and_then(|host| host.to_str().ok()?.parse::<Authority>().ok());
    let Some(host) = host else {
        let detail = "`Host` must say how the service is addressed";
        return Err(Problem::new(Code::MalformedBody, detail));
    };
    let scheme = if is_https(headers, extensions, &state.config.trusted_proxies) {
        "https"
    } else {
        "http"
    };
    let base = format!("{scheme}://{host}");
    let at = |path: &str| format!("{base}/access/v1/{path}");
    Ok(Json(Metadata {
        access_evaluation_endpoint: at("evaluation"),
        access_evaluations_endpoint: at("evaluations"),
        search_subject_endpoint: at("search/subject"),
        search_resource_endpoint: at("search/resource"),
        search_action_endpoint: at("search/action"),
        policy_decision_point: base,
    }))
}
