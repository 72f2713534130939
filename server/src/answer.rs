//! A complete answer to a write: what is sent, and what is kept to be sent again.

use axum::response::{IntoResponse, Response};
use http::{HeaderName, HeaderValue, StatusCode, header};
use serde::Serialize;

/// Status, headers and body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers that belong to the answer.
    pub headers: Vec<(HeaderName, HeaderValue)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Answer {
    /// `value` as JSON.
    pub fn json(status: StatusCode, value: &impl Serialize) -> Self {
        Self {
            status,
            headers: vec![(
                header::CONTENT_TYPE,
                HeaderValue::from_static("application/json"),
            )],
            body: serde_json::to_vec(value).unwrap_or_default(),
        }
    }

    /// 200 with `value`.
    pub fn ok(value: &impl Serialize) -> Self {
        Self::json(StatusCode::OK, value)
    }

    /// 201 with `value`, which now stands at `location`.
    pub fn created(location: &str, value: &impl Serialize) -> Self {
        Self::json(StatusCode::CREATED, value).with(header::LOCATION, location)
    }

    /// 204.
    #[must_use]
    pub fn no_content() -> Self {
        Self {
            status: StatusCode::NO_CONTENT,
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    /// What is kept in the place of an answer with a secret: that it was given.
    #[must_use]
    pub fn shown_once() -> Self {
        Self {
            status: StatusCode::CONFLICT,
            ..Self::no_content()
        }
    }

    /// With the entity tag of the thing's content.
    #[must_use]
    pub fn with_etag(self, hash: &str) -> Self {
        self.with(header::ETAG, &format!("\"{hash}\""))
    }

    /// With one more header; one whose value can't be a header's is left out.
    #[must_use]
    pub fn with(mut self, name: HeaderName, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.push((name, value));
        }
        self
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let mut response = (self.status, self.body).into_response();
        // Bytes come with a type of their own, which an empty answer must not have.
        response.headers_mut().remove(header::CONTENT_TYPE);
        response.headers_mut().extend(self.headers);
        response
    }
}
