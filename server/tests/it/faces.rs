//! Trino's OPA access control and AuthZEN have in common that whatever is wrong closes: in the form that
//! the engine takes for a refusal, never in one that it takes for leave.

use std::time::Duration;

use axum::body::{Body, Bytes};
use chrono::TimeDelta;
use futures::StreamExt as _;
use futures::stream::{once, pending};
use http::{Method, Request, StatusCode};
use serde_json::{Value, json};
use sqlx::PgPool;
use tokio::time::timeout;
use tower::ServiceExt as _;
use zonecut_server::app::load;
use zonecut_server::config::Config;
use zonecut_server::router::{self, BODY_LIMIT};
use zonecut_server::store::MIGRATIONS;
use zonecut_server::{assemble, store};

use crate::authzen::start;
use crate::support::log::Log;
use crate::support::{Reply, Service, audit_key};

/// Every question of both protocols, about the shipped mesh, each answered when nothing is wrong.
fn questions() -> Vec<(&'static str, Value)> {
    let trino = |action: Value| {
        let identity = json!({"user": "ana", "groups": ["noc-br"]});
        json!({"input": {"context": {"identity": identity, "softwareStack": {"trinoVersion": "476"}}, "action": action}})
    };
    let table =
        json!({"catalogName": "dns", "schemaName": "resolvers", "tableName": "nxdomain_hourly"});
    let mut column = table.clone();
    column["columnName"] = json!("registrable_domain");
    column["columnType"] = json!("varchar");
    let mut selected = table.clone();
    selected["columns"] = json!([]);
    let (subject, action, resource) = (
        json!({"type": "user", "id": "ana", "properties": {"groups": ["noc-br"]}}),
        json!({"name": "select"}),
        json!({"type": "object", "id": "nxdomain-hourly-br/nxdomain_hourly"}),
    );
    let context = json!({"engine": "trino-br"});
    let one =
        json!({"subject": subject, "action": action, "resource": resource, "context": context});
    vec![
        (
            "/opa/trino-br/allow",
            trino(json!({"operation": "SelectFromColumns", "resource": {"table": selected}})),
        ),
        (
            "/opa/trino-br/batch",
            trino(json!({"operation": "FilterTables", "filterResources": [{"table": table}]})),
        ),
        (
            "/opa/trino-br/row-filters",
            trino(json!({"operation": "GetRowFilters", "resource": {"table": table}})),
        ),
        (
            "/opa/trino-br/column-mask",
            trino(json!({"operation": "GetColumnMask", "resource": {"column": column}})),
        ),
        (
            "/opa/trino-br/batch-column-masks",
            trino(json!({"operation": "GetColumnMask", "filterResources": [{"column": column}]})),
        ),
        ("/access/v1/evaluation", one.clone()),
        ("/access/v1/evaluations", one),
        (
            "/access/v1/search/subject",
            json!({"subject": {"type": "group"}, "action": action, "resource": resource, "context": context}),
        ),
        (
            "/access/v1/search/resource",
            json!({"subject": subject, "action": action, "resource": {"type": "object"}, "context": context}),
        ),
        (
            "/access/v1/search/action",
            json!({"subject": subject, "resource": resource, "context": context}),
        ),
    ]
}

async fn ask(service: &Service, token: &str, (path, body): &(&str, Value)) -> Reply {
    service.by(token, Method::POST, path).json(body).await
}

/// A refusal that no engine takes for leave: neither a 2xx nor a body that says anything but why.
fn assert_closed(reply: &Reply, status: StatusCode, code: &str, what: &str) {
    assert_eq!((reply.status, &*reply.code()), (status, code), "{what}");
    for leave in ["result", "decision", "results", "evaluations"] {
        assert!(reply.json().get(leave).is_none(), "{what}: {reply:?}");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn without_a_snapshot_there_is_no_answer(pool: PgPool) {
    let service = start(&pool).await;
    for question in questions() {
        let reply = ask(&service, &service.admin, &question).await;
        assert_eq!(reply.status, StatusCode::OK, "{}: {reply:?}", question.0);
    }
    let decisions = (
        "/v1/decisions",
        json!({"principal": {"user": "ana"}, "action": "select", "objects": []}),
    );
    // A node that has not read the registry yet.
    let pool = store::pool((*pool.connect_options()).clone(), 2);
    let state = assemble(pool, Config::default(), service.clock.clone(), audit_key());
    let state = state.await.unwrap();
    let empty = Service {
        router: router::router(state.clone()).unwrap(),
        state,
        clock: service.clock.clone(),
        admin: service.admin.clone(),
    };
    for question in questions().iter().chain([&decisions]) {
        let reply = ask(&empty, &service.admin, question).await;
        assert_closed(
            &reply,
            StatusCode::SERVICE_UNAVAILABLE,
            "unavailable",
            question.0,
        );
        assert!(
            reply.json()["detail"]
                .as_str()
                .unwrap()
                .contains("no snapshot")
        );
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_snapshot_that_is_too_old_answers_nothing(pool: PgPool) {
    let service = start(&pool).await;
    let most = i64::from(service.state.config.max_stale_seconds.get());
    let decisions = (
        "/v1/decisions",
        json!({"principal": {"user": "ana"}, "action": "select", "objects": []}),
    );
    let questions: Vec<_> = questions().into_iter().chain([decisions]).collect();
    service.clock.advance(TimeDelta::seconds(most));
    for question in &questions {
        let reply = ask(&service, &service.admin, question).await;
        assert_eq!(reply.status, StatusCode::OK, "{}: {reply:?}", question.0);
    }
    service.clock.advance(TimeDelta::seconds(1));
    for question in &questions {
        let reply = ask(&service, &service.admin, question).await;
        assert_closed(
            &reply,
            StatusCode::SERVICE_UNAVAILABLE,
            "unavailable",
            question.0,
        );
        let detail = reply.json()["detail"].as_str().unwrap().to_owned();
        assert!(detail.contains("max_stale_seconds"), "{detail}");
    }
    load::refresh(&service.state).await.unwrap();
    for question in &questions {
        let reply = ask(&service, &service.admin, question).await;
        assert_eq!(reply.status, StatusCode::OK, "{}: {reply:?}", question.0);
    }
}

/// Nobody is answered as of a time of their choice, by sending the end of a question later.
#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_question_is_answered_as_of_when_all_of_it_has_come(pool: PgPool) {
    let service = start(&pool).await;
    let most = i64::from(service.state.config.max_stale_seconds.get());
    let decisions = (
        "/v1/decisions",
        json!({"principal": {"user": "ana"}, "action": "select", "objects": []}),
    );
    for (path, body) in questions().into_iter().chain([decisions]) {
        load::refresh(&service.state).await.unwrap();
        let (clock, body) = (service.clock.clone(), Bytes::from(body.to_string()));
        let (head, tail) = (body.slice(..5), body.slice(5..));
        let late = once(async move {
            clock.advance(TimeDelta::seconds(most + 1));
            Ok::<_, std::io::Error>(tail)
        });
        let slowly = once(async { Ok(head) }).chain(late);
        let request = Request::post(path)
            .header("authorization", format!("Bearer {}", service.admin))
            .header("content-type", "application/json")
            .body(Body::from_stream(slowly))
            .unwrap();
        let answer = service.router.clone().oneshot(request).await.unwrap();
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE, "{path}");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn whose_token_is_another_engines_or_nobodys_gets_nothing(pool: PgPool) {
    let service = start(&pool).await;
    let own = service.token("trino-br", "engine", "*").await;
    let other = service.token("trino-de", "engine", "*").await;
    let reader = service.token("portal", "viewer", "*").await;
    for question in questions() {
        let what = question.0;
        assert_eq!(
            ask(&service, &own, &question).await.status,
            StatusCode::OK,
            "{what}"
        );
        for (token, status, code) in [
            (&*other, StatusCode::FORBIDDEN, "forbidden"),
            (&*reader, StatusCode::FORBIDDEN, "forbidden"),
            ("zc_wrong", StatusCode::UNAUTHORIZED, "unauthorized"),
        ] {
            let reply = ask(&service, token, &question).await;
            assert_closed(&reply, status, code, what);
        }
        let nobody = service
            .anonymous(Method::POST, what)
            .json(&question.1)
            .await;
        assert_closed(&nobody, StatusCode::UNAUTHORIZED, "unauthorized", what);
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn bodies_that_are_too_large_or_no_json_are_refused_and_logged(pool: PgPool) {
    let service = start(&pool).await;
    let (log, _guard) = Log::listen();
    for (path, body) in questions() {
        let protocol = if path.starts_with("/opa/") {
            "trino-opa"
        } else {
            "authzen"
        };
        let whole = body.to_string();
        let cut = whole.get(..whole.len() - 1).unwrap().to_owned();
        let no_text = whole.bytes().map(|it| if it == b'n' { 0xff } else { it });
        let no_text: Vec<_> = no_text.collect();
        for (bytes, status, code) in [
            (
                vec![b' '; BODY_LIMIT + 1],
                StatusCode::PAYLOAD_TOO_LARGE,
                "payload-too-large",
            ),
            (cut.into_bytes(), StatusCode::BAD_REQUEST, "malformed-body"),
            (no_text, StatusCode::BAD_REQUEST, "malformed-body"),
            (
                format!("{whole}{whole}").into_bytes(),
                StatusCode::BAD_REQUEST,
                "malformed-body",
            ),
            (
                "[".repeat(100_000).into_bytes(),
                StatusCode::BAD_REQUEST,
                "malformed-body",
            ),
            (Vec::new(), StatusCode::BAD_REQUEST, "malformed-body"),
        ] {
            log.take();
            let call = service.admin(Method::POST, path);
            let reply = call
                .header("content-type", "application/json")
                .raw(bytes)
                .await;
            assert_closed(&reply, status, code, path);
            let line = format!(r#"protocol="{protocol}" code="{code}""#);
            let said = log.take();
            assert!(said.iter().any(|it| it.contains(&line)), "{path}: {said:?}");
        }
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_nobody_knows_is_denied(pool: PgPool) {
    let service = start(&pool).await;
    for (path, body) in questions() {
        let text = body.to_string();
        let unknown = match path {
            "/opa/trino-br/allow" | "/opa/trino-br/batch" => text
                .replace("SelectFromColumns", "Invented")
                .replace("FilterTables", "FilterInvented"),
            _ => text.replace(r#""select""#, r#""invented""#),
        };
        if unknown == text {
            continue;
        }
        let body: Value = serde_json::from_str(&unknown).unwrap();
        let reply = ask(&service, &service.admin, &(path, body)).await.json();
        let nothing = [&reply["result"], &reply["decision"], &reply["results"]];
        let denied = |it: &&Value| **it == json!(false) || **it == json!([]);
        assert_eq!(
            nothing.into_iter().filter(denied).count(),
            1,
            "{path}: {reply}"
        );
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_client_that_hangs_holds_up_nobody(pool: PgPool) {
    let service = start(&pool).await;
    let mut hanging = Vec::new();
    for (path, _) in questions() {
        for _ in 0..20 {
            let beginning = once(async { Ok::<_, std::io::Error>(Bytes::from("{")) });
            let never = beginning.chain(pending());
            let request = Request::post(path)
                .header("authorization", format!("Bearer {}", service.admin))
                .header("content-type", "application/json")
                .body(Body::from_stream(never))
                .unwrap();
            hanging.push(tokio::spawn(service.router.clone().oneshot(request)));
        }
    }
    for question in questions() {
        let answered = timeout(
            Duration::from_secs(2),
            ask(&service, &service.admin, &question),
        );
        assert_eq!(answered.await.unwrap().status, StatusCode::OK);
    }
    assert!(hanging.iter().all(|it| !it.is_finished()));
    hanging.iter().for_each(tokio::task::JoinHandle::abort);
}
