//! `GET /healthz`

/// Says that the process lives.
#[utoipa::path(
    get,
    path = "/healthz",
    operation_id = "health",
    tag = "operations",
    security(()),
    responses((status = 200, body = String, content_type = "text/plain"))
)]
pub async fn handler() -> &'static str {
    "ok\n"
}
