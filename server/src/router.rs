//! Every route, one screen.

use std::any::Any;
use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use http::{Method, Uri};
use tower_http::catch_panic::CatchPanicLayer;
use utoipa::OpenApi;
use utoipa::openapi::OpenApi as Document;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::admission;
use crate::authorization::{AccessByRoute, Unlisted};
use crate::context;
use crate::problem::{Code, Problem};
use crate::routes::{
    access, audit, contracts, decisions, domains, expectations, incidents, lineage, measurements,
    opa, operations, policies, products, session, tokens, webhooks,
};
use crate::state::AppState;
use crate::web;

/// The largest body, in bytes.
pub const BODY_LIMIT: usize = 4 * 1024 * 1024;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Zonecut",
        description = "Data-contract and governance control plane for DNS data products",
        license(name = "Apache-2.0", identifier = "Apache-2.0"),
    ),
    modifiers(&Security),
    security(("token" = []), ("session" = []))
)]
struct Api;

/// All routes with their documentation.
fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::with_openapi(Api::openapi())
        .routes(routes!(
            session::show::handler,
            session::sign_in::handler,
            session::sign_out::handler
        ))
        .routes(routes!(tokens::list::handler, tokens::create::handler))
        .routes(routes!(tokens::revoke::handler))
        .routes(routes!(domains::list::handler, domains::create::handler))
        .routes(routes!(domains::show::handler))
        .routes(routes!(
            products::list::handler,
            products::register::handler
        ))
        .routes(routes!(products::show::handler, products::replace::handler))
        .routes(routes!(products::consumers::handler))
        .routes(routes!(contracts::list::handler))
        .routes(routes!(contracts::show::handler))
        .routes(routes!(
            contracts::list_versions::handler,
            contracts::publish::handler
        ))
        .routes(routes!(contracts::show_version::handler))
        .routes(routes!(contracts::check::handler))
        .routes(routes!(contracts::compare::handler))
        .routes(routes!(contracts::access::handler))
        .routes(routes!(policies::list::handler, policies::create::handler))
        .routes(routes!(
            policies::show::handler,
            policies::replace::handler,
            policies::remove::handler
        ))
        .routes(routes!(lineage::receive::handler))
        .routes(routes!(lineage::show::handler))
        .routes(routes!(measurements::report::handler))
        .routes(routes!(expectations::list::handler))
        .routes(routes!(incidents::list::handler))
        .routes(routes!(webhooks::list::handler, webhooks::create::handler))
        .routes(routes!(webhooks::delete::handler))
        .routes(routes!(webhooks::replay::handler))
        .routes(routes!(audit::list::handler))
        .routes(routes!(audit::proof::handler))
        .routes(routes!(audit::verification::handler))
        .routes(routes!(audit::checkpoints::handler))
        .routes(routes!(audit::consistency::handler))
        .routes(routes!(audit::keys::handler))
        .routes(routes!(access::metadata::handler))
        .routes(routes!(operations::health::handler))
        .routes(routes!(operations::readiness::handler))
        .routes(routes!(operations::metrics::handler))
}

/// The decision plane: outside the middleware, because it stands in the way of every query.
fn decisions() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(decisions::ask::handler))
        .routes(routes!(opa::allow::handler))
        .routes(routes!(opa::batch::handler))
        .routes(routes!(opa::row_filters::handler))
        .routes(routes!(opa::column_mask::handler))
        .routes(routes!(opa::batch_column_masks::handler))
        .routes(routes!(access::evaluation::handler))
        .routes(routes!(access::evaluations::handler))
        .routes(routes!(access::search_subject::handler))
        .routes(routes!(access::search_resource::handler))
        .routes(routes!(access::search_action::handler))
}

/// The OpenAPI document of the service.
#[must_use]
pub fn openapi() -> Document {
    routes().merge(decisions()).into_openapi()
}

/// The service.
///
/// # Errors
/// When a route has no row in the authorization table.
pub fn router(state: AppState) -> Result<Router, Unlisted> {
    let api = openapi();
    let table = Arc::new(AccessByRoute::of(&api)?);
    // Shared: axum copies a handler and what it holds.
    let document = Arc::new(api);
    let guard = middleware::from_fn_with_state((state.clone(), table), context::authorize);
    let (control_plane, _) = routes()
        .route_layer(guard)
        .route_layer(CatchPanicLayer::custom(panicked))
        .route_layer(DefaultBodyLimit::max(BODY_LIMIT))
        .split_for_parts();
    let (decision_plane, _) = decisions().split_for_parts();
    Ok(control_plane
        .merge(decision_plane)
        .route(
            "/openapi.json",
            get(move || async move { axum::Json(document) }),
        )
        .fallback(web::fallback)
        .method_not_allowed_fallback(method_not_allowed)
        .with_state(state))
}

/// A request that failed in a way that nobody thought of, and takes nobody else along.
#[expect(clippy::needless_pass_by_value, reason = "the layer calls it so")]
fn panicked(cause: Box<dyn Any + Send>) -> Response {
    let text = cause.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| cause.downcast_ref::<&str>().copied());
    Problem::internal(text.unwrap_or("a panic without words")).into_response()
}

async fn method_not_allowed(method: Method, uri: Uri) -> Problem {
    Problem::new(
        Code::MethodNotAllowed,
        format!("`{}` has no `{method}`", uri.path()),
    )
}

/// How callers say who they are.
struct Security;

impl utoipa::Modify for Security {
    fn modify(&self, openapi: &mut Document) {
        use utoipa::openapi::security::{
            ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityScheme,
        };
        let components = openapi.components.get_or_insert_default();
        let token = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
        let cookie = ApiKeyValue::new(admission::SESSION_COOKIE);
        components.add_security_scheme("token", token);
        let key = SecurityScheme::ApiKey(ApiKey::Query(ApiKeyValue::new("key")));
        components.add_security_scheme("key", key);
        components.add_security_scheme("session", SecurityScheme::ApiKey(ApiKey::Cookie(cookie)));
    }
}
