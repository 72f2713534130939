//! Who may ask, and what is written down of it.

use http::{Method, StatusCode};
use serde_json::json;
use sqlx::PgPool;
use zonecut_server::store::MIGRATIONS;

use super::{User, question, start, table, user};
use crate::support::log::Log;

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_engine_carries_its_token_in_the_url_and_nobody_logs_it(pool: PgPool) {
    let service = start(&pool).await;
    let (log, _guard) = Log::listen();
    let own = service.token("trino-br", "engine", "*").await;
    let other = service.token("trino-bare", "engine", "*").await;
    let body = question("ana", &json!({"operation": "ExecuteQuery"}));
    let ask = |query: String| {
        let path = format!("/opa/trino-br/allow{query}");
        let (service, body) = (&service, &body);
        async move { service.anonymous(Method::POST, &path).json(body).await }
    };
    assert_eq!(
        ask(format!("?key={own}")).await.json(),
        json!({"result": true})
    );
    assert_eq!(ask(format!("?a=b&key={own}")).await.status, StatusCode::OK);
    for wrong in [
        String::new(),
        "?key=".to_owned(),
        "?key=zc_wrong".to_owned(),
        format!("?key={own}&key={own}"),
        format!("?Key={own}"),
    ] {
        assert_eq!(ask(wrong.clone()).await.code(), "unauthorized", "{wrong}");
    }
    assert_eq!(ask(format!("?key={other}")).await.code(), "forbidden");
    let elsewhere = format!("/v1/decisions?key={own}");
    let reply = service
        .anonymous(Method::POST, &elsewhere)
        .json(&json!({}))
        .await;
    assert_eq!(
        reply.code(),
        "unauthorized",
        "only where nothing else can be sent"
    );
    let said = format!("{:?} {:?}", log.take(), service.audit_at_last().await);
    assert!(said.contains("unauthorized") && said.contains("access.refuse"));
    for token in [&own, &other] {
        assert!(!said.contains(token.as_str()), "{said}");
    }
    let edge = service.token("trino-br", "engine", "edge").await;
    let mut columns = table("dns.r.q");
    columns["columns"] = json!(["n"]);
    let body = question(
        "olga",
        &json!({"operation": "SelectFromColumns", "resource": {"table": columns}}),
    );
    let path = format!("/opa/trino-br/allow?key={edge}");
    let reply = service.anonymous(Method::POST, &path).json(&body).await;
    assert_eq!(reply.json()["result"], false, "its domains are others");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn only_trino_asks_here(pool: PgPool) {
    let service = start(&pool).await;
    let ask = |engine: &'static str| User {
        service: &service,
        engine,
        name: "ana",
    };
    let query = json!({"operation": "ExecuteQuery"});
    assert_eq!(
        ask("none").ask("allow", query.clone()).await.code(),
        "not-found"
    );
    assert_eq!(
        ask("spark-br").ask("allow", query.clone()).await.code(),
        "invalid-field"
    );
    let wrong = json!({"operation": "ExecuteQuery", "resource": {"table": table("dns.r.q")}});
    assert_eq!(
        ask("trino-br")
            .ask("row-filters", wrong.clone())
            .await
            .code(),
        "malformed-body"
    );
    assert_eq!(
        ask("trino-br").ask("column-mask", wrong).await.code(),
        "malformed-body"
    );
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_denied_is_recorded_as_trino_asked_it(pool: PgPool) {
    let service = start(&pool).await;
    let eve = user(&service, "eve");
    eve.selects("dns.r.q", &["qname"]).await;
    eve.filters("dns.r.q").await;
    eve.result("allow", json!({"operation": "ExecuteQuery"}))
        .await;
    user(&service, "ana").masks("dns.r.q", &["answers"]).await;
    let audit = service.audit_at_last().await;
    let denied: Vec<_> = audit
        .iter()
        .filter(|it| it["action"] == "decision.deny")
        .collect();
    assert_eq!(denied.len(), 2, "{denied:?}");
    for (row, operation) in denied.iter().zip(["SelectFromColumns", "GetRowFilters"]) {
        assert_eq!(row["subject"], "dns.r.q");
        assert_eq!(row["detail"]["user"], "eve");
        assert_eq!(row["detail"]["action"], operation);
        assert_eq!(row["detail"]["engine"], "trino-br");
        assert!(
            row["detail"]["reasons"][0]
                .as_str()
                .unwrap()
                .contains("no grant")
        );
    }
}
