//! The admin UI: files built into the binary, and the one page for every path that is no file.

use axum::body::Body;
use axum::response::{Html, IntoResponse, Response};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::extract::has_already;
use crate::problem::Problem;

#[derive(RustEmbed)]
#[folder = "../web/dist"]
#[allow_missing = true]
struct Files;

const PAGE: &str = "index.html";
/// Files below carry a hash of their content in their names.
const HASHED: &str = "assets/";
/// Paths of programs: what is not there is a problem document, not a page.
const PROGRAMS: [&str; 5] = ["v1/", "api/", "opa/", "access/", ".well-known/"];
const NOT_BUILT: &str = "<!doctype html><title>Zonecut</title>\
    <p>This binary was built without the admin UI. The API is at /openapi.json.";

/// What a page may load and who may frame it. Inline styles are how the component library sets the
/// variables of its colour schemes.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; \
    style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Answers everything that no route answers.
pub async fn fallback(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    let reads = method == Method::GET || method == Method::HEAD;
    if !reads || PROGRAMS.iter().any(|program| path.starts_with(program)) {
        return Problem::not_found("resource", uri.path()).into_response();
    }
    let mut response = match Files::get(path).filter(|_| !path.is_empty()) {
        Some(file) => file_response(path, file, &headers),
        None if path.starts_with(HASHED) || is_file_at_the_root(path) => {
            Problem::not_found("file", uri.path()).into_response()
        }
        None => match Files::get(PAGE) {
            Some(page) => file_response(PAGE, page, &headers),
            None => (StatusCode::NOT_FOUND, Html(NOT_BUILT)).into_response(),
        },
    };
    secure(response.headers_mut());
    response
}

/// `favicon.ico`, `robots.txt`. Deeper down a dot is part of a name: ids of policies have dots.
fn is_file_at_the_root(path: &str) -> bool {
    path.contains('.') && !path.contains('/')
}

fn file_response(path: &str, file: EmbeddedFile, headers: &HeaderMap) -> Response {
    let hash = hex::encode(file.metadata.sha256_hash());
    let caching = if path.starts_with(HASHED) {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let etag = HeaderValue::from_str(&format!("\"{hash}\""));
    let mut response = if has_already(headers, &hash) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let mut response = Body::from(file.data.into_owned()).into_response();
        let kind = HeaderValue::from_str(file.metadata.mimetype());
        let kind = kind.unwrap_or(HeaderValue::from_static("application/octet-stream"));
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        response
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    if let Ok(etag) = etag {
        headers.insert(header::ETAG, etag);
    }
    response
}

fn secure(headers: &mut HeaderMap) {
    let fixed = [
        (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "no-referrer"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
}
