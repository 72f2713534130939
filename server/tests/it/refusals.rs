//! Refused writes are in the audit log, once each, and nobody can flood it with them.

use std::time::{Duration, Instant};

use http::{Method, StatusCode};
use serde_json::json;
use sqlx::PgPool;
use tokio::sync::watch;
use zonecut_server::attempts::FAILURES;
use zonecut_server::jobs;
use zonecut_server::store::MIGRATIONS;

use crate::support::Service;
use crate::support::documents::{contract, product};

#[sqlx::test(migrator = "MIGRATIONS")]
async fn each_refused_write_is_recorded_once(pool: PgPool) {
    let service = Service::start(&pool).await;
    service.domain("resolvers").await;
    let yaml = "application/yaml";
    let json = "application/json";
    let published = service
        .admin(Method::POST, "/v1/contracts/queries/versions")
        .yaml(contract("1.0.0", ""));
    assert_eq!(published.await.status, StatusCode::CREATED);
    let registered = service
        .admin(Method::POST, "/v1/products")
        .yaml(product("raw", "queries", None));
    assert_eq!(registered.await.status, StatusCode::CREATED);
    let nobody = json!({"principal": "", "roles": []}).to_string();
    let nowhere = json!({"url": "ftp://x", "events": ["*"]}).to_string();
    let edge = json!({"name": "resolvers", "title": "Again"}).to_string();
    let none = json!({"measurements": []}).to_string();
    let again = product("raw", "queries", None);
    let cases = [
        ("/v1/policies", yaml, "kind: Police\n", "invalid-policy"),
        ("/v1/products", yaml, &again, "conflict"),
        ("/v1/products", yaml, "id: [", "invalid-document"),
        (
            "/v1/contracts/queries/versions",
            yaml,
            "id: [",
            "invalid-document",
        ),
        ("/v1/tokens", json, &nobody, "invalid-field"),
        ("/v1/tokens", json, "{", "malformed-body"),
        ("/v1/webhooks", json, &nowhere, "invalid-field"),
        ("/v1/domains", json, &edge, "conflict"),
        ("/api/v1/lineage", json, "{}", "invalid-document"),
        ("/v1/measurements", json, &none, "invalid-field"),
    ];
    for (path, kind, body, code) in cases {
        let before = service.count("audit_log").await;
        let call = service
            .admin(Method::POST, path)
            .header("content-type", kind);
        let reply = call.raw(body.as_bytes().to_vec()).await;
        assert_eq!(reply.code(), code, "{path}");
        assert_eq!(service.count("audit_log").await, before + 1, "{path}");
        let last = service.audit().await.pop().unwrap();
        assert_eq!(last["action"], "write.refuse", "{path}");
        assert_eq!(last["outcome"], "refused");
        assert_eq!(last["actor"], "admin");
        assert_eq!(last["detail"]["code"], code);
    }
    let stale = service
        .admin(Method::PUT, "/v1/products/raw")
        .header("if-match", "\"old\"")
        .yaml(again)
        .await;
    assert_eq!(stale.code(), "precondition-failed");
    let last = service.audit().await.pop().unwrap();
    assert_eq!(last["subject"], "PUT /v1/products/{id}");
    assert_eq!(last["detail"]["code"], "precondition-failed");

    let before = service.count("audit_log").await;
    let twice = service
        .admin(Method::POST, "/v1/contracts/queries/versions")
        .yaml(contract("1.0.0", ""));
    assert_eq!(twice.await.code(), "version-exists");
    assert_eq!(
        service.count("audit_log").await,
        before + 1,
        "what the use case records is not recorded again"
    );
    let read = service.admin(Method::GET, "/v1/products/none").send();
    assert_eq!(read.await.code(), "not-found");
    assert_eq!(service.count("audit_log").await, before + 1);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_refused_dry_run_is_no_refused_write(pool: PgPool) {
    let service = Service::start(&pool).await;
    let before = service.count("audit_log").await;
    let dry = service
        .admin(Method::POST, "/v1/contracts/queries/checks")
        .yaml("id: [");
    assert_eq!(dry.await.code(), "invalid-document");
    assert_eq!(service.count("audit_log").await, before);
    let real = service
        .admin(Method::POST, "/v1/contracts/queries/versions")
        .yaml("id: [");
    assert_eq!(real.await.code(), "invalid-document");
    assert_eq!(service.count("audit_log").await, before + 1);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_tricked_browser_is_recorded_by_name(pool: PgPool) {
    let service = Service::start(&pool).await;
    let token = json!({"token": service.admin});
    let session = service.anonymous(Method::POST, "/v1/session").json(&token);
    let session = session.await;
    let cookie = session.header("set-cookie").split(';').next().unwrap();
    let tricked = service
        .anonymous(Method::POST, "/v1/domains")
        .header("cookie", cookie)
        .json(&json!({"name": "edge", "title": "Edge"}))
        .await;
    assert_eq!(tricked.code(), "csrf");
    let last = service.audit_at_last().await.pop().unwrap();
    assert_eq!(last["action"], "access.refuse");
    assert_eq!(last["actor"], "admin");
    assert_eq!(last["detail"]["code"], "csrf");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_crowd_of_strangers_is_recorded_but_not_without_bound(pool: PgPool) {
    let service = Service::start(&pool).await;
    let body = json!({"name": "edge", "title": "Edge"});
    for number in 0..30 {
        let call = service.by("zc_unknown", Method::POST, "/v1/domains");
        let call = call.from(&format!("192.0.2.{number}"));
        assert_eq!(call.json(&body).await.code(), "unauthorized");
    }
    let audit = service.audit_at_last().await;
    let refused = audit.iter().filter(|it| it["action"] == "access.refuse");
    assert_eq!(refused.count(), 10);
    let dropped = audit.iter().find(|it| it["action"] == "audit.drop");
    let counts = &dropped.unwrap()["detail"]["dropped"];
    assert_eq!(counts, &json!({ "access.refuse": 20 }));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn failures_that_have_no_row_are_counted_before_long(pool: PgPool) {
    let service = Service::start(&pool).await;
    let (end, shutdown) = watch::channel(false);
    let mut running = jobs::start(&service.state, &shutdown);
    for _ in 0..FAILURES + 3 {
        let call = service.by("zc_unknown", Method::GET, "/v1/domains");
        call.from("192.0.2.1").send().await;
        let body = json!({"code": "unknown"});
        let call = service.anonymous(Method::POST, "/v1/session");
        call.from("192.0.2.1").json(&body).await;
    }
    // Nothing else is refused, and the service goes on.
    let expected = i64::from(FAILURES - 2 + 3);
    for action in ["access.refuse", "session.create"] {
        let asked = Instant::now();
        while dropped(&pool, action).await != expected {
            assert!(asked.elapsed() < Duration::from_secs(15), "{action}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
    end.send_replace(true);
    while running.join_next().await.is_some() {}
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_the_log_could_not_take_is_recorded_when_it_can(pool: PgPool) {
    let service = Service::start(&pool).await;
    service.domain("resolvers").await;
    let path = "/v1/contracts/queries/versions";
    let publish = || {
        service
            .admin(Method::POST, path)
            .yaml(contract("1.0.0", ""))
    };
    assert_eq!(publish().await.status, StatusCode::CREATED);
    let viewer = service.token("ana", "viewer", "*").await;
    let closed = "CREATE FUNCTION close() RETURNS trigger LANGUAGE plpgsql AS \
                  $$ BEGIN RAISE EXCEPTION 'closed'; END $$; \
                  CREATE TRIGGER closed BEFORE INSERT ON audit_log \
                  FOR EACH ROW EXECUTE FUNCTION close()";
    sqlx::raw_sql(closed).execute(&pool).await.unwrap();

    // Each is refused for the reason it would be refused for with the log open.
    let forbidden = service.by(&viewer, Method::GET, "/v1/tokens").send();
    assert_eq!(forbidden.await.code(), "forbidden");
    assert_eq!(publish().await.code(), "version-exists");
    let unreadable = service.admin(Method::POST, "/v1/products").yaml("id: [");
    assert_eq!(unreadable.await.code(), "invalid-document");

    let open = sqlx::raw_sql("DROP TRIGGER closed ON audit_log");
    open.execute(&pool).await.unwrap();
    let audit = service.audit_at_last().await;
    let refused = audit.iter().filter(|it| it["outcome"] == "refused");
    let refused: Vec<_> = refused
        .map(|it| {
            (
                it["actor"].as_str().unwrap(),
                it["action"].as_str().unwrap(),
            )
        })
        .collect();
    let expected = [
        ("ana", "access.forbid"),
        ("admin", "contract.publish"),
        ("admin", "write.refuse"),
    ];
    assert_eq!(refused, expected);
}

/// How many refusals of that kind the log says it left out.
async fn dropped(pool: &PgPool, action: &str) -> i64 {
    let query = "SELECT coalesce(sum((detail->'dropped'->>$1)::bigint), 0)::bigint \
                 FROM audit_log WHERE action = 'audit.drop'";
    let query = sqlx::query_scalar(query).bind(action);
    query.fetch_one(pool).await.unwrap()
}
