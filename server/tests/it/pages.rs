//! What is no route: the admin UI, its headers, and what monitors ask.

use http::{Method, StatusCode};
use sqlx::PgPool;
use zonecut_server::store::MIGRATIONS;

use crate::support::Service;

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_page_loads_only_our_own(pool: PgPool) {
    let service = Service::start(&pool).await;
    for path in ["/", "/contracts/some/versions", "/sign-in"] {
        let page = service
            .anonymous(Method::GET, path)
            .header("accept", "text/html")
            .send()
            .await;
        assert!(
            page.header("content-type").starts_with("text/html"),
            "{path}"
        );
        let policy = page.header("content-security-policy");
        assert!(policy.contains("script-src 'self';") && policy.contains("frame-ancestors 'none'"));
        assert_eq!(page.header("x-content-type-options"), "nosniff");
        assert_eq!(page.header("x-frame-options"), "DENY");
        assert_eq!(page.header("referrer-policy"), "no-referrer");
    }
    for path in ["/v1/none", "/api/none", "/assets/none.js"] {
        let missing = service.anonymous(Method::GET, path).send().await;
        assert_eq!(missing.code(), "not-found", "{path}");
    }
    let posted = service.anonymous(Method::POST, "/contracts").send().await;
    assert_eq!(posted.code(), "not-found");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn answers_of_the_api_are_kept_by_nobody(pool: PgPool) {
    let service = Service::start(&pool).await;
    let reply = service.admin(Method::GET, "/v1/domains").send().await;
    assert_eq!(reply.header("cache-control"), "no-store");
    assert_eq!(reply.header("x-content-type-options"), "nosniff");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn monitors_learn_the_serial_and_its_age(pool: PgPool) {
    let service = Service::start(&pool).await;
    assert_eq!(
        service
            .anonymous(Method::GET, "/healthz")
            .send()
            .await
            .status,
        StatusCode::OK
    );
    let ready = service
        .anonymous(Method::GET, "/readyz")
        .send()
        .await
        .json();
    assert_eq!(ready["ready"], true);
    assert_eq!(ready["checks"]["snapshot"]["serial"], 1);
    service.admin(Method::GET, "/v1/domains").send().await;
    let metrics = service.anonymous(Method::GET, "/metrics").send().await;
    assert!(
        metrics
            .header("content-type")
            .starts_with("text/plain; version=0.0.4")
    );
    let text = String::from_utf8(metrics.bytes).unwrap();
    let counted =
        "zonecut_http_requests_total{method=\"GET\",route=\"/v1/domains\",status=\"200\"} 1";
    for line in [
        counted,
        "zonecut_snapshot_serial 1",
        "zonecut_decisions_total 0",
    ] {
        assert!(
            text.lines().any(|it| it == line),
            "{line} is not in\n{text}"
        );
    }
}
