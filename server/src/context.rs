//! The context of a call: who calls, under which idempotency key, and the unit of work it opens.
//!
//! Authentication and the authorization table come before anything of the request is parsed.

use std::sync::Arc;

use axum::extract::{FromRequestParts, MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, header};
use zonecut_audit::Outcome;

use crate::app::audit::{self, Change};
use crate::app::unit::Unit;
use crate::authorization::{Access, AccessByRoute, Permission};
use crate::idempotency::{self, RequestKey};
use crate::identity::{EVERYWHERE, Identity};
use crate::problem::{Code, Problem};
use crate::refusals::{self, Write};
use crate::secret::SecretHash;
use crate::state::AppState;
use crate::store;
use crate::store::credential::Kind;

/// The cookie of a browser's session.
pub const SESSION_COOKIE: &str = "zonecut_session";
/// The header that a page of another site can't send.
pub const BROWSER_HEADER: &str = "x-zonecut-request";

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

    /// Opens the unit of work for one change.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn begin(&self) -> Result<Unit, Problem> {
        let actor = self.identity.principal.clone();
        Ok(Unit::begin(&self.state, actor, self.key.clone()).await?)
    }

    /// Opens the unit of work for a change whose answer holds a secret: only that it was given is
    /// kept.
    ///
    /// # Errors
    /// When the database can't be reached.
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
        let subject = format!("domain {domain}");
        Err(forbidden(&self.state, &self.identity, permission, &subject).await)
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
    let write = Write::of(request.method(), route, request.uri().path());
    let admitted = match access {
        Some(Access::Anyone) => return next.run(request).await,
        Some(Access::SignedIn) => admit(state, request.method(), request.headers()).await,
        Some(Access::Holder(permission) | Access::HolderEverywhere(permission)) => {
            let everywhere = matches!(access, Some(Access::HolderEverywhere(_)));
            match admit(state, request.method(), request.headers()).await {
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
        Err(problem) => {
            if let Some(write) = write {
                note_stranger(state, request.headers(), &write, &problem).await;
            }
            problem.into_response()
        }
    }
}

/// Records that a write was refused before it was known to be its caller's. Anybody can cause that,
/// so it waits for no database, and only so much of it is kept.
async fn note_stranger(state: &AppState, headers: &HeaderMap, write: &Write, problem: &Problem) {
    let actor = match problem.code() {
        Code::Unauthorized => "anonymous".to_owned(),
        Code::Csrf => match presented(headers) {
            Some(presented) => match authenticate(state, presented.secret()).await {
                Ok(identity) => identity.principal.clone(),
                Err(_) => return,
            },
            None => return,
        },
        _ => return,
    };
    let refusal = write.refused(problem.code().as_str());
    let record = refusal.record(state.clock.now(), &actor, Outcome::Refused);
    state.recorder.refused(record);
}

/// Authenticates, and refuses a browser's write that another site could have caused.
///
/// # Errors
/// When the caller is nobody, or a browser that may have been tricked.
pub async fn admit(
    state: &AppState,
    method: &Method,
    headers: &HeaderMap,
) -> Result<Arc<Identity>, Problem> {
    let presented = presented(headers).ok_or_else(unauthorized)?;
    let identity = authenticate(state, presented.secret()).await?;
    let by_browser = matches!(presented, Presented::Cookie(_));
    if by_browser && !method.is_safe() && !headers.contains_key(BROWSER_HEADER) {
        let detail =
            format!("a write with a session cookie carries the header `{BROWSER_HEADER}: 1`");
        return Err(Problem::new(Code::Csrf, detail));
    }
    Ok(identity)
}

/// Whom `secret` stands for: from memory, or from the database when it is newer than the memory.
///
/// # Errors
/// When it stands for nobody, or the database would have to be asked and can't be.
pub async fn authenticate(state: &AppState, secret: &str) -> Result<Arc<Identity>, Problem> {
    let hash = SecretHash::of(secret);
    let now = state.clock.now();
    if let Some(identity) = state.directory.find(hash, now) {
        return Ok(identity);
    }
    // Boxed: it is rare, and would make every request's future as large as a query's.
    Box::pin(authenticate_newer(state, hash, now)).await
}

async fn authenticate_newer(
    state: &AppState,
    hash: SecretHash,
    now: DateTime<Utc>,
) -> Result<Arc<Identity>, Problem> {
    let mut connection = state.pool.acquire().await?;
    let kinds = [Kind::Token, Kind::Session];
    let row = store::credential::find_active(&mut connection, &kinds, hash, now).await?;
    let row = row.ok_or_else(unauthorized)?;
    Ok(Arc::new(row.into_identity(&state.control_plane)))
}

/// A credential as the request carries it.
pub enum Presented<'a> {
    /// `Authorization: Bearer`.
    Bearer(&'a str),
    /// The session cookie.
    Cookie(&'a str),
}

impl Presented<'_> {
    /// The secret itself.
    #[must_use]
    pub const fn secret(&self) -> &str {
        match self {
            Self::Bearer(secret) | Self::Cookie(secret) => secret,
        }
    }
}

/// The credential in `headers`. A bearer token goes before a cookie.
#[must_use]
pub fn presented(headers: &HeaderMap) -> Option<Presented<'_>> {
    if let Some(value) = headers.get(header::AUTHORIZATION) {
        let (scheme, token) = value.to_str().ok()?.split_once(' ')?;
        return scheme
            .eq_ignore_ascii_case("bearer")
            .then(|| Presented::Bearer(token.trim()));
    }
    let cookies = headers.get_all(header::COOKIE).iter();
    let mut pairs = cookies
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    let (_, secret) = pairs.find(|(name, _)| *name == SESSION_COOKIE)?;
    Some(Presented::Cookie(secret))
}

/// Nobody we know.
#[must_use]
pub fn unauthorized() -> Problem {
    Problem::new(
        Code::Unauthorized,
        "no valid token or session was presented",
    )
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
    // The answer is "no" with or without the database; a failure to record it is logged.
    let recorded = Box::pin(audit::refused(state, &identity.principal, refusal)).await;
    if let Err(error) = recorded {
        tracing::warn!(%error, subject, "a refusal could not be recorded");
    }
    Problem::new(
        Code::Forbidden,
        format!("this needs the permission `{permission}`"),
    )
}
