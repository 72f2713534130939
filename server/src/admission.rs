//! Who a request is from: the credential it carries, whom that stands for, and what becomes of those
//! whom it stands for nobody.

use std::sync::Arc;

use axum::extract::MatchedPath;
use chrono::{DateTime, Utc};
use http::{Extensions, HeaderMap, Method, Request, Uri, header};

use crate::attempts::Attempt;
use crate::identity::Identity;
use crate::problem::{Code, Problem};
use crate::refusals::{self, Asked};
use crate::secret::SecretHash;
use crate::source::Source;
use crate::state::AppState;
use crate::store;
use crate::store::credential::Kind;

/// The cookie of a browser's session.
pub const SESSION_COOKIE: &str = "zonecut_session";
/// The header that a page of another site can't send.
pub const BROWSER_HEADER: &str = "x-zonecut-request";

/// The head of a request: all but its body.
#[derive(Clone, Copy)]
pub struct Head<'a> {
    /// The method.
    pub method: &'a Method,
    /// The address.
    pub uri: &'a Uri,
    /// The headers.
    pub headers: &'a HeaderMap,
    /// What the service found out about the request.
    pub extensions: &'a Extensions,
}

impl<'a> Head<'a> {
    /// That of `request`.
    pub fn of<B>(request: &'a Request<B>) -> Self {
        Self {
            method: request.method(),
            uri: request.uri(),
            headers: request.headers(),
            extensions: request.extensions(),
        }
    }

    /// Where the request comes from.
    #[must_use]
    pub fn source(&self, state: &AppState) -> Source {
        Source::of(self.headers, self.extensions, &state.config.trusted_proxies)
    }

    fn asked(&self) -> Asked {
        let route = self.extensions.get::<MatchedPath>();
        let route = route.map_or_else(|| self.uri.path(), MatchedPath::as_str);
        Asked::new(self.method, route, self.uri.path())
    }
}

/// Authenticates, and refuses a browser's write that another site could have caused.
///
/// # Errors
/// When the caller is nobody, has failed to be somebody too often, or is a browser that may have been
/// tricked.
pub async fn admit(state: &AppState, head: Head<'_>) -> Result<Arc<Identity>, Problem> {
    admit_with(state, head, presented(head.headers)).await
}

/// Authenticates as [`admit`] does, and an engine that can carry its token nowhere but in the URL
/// (`?key=`).
///
/// # Errors
/// Those of [`admit`].
pub async fn admit_by_url(state: &AppState, head: Head<'_>) -> Result<Arc<Identity>, Problem> {
    let presented = presented(head.headers).or_else(|| key(head.uri).map(Presented::Bearer));
    admit_with(state, head, presented).await
}

async fn admit_with(
    state: &AppState,
    head: Head<'_>,
    presented: Option<Presented<'_>>,
) -> Result<Arc<Identity>, Problem> {
    let Some(presented) = presented else {
        // Who reads without saying who they are has not tried to be anybody.
        if !head.method.is_safe() {
            refuse(state, head, "anonymous", Code::Unauthorized);
        }
        return Err(unauthorized());
    };
    let identity = authenticate(state, head, presented.secret()).await?;
    let by_browser = matches!(presented, Presented::Cookie(_));
    if by_browser && !head.method.is_safe() && !head.headers.contains_key(BROWSER_HEADER) {
        refuse(state, head, &identity.principal, Code::Csrf);
        let detail =
            format!("a write with a session cookie carries the header `{BROWSER_HEADER}: 1`");
        return Err(Problem::new(Code::Csrf, detail));
    }
    Ok(identity)
}

/// Whom `secret` stands for: from memory, or from the database when it is newer than the memory.
async fn authenticate(
    state: &AppState,
    head: Head<'_>,
    secret: &str,
) -> Result<Arc<Identity>, Problem> {
    let hash = SecretHash::of(secret);
    let now = state.clock.now();
    if let Some(identity) = state.directory.find(hash, now) {
        return Ok(identity);
    }
    // Boxed: it is rare, and would make every request's future as large as a query's.
    Box::pin(authenticate_newer(state, head, hash, now)).await
}

async fn authenticate_newer(
    state: &AppState,
    head: Head<'_>,
    hash: SecretHash,
    now: DateTime<Utc>,
) -> Result<Arc<Identity>, Problem> {
    // Before the database is asked, so that guesses cost it nothing.
    refusals::check(state, head.source(state), Attempt::Call)?;
    let mut connection = state.pool.acquire().await?;
    let kinds = [Kind::Token, Kind::Session];
    let row = store::credential::find_active(&mut connection, &kinds, hash, now).await?;
    let Some(row) = row else {
        refuse(state, head, "anonymous", Code::Unauthorized);
        return Err(unauthorized());
    };
    Ok(Arc::new(row.into_identity(&state.control_plane)))
}

fn refuse(state: &AppState, head: Head<'_>, actor: &str, code: Code) {
    let (source, attempt) = (head.source(state), Attempt::Call);
    let refusal = head.asked().refused(attempt.action(), code.as_str());
    refusals::failed(state, source, attempt, actor, refusal);
}

/// A credential as the request carries it.
enum Presented<'a> {
    /// `Authorization: Bearer`, or what stands for it in the URL.
    Bearer(&'a str),
    /// The session cookie.
    Cookie(&'a str),
}

impl Presented<'_> {
    const fn secret(&self) -> &str {
        match self {
            Self::Bearer(secret) | Self::Cookie(secret) => secret,
        }
    }
}

/// The credential in `headers`. A bearer token goes before a cookie.
fn presented(headers: &HeaderMap) -> Option<Presented<'_>> {
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

/// The only `key` of the query. Tokens have no letter that a URL would have to escape.
fn key(uri: &Uri) -> Option<&str> {
    let pairs = uri.query()?.split('&');
    let mut keys = pairs.filter_map(|pair| pair.strip_prefix("key="));
    keys.next().filter(|_| keys.next().is_none())
}

/// Nobody we know.
#[must_use]
pub fn unauthorized() -> Problem {
    Problem::new(
        Code::Unauthorized,
        "no valid token or session was presented",
    )
}
