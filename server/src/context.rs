//! The context of a call: who calls, under which idempotency key, and the unit of work it opens.
//!
//! [Admission](crate::admission) and the authorization table come before anything of the request is
//! parsed.

use std::sync::Arc;

use axum::extract::{FromRequestParts, MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use http::{HeaderValue, header};

use crate::admission::{Head, admit, unauthorized};
use crate::app::audit::{self, Change};
use crate::app::unit::Unit;
use crate::authorization::{Access, AccessByRoute, Permission};
use crate::compute::Place;
use crate::idempotency::{self, RequestKey};
use crate::identity::{EVERYWHERE, Identity};
use crate::problem::{Code, Problem};
use crate::refusals::{self, Asked};
use crate::state::AppState;
use crate::store;

/// An authenticated call that the authorization table lets through.
#[derive(Clone)]
pub struct Call {
    /// The service.
    pub state: AppState,
    /// Who calls.
    pub identity: Arc<Identity>,
    key: Option<RequestKey>,
}

impl Call {
    /// A connection for reading.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn connection(&self) -> Result<store::Connection, Problem> {
        Ok(self.state.pool.acquire().await?)
    }

    /// Leave to compute.
    ///
    /// # Errors
    /// When too much is being computed.
    pub async fn place(&self) -> Result<Place, Problem> {
        Ok(self.state.compute.place().await?)
    }

    /// Opens the unit of work for one change.
    ///
    /// # Errors
    /// When the database can't be reached, or the same request was answered meanwhile: the problem
    /// then is that answer.
    pub async fn begin(&self) -> Result<Unit, Problem> {
        let actor = self.identity.principal.clone();
        let mut unit = Unit::begin(&self.state, actor, self.key.clone()).await?;
        if let Some(key) = &self.key {
            idempotency::take_turn(&mut unit, key).await?;
        }
        Ok(unit)
    }

    /// Opens the unit of work for a change whose answer holds a secret: only that it was given is
    /// kept.
    ///
    /// # Errors
    /// Those of [`Call::begin`].
    pub async fn begin_secret(&self) -> Result<Unit, Problem> {
        Ok(self.begin().await?.with_secret())
    }

    /// Refuses, and records, what the caller may not do in `domain`.
    ///
    /// # Errors
    /// Always, unless the caller holds `permission` there.
    pub async fn require_in(&self, permission: Permission, domain: &str) -> Result<(), Problem> {
        if self.identity.may_in(permission, domain) {
            return Ok(());
        }
        Err(self.forbidden_in(permission, domain).await)
    }

    /// Records that the caller lacks `permission` in `domain`, and answers so.
    pub async fn forbidden_in(&self, permission: Permission, domain: &str) -> Problem {
        let subject = format!("domain {domain}");
        forbidden(&self.state, &self.identity, permission, &subject).await
    }
}

impl FromRequestParts<AppState> for Call {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let identity = parts.extensions.get::<Arc<Identity>>();
        let Some(identity) = identity.map(Arc::clone) else {
            return Err(unauthorized());
        };
        Ok(Self {
            state: state.clone(),
            identity,
            key: parts.extensions.get::<RequestKey>().cloned(),
        })
    }
}

/// What stands before every route of the control plane.
pub async fn authorize(
    State((state, table)): State<(AppState, Arc<AccessByRoute>)>,
    request: Request,
    next: Next,
) -> Response {
    let path = request.extensions().get::<MatchedPath>();
    let access = path.and_then(|path| table.get(request.method(), path.as_str()));
    let route = path.map_or_else(String::new, |path| path.as_str().to_owned());
    let method = request.method().clone();
    let mut response = guarded(&state, access, &route, request, next).await;
    state
        .metrics
        .requested(method.as_str(), &route, response.status().as_u16());
    let headers = response.headers_mut();
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    // What is answered to one caller is nobody else's.
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}

async fn guarded(
    state: &AppState,
    access: Option<Access>,
    route: &str,
    mut request: Request,
    next: Next,
) -> Response {
    let subject = format!("{} {}", request.method(), request.uri().path());
    let write = Asked::write(access, request.method(), route, request.uri().path());
    let admitted = match access {
        Some(Access::Anyone) => return next.run(request).await,
        Some(Access::SignedIn) => admit(state, Head::of(&request)).await,
        Some(Access::Holder(permission) | Access::HolderEverywhere(permission)) => {
            let everywhere = matches!(access, Some(Access::HolderEverywhere(_)));
            match admit(state, Head::of(&request)).await {
                Ok(identity) if identity.may_in(permission, EVERYWHERE) => Ok(identity),
                Ok(identity) if !everywhere && identity.may(permission) => Ok(identity),
                Ok(identity) => Err(forbidden(state, &identity, permission, &subject).await),
                Err(problem) => Err(problem),
            }
        }
        None => Err(Problem::internal(format!(
            "`{subject}` is not in the authorization table"
        ))),
    };
    match admitted {
        Ok(identity) => {
            request.extensions_mut().insert(Arc::clone(&identity));
            let work = idempotency::run(state, &identity, request, next);
            refusals::watch(state, &identity.principal, write, work).await
        }
        Err(problem) => problem.into_response(),
    }
}

/// Records that `identity` lacks `permission` for `subject`, and answers so.
pub async fn forbidden(
    state: &AppState,
    identity: &Identity,
    permission: Permission,
    subject: &str,
) -> Problem {
    let permission = permission.as_str();
    let refusal = Change::new("access.forbid", subject)
        .detail(serde_json::json!({ "permission": permission }));
    Box::pin(audit::refused(state, &identity.principal, refusal)).await;
    Problem::new(
        Code::Forbidden,
        format!("this needs the permission `{permission}`"),
    )
}
