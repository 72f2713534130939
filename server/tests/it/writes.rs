//! Writes: all or nothing, once, in turn, and only over what was read.

use http::{Method, StatusCode};
use serde_json::json;
use sqlx::PgPool;
use zonecut_audit::{Bounds, Entry, verify};
use zonecut_server::store::MIGRATIONS;

use crate::support::documents::{QNAME, contract, product};
use crate::support::{Reply, Service};

const VERSIONS: &str = "/v1/contracts/queries/versions";

async fn start(pool: &PgPool) -> Service {
    let service = Service::start(pool).await;
    service.domain("resolvers").await;
    service
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_repeated_write_is_done_once_and_answered_alike(pool: PgPool) {
    let service = start(&pool).await;
    let send = |key: &str, document: String| {
        let call = service
            .admin(Method::POST, VERSIONS)
            .header("idempotency-key", key);
        call.yaml(document)
    };
    let first = send("k1", contract("1.0.0", "")).await;
    let second = send("k1", contract("1.0.0", "")).await;
    assert_eq!(first.status, StatusCode::CREATED);
    assert_eq!((second.status, &second.bytes), (first.status, &first.bytes));
    for header in ["location", "etag", "content-type"] {
        assert_eq!(second.header(header), first.header(header));
    }
    assert_eq!(service.count("contract_version").await, 1);
    let published = service.audit().await;
    let published = published
        .iter()
        .filter(|it| it["action"] == "contract.publish");
    assert_eq!(published.count(), 1);

    let other = send("k1", contract("1.1.0", QNAME)).await;
    assert_eq!(other.code(), "idempotency-key-reused");
    let refused = send("k2", contract("1.0.0", "")).await;
    assert_eq!(
        refused.code(),
        "version-exists",
        "what was refused is not remembered"
    );
    assert_eq!(
        send("k2", contract("1.1.0", QNAME)).await.status,
        StatusCode::CREATED
    );

    let eve = service.token("eve", "admin", "*").await;
    let hers = service
        .by(&eve, Method::POST, VERSIONS)
        .header("idempotency-key", "k1");
    assert_eq!(
        hers.yaml(contract("1.0.0", "")).await.code(),
        "version-exists",
        "keys are personal"
    );
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn equal_writes_at_once_are_done_once_and_answered_alike(pool: PgPool) {
    let service = start(&pool).await;
    let publish = |_| {
        let call = service.admin(Method::POST, VERSIONS);
        let call = call.header("idempotency-key", "at once");
        call.yaml(contract("1.0.0", ""))
    };
    let replies = futures::future::join_all((0..6).map(publish)).await;
    for reply in &replies {
        assert_eq!(reply.status, StatusCode::CREATED, "{reply:?}");
        assert_eq!(reply.bytes, replies[0].bytes);
        assert_eq!(reply.header("etag"), replies[0].header("etag"));
    }
    let audit = service.audit().await;
    let about = audit
        .iter()
        .filter(|it| it["action"] == "contract.publish" || it["outcome"] == "refused");
    assert_eq!(about.count(), 1);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_key_belongs_to_a_credential_and_a_precondition(pool: PgPool) {
    let service = start(&pool).await;
    let ana = [
        service.token("ana", "admin", "*").await,
        service.token("ana", "admin", "*").await,
    ];
    let body = json!({"name": "edge", "title": "Edge"});
    let create = |token: &str| {
        let call = service.by(token, Method::POST, "/v1/domains");
        call.header("idempotency-key", "k").json(&body)
    };
    assert_eq!(create(&ana[0]).await.status, StatusCode::CREATED);
    assert_eq!(create(&ana[0]).await.status, StatusCode::CREATED);
    assert_eq!(create(&ana[1]).await.code(), "conflict");

    let document = product("raw", "queries", None);
    let registered = service.admin(Method::POST, "/v1/products");
    let registered = registered.yaml(document.clone()).await;
    let newer = document.replace("version: 1.0.0", "version: 1.1.0");
    let put = |if_match: &str| {
        let call = service.admin(Method::PUT, "/v1/products/raw");
        let call = call.header("idempotency-key", "put");
        call.header("if-match", if_match).yaml(newer.clone())
    };
    assert_eq!(put(registered.header("etag")).await.status, StatusCode::OK);
    assert_eq!(put(registered.header("etag")).await.status, StatusCode::OK);
    assert_eq!(put("\"other\"").await.code(), "idempotency-key-reused");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_repeated_write_shows_no_secret_again(pool: PgPool) {
    let service = start(&pool).await;
    let token = json!({"principal": "ana", "roles": [{"role": "viewer", "domain": "*"}]});
    let webhook = json!({"url": "https://hooks.example.net/", "events": ["*"]});
    for (path, table, body) in [
        ("/v1/tokens", "credential", token),
        ("/v1/webhooks", "webhook", webhook),
    ] {
        let send = || {
            let call = service.admin(Method::POST, path);
            call.header("idempotency-key", path).json(&body)
        };
        assert_eq!(send().await.status, StatusCode::CREATED);
        let made = service.count(table).await;
        let again = send().await;
        assert_eq!(
            (again.status, again.code().as_str()),
            (StatusCode::CONFLICT, "idempotency-key-reused")
        );
        assert_eq!(service.count(table).await, made);
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_change_without_its_audit_row_does_not_happen(pool: PgPool) {
    let service = start(&pool).await;
    for (table, name) in [("audit_log", "audit"), ("outbox", "outbox")] {
        let break_it =
            format!("ALTER TABLE {table} ADD CONSTRAINT broken_{name} CHECK (false) NOT VALID");
        sqlx::query(sqlx::AssertSqlSafe(break_it))
            .execute(&service.state.pool)
            .await
            .unwrap();
        let reply = service
            .admin(Method::POST, VERSIONS)
            .header("idempotency-key", "broken")
            .yaml(contract("1.0.0", ""))
            .await;
        assert_eq!(reply.code(), "internal");
        assert!(
            !String::from_utf8(reply.bytes).unwrap().contains("broken"),
            "5xx tell nothing"
        );
        assert_eq!(service.count("contract").await, 0);
        assert_eq!(service.count("contract_version").await, 0);
        let mend_it = format!("ALTER TABLE {table} DROP CONSTRAINT broken_{name}");
        sqlx::query(sqlx::AssertSqlSafe(mend_it))
            .execute(&service.state.pool)
            .await
            .unwrap();
    }
    let before = service.count("outbox").await;
    let reply = service
        .admin(Method::POST, VERSIONS)
        .header("idempotency-key", "broken")
        .yaml(contract("1.0.0", ""))
        .await;
    assert_eq!(reply.status, StatusCode::CREATED);
    assert_eq!(service.count("outbox").await, before + 1);
    let last = service.audit().await.pop().unwrap();
    assert_eq!(last["detail"]["hash"], reply.json()["hash"]);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn of_two_who_publish_at_once_one_wins(pool: PgPool) {
    let service = start(&pool).await;
    let publish = |document: String| service.admin(Method::POST, VERSIONS).yaml(document);
    for round in 0..5 {
        let version = format!("1.{round}.0");
        let one = contract(&version, "      - {name: one, logicalType: string}\n");
        let two = contract(
            &version,
            "      - {name: one, logicalType: string, description: two}\n",
        );
        let (one, two) = tokio::join!(publish(one), publish(two));
        let mut outcomes = [one.status, two.status];
        outcomes.sort_unstable();
        assert_eq!(outcomes, [StatusCode::CREATED, StatusCode::CONFLICT]);
        let loser = if one.status == StatusCode::CONFLICT {
            one
        } else {
            two
        };
        assert_eq!(loser.code(), "version-exists");
    }
    assert_eq!(service.count("contract_version").await, 5);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn many_writers_leave_a_whole_chain(pool: PgPool) {
    let service = start(&pool).await;
    let writes = (0..40).map(|number| {
        let body = json!({"name": format!("d{number}"), "title": "one of many"});
        let call = service.admin(Method::POST, "/v1/domains");
        async move { call.json(&body).await.status }
    });
    let statuses = futures::future::join_all(writes).await;
    assert!(
        statuses.iter().all(|status| *status == StatusCode::CREATED),
        "{statuses:?}"
    );
    let export = service
        .admin(Method::GET, "/v1/audit")
        .header("accept", "application/x-ndjson");
    let export = String::from_utf8(export.send().await.bytes).unwrap();
    let entries: Vec<Entry> = export
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let report = verify(export.lines(), Bounds::default());
    assert!(report.broken.is_none(), "{report:?}");
    assert_eq!(entries.len(), 42);
    let serial: i64 = sqlx::query_scalar("SELECT serial FROM registry_state")
        .fetch_one(&service.state.pool)
        .await
        .unwrap();
    assert_eq!(serial, 42, "every change has its serial");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn only_what_was_read_is_replaced(pool: PgPool) {
    let service = start(&pool).await;
    let document = product("raw", "queries", None);
    let registered = service
        .admin(Method::POST, "/v1/products")
        .yaml(document.clone())
        .await;
    let etag = registered.header("etag").to_owned();
    let again = service
        .admin(Method::POST, "/v1/products")
        .yaml(document.clone())
        .await;
    assert_eq!(again.code(), "conflict");

    let newer = document.replace("version: 1.0.0", "version: 1.1.0");
    let put = |if_match: Option<String>, document: String| {
        let mut call = service.admin(Method::PUT, "/v1/products/raw");
        if let Some(tag) = if_match {
            call = call.header("if-match", &tag);
        }
        call.yaml(document)
    };
    assert_eq!(
        put(None, newer.clone()).await.code(),
        "precondition-required"
    );
    let stale = put(Some("\"other\"".to_owned()), newer.clone()).await;
    assert_eq!(
        (stale.status, stale.code().as_str()),
        (StatusCode::PRECONDITION_FAILED, "precondition-failed")
    );
    let done = put(Some(etag.clone()), newer.clone()).await;
    assert_eq!(done.status, StatusCode::OK, "{done:?}");
    assert_eq!(
        put(Some(etag), document).await.code(),
        "precondition-failed"
    );
    let shown: Reply = service.admin(Method::GET, "/v1/products/raw").send().await;
    assert_eq!(
        (&shown.json()["version"], shown.header("etag")),
        (&json!("1.1.0"), done.header("etag"))
    );
}
