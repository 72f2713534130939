//! What goes wrong has a code, a place in the answer, and no effect.

use std::time::{Duration, Instant};

use http::{Method, StatusCode};
use serde_json::json;
use sqlx::PgPool;
use zonecut_server::problem::Code;
use zonecut_server::router::BODY_LIMIT;
use zonecut_server::store::MIGRATIONS;

use crate::support::documents::contract;
use crate::support::{Reply, Service};

const VERSIONS: &str = "/v1/contracts/queries/versions";

#[test]
fn codes_are_distinct_and_are_errors() {
    for (place, code) in Code::ALL.iter().enumerate() {
        let status = code.status();
        assert!(
            status.is_client_error() || status.is_server_error(),
            "{code:?}"
        );
        assert!(
            Code::ALL[..place]
                .iter()
                .all(|other| other.as_str() != code.as_str())
        );
    }
}

async fn post(service: &Service, kind: &str, body: &[u8]) -> Reply {
    let call = service
        .admin(Method::POST, "/v1/domains")
        .header("content-type", kind);
    call.raw(body.to_vec()).await
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_body_is_what_it_says_or_is_refused(pool: PgPool) {
    let service = Service::start(&pool).await;
    let json = "application/json";
    let cases: [(&str, &[u8], StatusCode, &str); 8] = [
        (json, b"{", StatusCode::BAD_REQUEST, "malformed-body"),
        (json, b"\xff", StatusCode::BAD_REQUEST, "malformed-body"),
        (json, b"", StatusCode::BAD_REQUEST, "malformed-body"),
        (
            json,
            br#"{"name":"a","title":"A","x":1}"#,
            StatusCode::UNPROCESSABLE_ENTITY,
            "unknown-field",
        ),
        (
            json,
            br#"{"name":"a"}"#,
            StatusCode::UNPROCESSABLE_ENTITY,
            "invalid-field",
        ),
        (
            json,
            br#"{"name":"a","title":"\u0000"}"#,
            StatusCode::UNPROCESSABLE_ENTITY,
            "invalid-field",
        ),
        (
            json,
            br#"{"name":"A b","title":"A"}"#,
            StatusCode::UNPROCESSABLE_ENTITY,
            "invalid-field",
        ),
        (
            "text/plain",
            b"{}",
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "unsupported-media-type",
        ),
    ];
    for (kind, body, status, code) in cases {
        let reply = post(&service, kind, body).await;
        let text = String::from_utf8_lossy(body);
        assert_eq!(
            (reply.status, reply.code().as_str()),
            (status, code),
            "{text}"
        );
    }
    assert_eq!(service.count("domain").await, 0);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn unknown_paths_methods_and_queries_are_problems_too(pool: PgPool) {
    let service = Service::start(&pool).await;
    let missing = service.admin(Method::GET, "/v1/nothing").send().await;
    assert_eq!(
        (missing.status, missing.code().as_str()),
        (StatusCode::NOT_FOUND, "not-found")
    );
    let method = service.admin(Method::PATCH, "/v1/domains").send().await;
    let expected = (StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed");
    assert_eq!((method.status, method.code().as_str()), expected);
    assert!(method.header("allow").contains("GET"));
    let query = service
        .admin(Method::GET, "/v1/domains?colour=red")
        .send()
        .await;
    assert_eq!(query.code(), "unknown-field");
    let id = service
        .admin(Method::DELETE, "/v1/tokens/not-an-id")
        .send()
        .await;
    assert_eq!(id.code(), "not-found");
    let path = service.admin(Method::GET, "/v1/domains/%ff").send().await;
    assert_eq!(path.code(), "not-found");
    let unknown = service
        .admin(Method::GET, "/v1/products/nothing/consumers")
        .send()
        .await;
    assert_eq!(unknown.code(), "not-found");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn nobody_is_told_what_is_wrong_with_their_body(pool: PgPool) {
    let service = Service::start(&pool).await;
    let call = service
        .anonymous(Method::POST, VERSIONS)
        .header("content-type", "text/plain");
    assert_eq!(
        call.raw(vec![b'['; BODY_LIMIT + 1]).await.code(),
        "unauthorized"
    );
}

/// What an answer to a bad document may take: three times as long where nothing is optimised. What large
/// ones cost is held to account where the process can be measured by itself, in the journeys.
const MOST_TIME: Duration = Duration::from_millis(if cfg!(debug_assertions) { 300 } else { 100 });

/// How often each is sent until it was answered in time: the other tests keep all processors busy, and
/// that only ever adds.
const TRIES: u32 = 5;

#[sqlx::test(migrator = "MIGRATIONS")]
async fn hostile_documents_are_refused_quickly_and_leave_nothing(pool: PgPool) {
    let service = Service::start(&pool).await;
    service.domain("resolvers").await;
    let audit = service.count("audit_log").await;
    let good = contract("1.0.0", "");
    let mut bomb = "a: &a [x,x,x,x,x,x,x,x]\n".to_owned();
    for (old, new) in ('a'..'l').zip('b'..='l') {
        let eight = vec![format!("*{old}"); 8].join(",");
        let line = format!("{new}: &{new} [{eight}]\n");
        bomb.push_str(&line);
    }
    let cases: [(&str, Vec<u8>); 8] = [
        ("not YAML", b"id: [".to_vec()),
        ("not UTF-8", b"id: \xff\xfe".to_vec()),
        ("a NUL", good.replace("Queries", "Que\0ries").into_bytes()),
        (
            "an escaped NUL",
            good.replace("Queries", "\"Que\\0ries\"").into_bytes(),
        ),
        ("a repeated key", format!("{good}id: other\n").into_bytes()),
        ("too deep", "[".repeat(100_000).into_bytes()),
        ("a bomb", bomb.into_bytes()),
        ("nothing", Vec::new()),
    ];
    let mut sent = 0;
    for (name, document) in cases {
        let (mut took, mut tries) = (Duration::MAX, 0);
        let reply = loop {
            let began = Instant::now();
            let call = service.admin(Method::POST, VERSIONS);
            let reply = call.yaml(document.clone()).await;
            took = took.min(began.elapsed());
            tries += 1;
            if took < MOST_TIME || tries == TRIES {
                break reply;
            }
        };
        sent += i64::from(tries);
        assert!(reply.status.is_client_error(), "{name}: {reply:?}");
        assert_eq!(reply.code(), "invalid-document", "{name}");
        let findings = reply.json()["findings"].clone();
        assert!(
            findings[0]["at"]["line"]
                .as_u64()
                .is_some_and(|line| line > 0),
            "{name}: {findings}"
        );
        assert!(took < MOST_TIME, "{name} took {took:?}");
    }
    let large = service
        .admin(Method::POST, VERSIONS)
        .yaml(vec![b'#'; BODY_LIMIT + 1])
        .await;
    let expected = (StatusCode::PAYLOAD_TOO_LARGE, "payload-too-large");
    assert_eq!((large.status, large.code().as_str()), expected);
    assert_eq!(service.count("contract").await, 0);
    // Nothing but that each was refused.
    assert_eq!(service.count("audit_log").await, audit + sent + 1);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_idempotency_key_has_a_shape(pool: PgPool) {
    let service = Service::start(&pool).await;
    let body = json!({"name": "edge", "title": "Edge"});
    let call = service.admin(Method::POST, "/v1/domains");
    let reply = call
        .header("idempotency-key", &"k".repeat(201))
        .json(&body)
        .await;
    assert_eq!(reply.code(), "invalid-field");
}
