//! Reading requests strictly: what is not understood is refused with a code of its own.

use std::convert::Infallible;

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use http::request::Parts;
use http::{HeaderMap, header};
use serde::de::DeserializeOwned;

use crate::idempotency::too_large;
use crate::problem::{Code, Problem};
use crate::source::Source;
use crate::state::AppState;

/// A JSON body.
pub struct Json<T>(pub T);

/// The query of the URL.
pub struct Query<T>(pub T);

/// The parameters in the path.
pub struct Path<T>(pub T);

/// A document as it came: YAML or JSON, byte for byte.
pub struct RawDocument {
    /// The bytes.
    pub bytes: Bytes,
    /// `document.yaml` or `document.json`: how findings call it.
    pub file: &'static str,
}

/// What `If-Match` asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IfMatch {
    /// `*`: whatever is there.
    Any,
    /// One of these tags.
    Tags(Vec<String>),
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        match media_type(request.headers()) {
            Some("application/json") => {}
            _ => return Err(unsupported("`application/json`")),
        }
        let bytes = body(request, state).await?;
        serde_json::from_slice(&bytes)
            .map(Self)
            .map_err(|error| json_problem(&error))
    }
}

impl<S: Send + Sync> FromRequest<S> for RawDocument {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let file = match media_type(request.headers()) {
            Some("application/yaml" | "application/x-yaml" | "text/yaml") => "document.yaml",
            Some("application/json") => "document.json",
            _ => return Err(unsupported("`application/yaml` or `application/json`")),
        };
        let bytes = body(request, state).await?;
        Ok(Self { bytes, file })
    }
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        match axum::extract::Query::<T>::try_from_uri(&parts.uri) {
            Ok(query) => Ok(Self(query.0)),
            Err(rejection) => {
                let text = std::error::Error::source(&rejection)
                    .map_or_else(|| rejection.to_string(), ToString::to_string);
                Err(field_problem(&format!("query: {text}")))
            }
        }
    }
}

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        match axum::extract::Path::<T>::from_request_parts(parts, state).await {
            Ok(path) => Ok(Self(path.0)),
            // A path that can't name anything names nothing.
            Err(rejection) => Err(Problem::new(
                Code::NotFound,
                rejection.body_text().to_lowercase(),
            )),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let value = parts.headers.get(header::IF_MATCH);
        let Some(value) = value.and_then(|value| value.to_str().ok()) else {
            let detail = "`If-Match` with the entity tag that was read is needed to replace";
            return Err(Problem::new(Code::PreconditionRequired, detail));
        };
        Ok(Self::read(value))
    }
}

impl FromRequestParts<AppState> for Source {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        let trusted = &state.config.trusted_proxies;
        Ok(Self::of(&parts.headers, &parts.extensions, trusted))
    }
}

impl IfMatch {
    fn read(value: &str) -> Self {
        if value.trim() == "*" {
            return Self::Any;
        }
        let tags = value
            .split(',')
            .map(|tag| tag.trim().trim_matches('"').to_owned());
        Self::Tags(tags.collect())
    }

    /// Whether content with that hash may be replaced.
    #[must_use]
    pub fn allows(&self, hash: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Tags(tags) => tags.iter().any(|tag| tag == hash),
        }
    }
}

/// Whether `If-None-Match` already has content with that hash (RFC 9110, 13.1.2; weak comparison).
#[must_use]
pub fn has_already(headers: &HeaderMap, hash: &str) -> bool {
    let values = headers.get_all(header::IF_NONE_MATCH).iter();
    values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|tag| tag.trim().trim_start_matches("W/").trim_matches('"'))
        .any(|tag| tag == "*" || tag == hash)
}

/// The media type of the body, without parameters.
#[must_use]
pub fn media_type(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    Some(value.split(';').next().unwrap_or(value).trim())
}

async fn body<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, Problem> {
    Bytes::from_request(request, state)
        .await
        .map_err(|rejection| {
            if rejection.status() == http::StatusCode::PAYLOAD_TOO_LARGE {
                too_large()
            } else {
                Problem::new(Code::MalformedBody, "the body ended early")
            }
        })
}

fn unsupported(expected: &str) -> Problem {
    Problem::new(
        Code::UnsupportedMediaType,
        format!("`Content-Type` must be {expected}"),
    )
}

/// What `serde_json` said about a body, as a problem.
#[must_use]
pub fn json_problem(error: &serde_json::Error) -> Problem {
    match error.classify() {
        serde_json::error::Category::Data => field_problem(&error.to_string()),
        _ => Problem::new(Code::MalformedBody, error.to_string()),
    }
}

fn field_problem(text: &str) -> Problem {
    let code = if text.contains("unknown field") {
        Code::UnknownField
    } else {
        Code::InvalidField
    };
    Problem::new(code, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn if_match_reads_lists_and_the_star() {
        assert!(IfMatch::read("*").allows("a"));
        assert!(IfMatch::read("\"a\", \"b\"").allows("b"));
        assert!(!IfMatch::read("\"a\"").allows("b"));
    }

    #[test]
    fn if_none_match_compares_weakly() {
        let mut headers = HeaderMap::new();
        headers.insert(header::IF_NONE_MATCH, "W/\"abc\"".parse().unwrap());
        assert!(has_already(&headers, "abc"));
        assert!(!has_already(&headers, "abd"));
    }
}
