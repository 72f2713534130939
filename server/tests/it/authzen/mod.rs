//! The AuthZEN Authorization API 1.0: its own cases, and what is ours in it.

mod interoperability;

use std::path::Path;

use http::{Method, StatusCode};
use serde_json::{Value, json};
use sqlx::PgPool;
use zonecut_server::app::{load, seed};
use zonecut_server::config::Config;
use zonecut_server::store::MIGRATIONS;

use crate::support::log::Log;
use crate::support::mutations::{Kind, mutations};
use crate::support::{Reply, Service};

const EVALUATION: &str = "/access/v1/evaluation";
const EVALUATIONS: &str = "/access/v1/evaluations";

/// A service with the shipped mesh.
pub(crate) async fn start(pool: &PgPool) -> Service {
    let service = Service::start(pool).await;
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    seed::seed(&service.state, &shipped).await.unwrap();
    load::refresh(&service.state).await.unwrap();
    service
}

async fn ask(service: &Service, path: &str, body: &Value) -> Value {
    let reply: Reply = service.admin(Method::POST, path).json(body).await;
    assert_eq!(reply.status, StatusCode::OK, "{reply:?}");
    reply.json()
}

fn analyst() -> Value {
    json!({
        "subject": {"type": "user", "id": "ana", "properties": {"groups": ["noc-br"]}},
        "action": {"name": "select"},
        "resource": {
            "type": "object", "id": "recursive-queries-br/queries",
            "properties": {"columns": ["query_time", "client_ip"]},
        },
        "context": {"purpose": "operations", "engine": "trino-br", "time": "2026-03-02T10:00:00Z"},
    })
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn masks_and_filters_are_obligations(pool: PgPool) {
    let service = start(&pool).await;
    let decision = ask(&service, EVALUATION, &analyst()).await;
    assert_eq!(decision["decision"], true, "{decision}");
    let obligations = decision["context"]["obligations"].as_array().unwrap();
    assert_eq!(obligations.len(), 2);
    assert_eq!(obligations[0]["type"], "mask");
    assert_eq!(obligations[0]["column"], "client_ip");
    assert_eq!(
        obligations[0]["mask"],
        json!({"type": "ip-prefix", "v4": 24, "v6": 48})
    );
    assert_eq!(obligations[1]["type"], "filter");
    let expression = obligations[1]["expression"].as_str().unwrap();
    assert!(expression.contains("resolver_country") && expression.contains("'BR'"));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_denied_says_why_and_is_recorded(pool: PgPool) {
    let service = start(&pool).await;
    let mut column = analyst();
    column["resource"] = json!({"type": "column", "id": "recursive-queries-br/queries/ecs"});
    let denied = ask(&service, EVALUATION, &column).await;
    assert_eq!(denied["decision"], false);
    let reasons = denied["context"]["reasons"].to_string();
    assert!(reasons.contains("no-client-subnets"), "{reasons}");
    assert_eq!(denied["context"]["obligations"], json!([]));
    let mut unknown = Vec::new();
    for (field, value) in [
        ("subject", json!({"type": "robot", "id": "r2"})),
        ("resource", json!({"type": "account", "id": "123"})),
        ("resource", json!({"type": "object", "id": "queries"})),
        (
            "resource",
            json!({"type": "column", "id": "recursive-queries-br/queries"}),
        ),
        ("resource", json!({"type": "object", "id": "none/queries"})),
        ("action", json!({"name": "can_read"})),
    ] {
        let mut request = analyst();
        request[field] = value.clone();
        let decision = ask(&service, EVALUATION, &request).await;
        assert_eq!(decision["decision"], false, "{value}");
        assert!(
            !decision["context"]["reasons"][0]
                .as_str()
                .unwrap()
                .is_empty()
        );
        unknown.push(value);
    }
    let audit = service.audit_at_last().await;
    let denied = audit.iter().filter(|it| it["action"] == "decision.deny");
    assert_eq!(denied.count(), 1 + unknown.len());
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn evaluations_fall_back_on_what_stands_beside_them_and_end_as_told(pool: PgPool) {
    let service = start(&pool).await;
    let column = |path: &str| json!({"resource": {"type": "column", "id": format!("recursive-queries-br/queries/{path}")}});
    let mut request = analyst();
    request.as_object_mut().unwrap().remove("resource");
    let two = json!([column("query_time"), column("ecs"), column("rcode")]);
    request["evaluations"] = two;
    let decisions = |answer: &Value| {
        let each = answer["evaluations"].as_array().unwrap().iter();
        each.map(|it| it["decision"].as_bool().unwrap())
            .collect::<Vec<_>>()
    };
    let all = ask(&service, EVALUATIONS, &request).await;
    assert_eq!(decisions(&all), [true, false, true]);
    assert!(all.get("decision").is_none());
    for (semantic, expected) in [
        ("execute_all", vec![true, false, true]),
        ("deny_on_first_deny", vec![true, false]),
        ("permit_on_first_permit", vec![true]),
    ] {
        request["options"] = json!({"evaluations_semantic": semantic, "another": 1});
        let answer = ask(&service, EVALUATIONS, &request).await;
        assert_eq!(decisions(&answer), expected, "{semantic}");
    }
    request["options"] = json!({"evaluations_semantic": "none_of_them"});
    let reply = service
        .admin(Method::POST, EVALUATIONS)
        .json(&request)
        .await;
    assert_eq!(
        (reply.status, reply.code().as_str()),
        (StatusCode::BAD_REQUEST, "malformed-body")
    );
    // An own field goes before the shared one, whole.
    request["options"] = json!({});
    let stranger =
        json!({"subject": {"type": "user", "id": "eve"}, "resource": column("rcode")["resource"]});
    request["evaluations"] = json!([stranger, column("rcode"), {}]);
    let answer = ask(&service, EVALUATIONS, &request).await;
    assert_eq!(decisions(&answer), [false, true, false]);
    assert_eq!(answer["evaluations"][2]["context"]["error"]["status"], 400);
    // Without any it is one evaluation.
    for none in [json!([]), Value::Null] {
        let mut one = analyst();
        if !none.is_null() {
            one["evaluations"] = none;
        }
        assert_eq!(ask(&service, EVALUATIONS, &one).await["decision"], true);
    }
    request["evaluations"] = json!(vec![column("rcode"); 257]);
    let reply = service
        .admin(Method::POST, EVALUATIONS)
        .json(&request)
        .await;
    assert_eq!(reply.code(), "decision-too-large");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_a_search_finds_an_evaluation_allows(pool: PgPool) {
    let service = start(&pool).await;
    let context = json!({"purpose": "operations", "engine": "trino-br"});
    let whole = json!({"type": "object", "id": "nxdomain-hourly-br/nxdomain_hourly"});
    let analyst = json!({"type": "user", "id": "ana", "properties": {"groups": ["noc-br"]}});
    let search = |what: &str, mut body: Value| {
        body["context"] = context.clone();
        let path = format!("/access/v1/search/{what}");
        let service = &service;
        async move {
            let found = ask(service, &path, &body).await;
            assert_eq!(found["page"]["next_token"], "");
            found["results"].as_array().unwrap().clone()
        }
    };
    let body = json!({"subject": {"type": "group", "id": "ignored"}, "action": {"name": "select"}, "resource": whole});
    let groups = search("subject", body).await;
    let id = |it: &Value| it["id"].as_str().unwrap().to_owned();
    assert_eq!(
        groups.iter().map(id).collect::<Vec<_>>(),
        ["csirt", "csirt-forensics", "noc", "noc-br"]
    );
    for group in &groups {
        let body = json!({"subject": group, "action": {"name": "select"}, "resource": whole, "context": context});
        assert_eq!(
            ask(&service, EVALUATION, &body).await["decision"],
            true,
            "{group}"
        );
    }
    let body =
        json!({"subject": analyst, "action": {"name": "select"}, "resource": {"type": "object"}});
    let objects = search("resource", body).await;
    assert!(objects.contains(&whole), "{objects:?}");
    let body =
        json!({"subject": analyst, "action": {"name": "select"}, "resource": {"type": "column"}});
    let columns = search("resource", body).await;
    let has = |path: &str| {
        let id = format!("recursive-queries-br/queries/{path}");
        columns.contains(&json!({"type": "column", "id": id}))
    };
    assert!(
        has("client_ip") && has("rcode") && !has("ecs"),
        "{columns:?}"
    );
    for found in objects.iter().chain(&columns) {
        let body = json!({"subject": analyst, "action": {"name": "select"}, "resource": found, "context": context});
        assert_eq!(
            ask(&service, EVALUATION, &body).await["decision"],
            true,
            "{found}"
        );
    }
    let actions = search("action", json!({"subject": analyst, "resource": whole})).await;
    assert_eq!(actions, [json!({"name": "select"})]);
    let nobody =
        json!({"subject": {"type": "robot"}, "action": {"name": "select"}, "resource": whole});
    assert!(search("subject", nobody).await.is_empty());
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_pages_of_a_search_hold_all_of_it(pool: PgPool) {
    let service = start(&pool).await;
    for kind in ["object", "column"] {
        let mut body = json!({
            "subject": {"type": "user", "id": "ana", "properties": {"groups": ["noc", "csirt"]}},
            "action": {"name": "select"}, "resource": {"type": kind},
            "context": {"purpose": "incident-response", "engine": "trino-br"},
        });
        let path = "/access/v1/search/resource";
        let all = ask(&service, path, &body).await["results"].clone();
        let (mut pages, mut found) = (0, Vec::new());
        body["page"] = json!({"limit": 1});
        loop {
            let page = ask(&service, path, &body).await;
            pages += 1;
            found.extend(page["results"].as_array().unwrap().clone());
            let next = page["page"]["next_token"].as_str().unwrap();
            if next.is_empty() {
                break;
            }
            body["page"] = json!({"limit": 1, "token": next});
        }
        assert!(pages > 2, "{pages}");
        assert_eq!(json!(found), all);
        body["page"] = json!({"token": "%"});
        let reply = service.admin(Method::POST, path).json(&body).await;
        assert_eq!(reply.code(), "malformed-body");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_engine_asks_for_itself_and_about_its_domain(pool: PgPool) {
    let service = start(&pool).await;
    let engine = service.token("trino-br", "engine", "*").await;
    let mut own = analyst();
    own["context"].as_object_mut().unwrap().remove("engine");
    let reply = service
        .by(&engine, Method::POST, EVALUATION)
        .json(&own)
        .await;
    assert_eq!(reply.json()["decision"], true, "its own engine is meant");
    let mut other = analyst();
    other["context"]["engine"] = json!("trino-de");
    let reply = service
        .by(&engine, Method::POST, EVALUATION)
        .json(&other)
        .await;
    assert_eq!(reply.code(), "forbidden");
    let no_engine = service.token("portal", "engine", "*").await;
    let reply = service
        .by(&no_engine, Method::POST, EVALUATION)
        .json(&own)
        .await;
    assert_eq!(reply.code(), "forbidden");
    let edge = service.token("trino-br", "engine", "edge").await;
    let reply = service.by(&edge, Method::POST, EVALUATION).json(&own).await;
    assert_eq!(reply.json()["decision"], false);
    let search = json!({"subject": own["subject"], "action": own["action"], "resource": {"type": "column"}, "context": own["context"]});
    let path = "/access/v1/search/resource";
    let all = service
        .by(&engine, Method::POST, path)
        .json(&search)
        .await
        .json();
    let some = service
        .by(&edge, Method::POST, path)
        .json(&search)
        .await
        .json();
    assert!(all.to_string().contains("recursive-queries-br"));
    assert!(!some.to_string().contains("recursive-queries-br"), "{some}");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_metadata_has_the_addresses_that_the_caller_uses(pool: PgPool) {
    let service = Service::start(&pool).await;
    let path = "/.well-known/authzen-configuration";
    let get = || {
        service
            .anonymous(Method::GET, path)
            .header("host", "pdp.example.net")
    };
    let metadata = get().send().await.json();
    assert_eq!(metadata["policy_decision_point"], "http://pdp.example.net");
    for (name, part) in [
        ("access_evaluation_endpoint", "evaluation"),
        ("access_evaluations_endpoint", "evaluations"),
        ("search_subject_endpoint", "search/subject"),
        ("search_resource_endpoint", "search/resource"),
        ("search_action_endpoint", "search/action"),
    ] {
        let expected = format!("http://pdp.example.net/access/v1/{part}");
        assert_eq!(metadata[name], expected);
    }
    let forged = get().header("x-forwarded-proto", "https").from("192.0.2.1");
    let forged = forged.send().await.json();
    assert_eq!(forged["policy_decision_point"], "http://pdp.example.net");
    let nowhere = service.anonymous(Method::GET, path).send().await;
    assert_eq!(nowhere.status, StatusCode::BAD_REQUEST);
    let config = Config {
        trusted_proxies: vec!["10.0.0.0/8".parse().unwrap()],
        ..Config::default()
    };
    let clock = service.clock.clone();
    let behind = Service::join(&pool, config, clock).await;
    let call = behind
        .anonymous(Method::GET, path)
        .header("host", "pdp.example.net");
    let call = call.header("x-forwarded-proto", "https").from("10.0.0.1");
    let metadata = call.send().await.json();
    assert_eq!(metadata["policy_decision_point"], "https://pdp.example.net");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_answer_carries_the_id_of_its_request(pool: PgPool) {
    let service = start(&pool).await;
    for body in [analyst(), json!({})] {
        let call = service
            .admin(Method::POST, EVALUATION)
            .header("x-request-id", "bfe9eb29");
        assert_eq!(call.json(&body).await.header("x-request-id"), "bfe9eb29");
    }
}

/// Fields that may be absent, as the standard has it.
const OPTIONAL: [&str; 7] = [
    "properties",
    "groups",
    "columns",
    "context",
    "purpose",
    "engine",
    "time",
];
/// Fields whose values are nobody's business.
const FREE: [&str; 2] = ["time", "method"];

#[sqlx::test(migrator = "MIGRATIONS")]
async fn whatever_is_wrong_with_a_field_closes(pool: PgPool) {
    let service = start(&pool).await;
    let (log, _guard) = Log::listen();
    let mut single = analyst();
    single["action"]["properties"] = json!({"method": "GET"});
    let mut several = single.clone();
    several["evaluations"] =
        json!([{"resource": single["resource"], "context": single["context"]}]);
    several["options"] = json!({"evaluations_semantic": "execute_all"});
    let subject = json!({"subject": {"type": "group"}, "action": single["action"], "resource": single["resource"], "context": single["context"], "page": {"token": "", "limit": 5}});
    let resource = json!({"subject": single["subject"], "action": single["action"], "resource": {"type": "object"}, "context": single["context"], "page": {"token": "", "limit": 5}});
    let action = json!({"subject": single["subject"], "resource": single["resource"], "context": single["context"], "page": {"token": "", "limit": 5}});
    let optional = |field: &str| {
        let more = [
            "options",
            "evaluations",
            "evaluations_semantic",
            "page",
            "token",
            "limit",
        ];
        OPTIONAL.contains(&field) || FREE.contains(&field) || more.contains(&field)
    };
    let mut refused = 0;
    for (path, body) in [
        (EVALUATION, &single),
        (EVALUATIONS, &several),
        ("/access/v1/search/subject", &subject),
        ("/access/v1/search/resource", &resource),
        ("/access/v1/search/action", &action),
    ] {
        let well = service.admin(Method::POST, path).json(body).await;
        assert_eq!(well.status, StatusCode::OK, "{path}: {well:?}");
        log.take();
        for mutation in mutations(body) {
            let field = mutation.path.rsplit('/').next().unwrap();
            let call = service
                .admin(Method::POST, path)
                .header("content-type", "application/json");
            let reply = call.raw(mutation.body.clone().into_bytes()).await;
            let what = format!(
                "{path} {} {:?}: {}",
                mutation.path, mutation.kind, mutation.body
            );
            let tolerated = match mutation.kind {
                // What is absent falls back on what stands beside it, or is a denial of its own.
                Kind::Removed => {
                    optional(field)
                        || mutation.path.starts_with("/evaluations/")
                        || path == EVALUATIONS
                }
                Kind::Nulled | Kind::Retyped => FREE.contains(&field),
                Kind::Duplicated => false,
            };
            if tolerated && reply.status == StatusCode::OK {
                continue;
            }
            assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{what}: {reply:?}");
            assert_eq!(reply.code(), "malformed-body", "{what}");
            let lines = log.take();
            let line = r#"protocol="authzen" code="malformed-body""#;
            assert!(
                lines.iter().any(|it| it.contains(line)),
                "{what}: {lines:?}"
            );
            refused += 1;
        }
    }
    assert!(refused > 300, "{refused}");
    for wrong in ["", "[]", "null", "{", "\u{feff}{}", "{}{}"] {
        let call = service
            .admin(Method::POST, EVALUATION)
            .header("content-type", "application/json");
        let reply = call.raw(wrong.as_bytes().to_vec()).await;
        assert_eq!(reply.code(), "malformed-body", "{wrong}");
    }
    let typeless = service
        .admin(Method::POST, EVALUATION)
        .raw(b"{}".to_vec())
        .await;
    assert_eq!(typeless.code(), "unsupported-media-type");
}
