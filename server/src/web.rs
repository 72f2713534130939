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

/// A file, or its gzipped twin where the build made one and the client takes it. Each has an entity
/// tag of its own (RFC 9110, 8.8.3.3).
fn file_response(path: &str, plain: EmbeddedFile, headers: &HeaderMap) -> Response {
    let kind = HeaderValue::from_str(plain.metadata.mimetype());
    let twin = Files::get(&format!("{path}.gz"));
    let varies = twin.is_some();
    let packed = twin.filter(|_| takes_gzip(headers));
    let is_packed = packed.is_some();
    let mut response = bytes_response(path, packed.unwrap_or(plain), kind.ok(), headers);
    let headers = response.headers_mut();
    if varies {
        let value = HeaderValue::from_static("accept-encoding");
        headers.insert(header::VARY, value);
    }
    if is_packed && headers.contains_key(header::CONTENT_TYPE) {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    response
}

/// Whether `Accept-Encoding` names gzip (RFC 9110, 12.5.3) without giving it no weight at all.
fn takes_gzip(headers: &HeaderMap) -> bool {
    let values = headers.get_all(header::ACCEPT_ENCODING).iter();
    let mut codings = values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','));
    codings.any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, "q=1"));
        let weight = weight.trim().trim_start_matches("q=");
        name.trim().eq_ignore_ascii_case("gzip") && weight.parse().is_ok_and(|it: f32| it > 0.0)
    })
}

fn bytes_response(
    path: &str,
    file: EmbeddedFile,
    kind: Option<HeaderValue>,
    headers: &HeaderMap,
) -> Response {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn takes(value: &'static str) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(value));
        takes_gzip(&headers)
    }

    #[test]
    fn gzip_is_taken_by_who_names_it() {
        assert!(takes("gzip"));
        assert!(takes("br, GZIP;q=0.5, deflate"));
        assert!(!takes("br"));
        assert!(!takes("identity, gzip;q=0"));
        assert!(!takes("x-gzip-like"));
        assert!(!takes_gzip(&HeaderMap::new()));
    }
}
