//! Errors as RFC 9457 problems with a stable `code`. What a client may rely on is the code; the
//! words may change.

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::app::decide::TooLarge;
use crate::attempts::Limited;

/// The codes, each with its status and title.
macro_rules! codes {
    ($($variant:ident $text:literal $status:ident $title:literal;)*) => {
        /// What went wrong, as a client can act on it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Code {
            $(#[doc = $title] $variant,)*
        }

        impl Code {
            /// Every code.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The code as clients see it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// The status it comes with.
            #[must_use]
            pub const fn status(self) -> StatusCode {
                match self { $(Self::$variant => StatusCode::$status,)* }
            }

            const fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)* }
            }
        }
    };
}

codes! {
    MalformedBody "malformed-body" BAD_REQUEST "the request can't be read";
    Unauthorized "unauthorized" UNAUTHORIZED "who asks is not known";
    Forbidden "forbidden" FORBIDDEN "who asks may not do this";
    Csrf "csrf" FORBIDDEN "a browser's write lacks its header";
    NotFound "not-found" NOT_FOUND "there is no such thing";
    MethodNotAllowed "method-not-allowed" METHOD_NOT_ALLOWED "the method means nothing here";
    Conflict "conflict" CONFLICT "something else stands in the way";
    VersionExists "version-exists" CONFLICT "the version is published already";
    BreakingNotPaid "breaking-not-paid" CONFLICT "the change breaks what its version promises";
    NotPublishable "not-publishable" CONFLICT "something in the change stands against publishing it";
    NotSigned "not-signed" CONFLICT "no signed checkpoint covers it yet";
    IdempotencyKeyReused "idempotency-key-reused" UNPROCESSABLE_ENTITY "the key belongs to another request";
    PreconditionFailed "precondition-failed" PRECONDITION_FAILED "it has changed since it was read";
    PreconditionRequired "precondition-required" PRECONDITION_REQUIRED "the write must say what it replaces";
    PayloadTooLarge "payload-too-large" PAYLOAD_TOO_LARGE "the body is too large";
    UnsupportedMediaType "unsupported-media-type" UNSUPPORTED_MEDIA_TYPE "the body is of a type not read here";
    NotAcceptable "not-acceptable" NOT_ACCEPTABLE "none of the types asked for can be given";
    UnknownField "unknown-field" UNPROCESSABLE_ENTITY "a field of the request is not known";
    InvalidField "invalid-field" UNPROCESSABLE_ENTITY "a field of the request has a value it can't have";
    InvalidDocument "invalid-document" UNPROCESSABLE_ENTITY "the document is not valid";
    InvalidPolicy "invalid-policy" UNPROCESSABLE_ENTITY "the policies would not compile";
    DecisionTooLarge "decision-too-large" UNPROCESSABLE_ENTITY "the question is about too much at once";
    RateLimited "rate-limited" TOO_MANY_REQUESTS "too many requests";
    Unavailable "unavailable" SERVICE_UNAVAILABLE "what the answer needs can't be reached";
    Busy "busy" SERVICE_UNAVAILABLE "too much is being done at once";
    Internal "internal" INTERNAL_SERVER_ERROR "something went wrong on our side";
}

/// An error as the client gets it.
#[derive(Debug)]
pub struct Problem {
    code: Code,
    status: StatusCode,
    detail: String,
    retry_after: u64,
    extensions: Map<String, Value>,
    answered: Option<Box<Answer>>,
}

/// When what is unavailable may be there again, in seconds.
const RETRY_AFTER: u64 = 2;

/// RFC 9457 problem details.
#[derive(ToSchema)]
#[schema(as = Problem)]
#[expect(dead_code, reason = "describes the shape for the OpenAPI document")]
pub struct ProblemDocument {
    /// A URI for the kind of problem.
    r#type: String,
    /// The kind of problem in a few words.
    title: String,
    /// The HTTP status.
    status: u16,
    /// What happened here.
    detail: String,
    /// The kind of problem, stable, for programs.
    code: String,
}

impl Problem {
    /// A problem of kind `code`; `detail` says what and where, in lower case, without a full stop.
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Self {
            code,
            status: code.status(),
            detail: detail.into(),
            retry_after: RETRY_AFTER,
            extensions: Map::new(),
            answered: None,
        }
    }

    /// The request was done before and answered so, which is no problem but ends it as one does.
    #[must_use]
    pub fn answered(answer: Answer) -> Self {
        let mut problem = Self::new(Code::Conflict, "the request was done before");
        problem.answered = Some(Box::new(answer));
        problem
    }

    /// There is no `what` called `name`, or the caller may not know of it.
    #[must_use]
    pub fn not_found(what: &str, name: &str) -> Self {
        Self::new(Code::NotFound, format!("there is no {what} `{name}`"))
    }

    /// With one more member, `findings` or `report`.
    #[must_use]
    pub fn with(mut self, member: &str, value: impl serde::Serialize) -> Self {
        let value = serde_json::to_value(value).unwrap_or_default();
        self.extensions.insert(member.to_owned(), value);
        self
    }

    /// With another status than its code's own.
    #[must_use]
    pub const fn with_status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// Its code.
    #[must_use]
    pub const fn code(&self) -> Code {
        self.code
    }

    /// An error that the client can't help: logged here, once, and told without detail.
    pub fn internal(error: impl std::fmt::Display) -> Self {
        tracing::error!(%error, "request failed");
        Self::new(Code::Internal, "the cause is in the server's log")
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        if let Some(answer) = self.answered {
            return answer.into_response();
        }
        let status = self.status;
        let mut document = Map::new();
        document.insert(
            "type".into(),
            format!("urn:zonecut:problem:{}", self.code.as_str()).into(),
        );
        document.insert("title".into(), self.code.title().into());
        document.insert("status".into(), json!(status.as_u16()));
        document.insert("detail".into(), self.detail.into());
        document.insert("code".into(), self.code.as_str().into());
        document.extend(self.extensions);
        let body = Value::Object(document).to_string();
        let mut response = (status, body).into_response();
        response.extensions_mut().insert(self.code);
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        match self.code {
            Code::Unavailable | Code::Busy | Code::RateLimited => {
                headers.insert(header::RETRY_AFTER, self.retry_after.into());
            }
            Code::Unauthorized => {
                headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            }
            _ => {}
        }
        response
    }
}

impl From<sqlx::Error> for Problem {
    fn from(error: sqlx::Error) -> Self {
        if crate::store::is_unavailable(&error) {
            tracing::warn!(%error, "database unavailable");
            return Self::new(
                Code::Unavailable,
                "the database can't be reached; try again",
            );
        }
        if crate::store::is_unstorable(&error) {
            return Self::new(Code::InvalidField, "text can't hold the character U+0000");
        }
        Self::internal(error)
    }
}

impl From<Limited> for Problem {
    fn from(limited: Limited) -> Self {
        let mut problem = Self::new(Code::RateLimited, limited.to_string());
        problem.retry_after = limited.retry_after;
        problem
    }
}

impl From<TooLarge> for Problem {
    fn from(error: TooLarge) -> Self {
        Self::new(Code::DecisionTooLarge, error.to_string())
    }
}

impl From<crate::ids::NoRandomness> for Problem {
    fn from(error: crate::ids::NoRandomness) -> Self {
        Self::internal(error)
    }
}
