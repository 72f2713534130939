//! What the protocols of others have in common that are laid over our decisions: who calls, a body
//! read so strictly that no two readers could take it differently, and an answer that is closed
//! whenever something is wrong, with a code and a line in the log.

use std::collections::HashSet;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use axum::body::to_bytes;
use axum::extract::Request;
use axum::response::{IntoResponse as _, Response};
use chrono::{DateTime, Utc};
use http::HeaderMap;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use zonecut_policy::request::Text;

use crate::admission::{Head, admit, admit_by_url};
use crate::answer::Answer;
use crate::app::decide::{TooLarge, from_served, may_ask_for};
use crate::authorization::Permission;
use crate::context::forbidden;
use crate::decision_plane::Serving;
use crate::extract::media_type;
use crate::idempotency::too_large;
use crate::identity::Identity;
use crate::problem::{Code, Problem};
use crate::router::BODY_LIMIT;
use crate::state::AppState;

/// A protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// OpenID AuthZEN Authorization API 1.0.
    AuthZen,
    /// Trino's OPA access control, whose plugin can carry a token in the URL alone (`?key=`).
    TrinoOpa,
}

impl Protocol {
    const fn name(self) -> &'static str {
        match self {
            Self::AuthZen => "authzen",
            Self::TrinoOpa => "trino-opa",
        }
    }
}

/// Why there is no answer but a refusal.
#[derive(Debug)]
pub enum Closed {
    /// The caller may not ask for that engine, or without one.
    NotItself(String),
    /// Something else.
    Problem(Problem),
}

impl Closed {
    /// That of another's engine is recorded.
    pub async fn into_problem(self, state: &AppState, identity: &Identity) -> Problem {
        match self {
            Self::Problem(problem) => problem,
            Self::NotItself(engine) => {
                let subject = format!("engine {engine}");
                let unbound = Permission::DecisionsAskUnbound;
                forbidden(state, identity, unbound, &subject).await
            }
        }
    }
}

impl From<Problem> for Closed {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<TooLarge> for Closed {
    fn from(error: TooLarge) -> Self {
        Self::Problem(error.into())
    }
}

/// What a request is answered from.
pub struct Asked<'a> {
    /// The service.
    pub state: &'a AppState,
    /// Who calls.
    pub identity: &'a Identity,
    /// What is served.
    pub serving: &'a Serving,
    /// When the body had come.
    pub now: DateTime<Utc>,
    /// The body.
    pub body: &'a [u8],
}

impl Asked<'_> {
    /// Refuses when the caller may not ask for `engine`.
    ///
    /// # Errors
    /// When the caller is another, and may not ask for any.
    pub fn require_engine(&self, engine: Option<&str>) -> Result<(), Closed> {
        if may_ask_for(self.identity, engine) {
            return Ok(());
        }
        Err(Closed::NotItself(engine.unwrap_or("none").to_owned()))
    }
}

/// Answers `request` with what `work` makes of it; anything wrong is a problem.
pub async fn respond<T: Serialize>(
    state: &AppState,
    request: Request,
    protocol: Protocol,
    work: impl FnOnce(&Asked<'_>) -> Result<T, Closed> + Send,
) -> Response {
    match answer(state, request, protocol, work).await {
        Ok(answer) => Answer::ok(&answer).into_response(),
        Err(problem) => {
            // Neither the detail, which may quote the body, nor the URL, which may hold a token.
            let code = problem.code().as_str();
            tracing::warn!(protocol = protocol.name(), code, "a question was refused");
            problem.into_response()
        }
    }
}

async fn answer<T>(
    state: &AppState,
    request: Request,
    protocol: Protocol,
    work: impl FnOnce(&Asked<'_>) -> Result<T, Closed> + Send,
) -> Result<T, Problem> {
    let head = Head::of(&request);
    let identity = match protocol {
        Protocol::AuthZen => admit(state, head).await?,
        Protocol::TrinoOpa => admit_by_url(state, head).await?,
    };
    if !identity.may(Permission::DecisionsAsk) {
        let subject = format!("{} {}", request.method(), request.uri().path());
        return Err(forbidden(state, &identity, Permission::DecisionsAsk, &subject).await);
    }
    is_json(request.headers())?;
    let body = to_bytes(request.into_body(), BODY_LIMIT).await;
    let body = body.map_err(|_| too_large())?;
    let now = state.clock.now();
    let done = from_served(state, now, |serving| {
        work(&Asked {
            state,
            identity: &identity,
            serving,
            now,
            body: &body,
        })
    });
    match done {
        Ok(answer) => Ok(answer),
        Err(closed) => Err(closed.into_problem(state, &identity).await),
    }
}

fn is_json(headers: &HeaderMap) -> Result<(), Problem> {
    if media_type(headers) == Some("application/json") {
        return Ok(());
    }
    let detail = "`Content-Type` must be `application/json`";
    Err(Problem::new(Code::UnsupportedMediaType, detail))
}

/// Reads a body. A key that stands twice in an object, anywhere, is refused: readers differ in which
/// they take.
///
/// # Errors
/// When it is not what it should be.
pub fn read<'de, T: Deserialize<'de>>(body: &'de [u8]) -> Result<T, Closed> {
    let once = serde_json::from_slice::<Once>(body);
    let read = once.and_then(|Once| serde_json::from_slice(body));
    let Object(value) = read.map_err(|error| malformed(&error.to_string()))?;
    Ok(value)
}

/// The body is not what the protocol asks for.
#[must_use]
pub fn malformed(detail: &str) -> Closed {
    Closed::Problem(Problem::new(Code::MalformedBody, detail))
}

/// The question is about too much.
pub(crate) fn too_much(detail: String) -> Closed {
    TooLarge::new(detail).into()
}

/// A value written as a JSON object. What is derived alone also reads the fields in a row, as a list.
#[derive(Debug, Clone, Default)]
pub struct Object<T>(pub T);

impl<T> Deref for Object<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InBraces<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for InBraces<T> {
            type Value = Object<T>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<Object<T>, A::Error> {
                T::deserialize(MapAccessDeserializer::new(entries)).map(Object)
            }
        }
        deserializer.deserialize_map(InBraces(PhantomData))
    }
}

/// An optional field, which may be absent but not null.
///
/// # Errors
/// When it is not what it should be.
pub fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// An object whose fields nobody looks at.
#[derive(Debug, Clone, Deserialize)]
pub struct Anything {}

/// Any JSON in which no object has a key twice.
struct Once;

impl<'de> Deserialize<'de> for Once {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Self)
    }
}

impl<'de> Visitor<'de> for Once {
    type Value = Self;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self, E> {
        Ok(Self)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self, E> {
        Ok(Self)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self, E> {
        Ok(Self)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self, E> {
        Ok(Self)
    }

    fn visit_str<E>(self, _: &str) -> Result<Self, E> {
        Ok(Self)
    }

    fn visit_unit<E>(self) -> Result<Self, E> {
        Ok(Self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self, A::Error> {
        while items.next_element::<Self>()?.is_some() {}
        Ok(Self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self, A::Error> {
        let mut seen = HashSet::new();
        while let Some((key, Self)) = entries.next_entry::<Text<'de>, Self>()? {
            if let Some(twice) = seen.replace(key) {
                let message = format!("field `{}` is there twice", &*twice);
                return Err(serde::de::Error::custom(message));
            }
        }
        Ok(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_stands_twice_is_refused_at_any_depth() {
        let read = |text: &str| serde_json::from_str::<Once>(text).map(drop);
        assert!(read(r#"{"a": [1, -2, 0.5, "x", true, null, {"b": {}, "c": {}}]}"#).is_ok());
        for twice in [
            r#"{"a": 1, "a": 1}"#,
            r#"[{"x": {"a": 1, "b": 2, "\u0061": 3}}]"#,
        ] {
            let error = read(twice).unwrap_err().to_string();
            assert!(error.contains("field `a` is there twice"), "{error}");
        }
    }
}
