//! Decisions: from the newest committed state within a second, and without the database.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::time::{Duration, Instant};

use axum::extract::{Request, State};
use http::{Method, StatusCode};
use serde_json::{Value, json};
use sqlx::PgPool;
use tokio::sync::watch;
use zonecut_server::app::{load, seed};
use zonecut_server::jobs;
use zonecut_server::private_postgres::{Options, PrivatePostgres};
use zonecut_server::recorder::CAPACITY;
use zonecut_server::routes;
use zonecut_server::store::{self, MIGRATIONS};

use crate::support::promise::{until, within};
use crate::support::{Reply, Service};

/// The longest that a change may take to reach the decisions.
const SOON: Duration = Duration::from_secs(1);

/// A service with the shipped mesh.
async fn start(pool: &PgPool) -> Service {
    let service = Service::start(pool).await;
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    seed::seed(&service.state, &shipped).await.unwrap();
    load::refresh(&service.state).await.unwrap();
    service
}

fn question(group: &str, purpose: &str) -> Value {
    json!({
        "principal": {"user": "ana", "groups": [group]},
        "action": "select", "engine": "trino-br", "purpose": purpose,
        "objects": [{
            "contract": "recursive-queries-br", "object": "queries",
            "columns": ["query_time", "client_ip", "qname"],
        }],
    })
}

async fn ask(service: &Service, question: &Value) -> Value {
    let reply: Reply = service
        .admin(Method::POST, "/v1/decisions")
        .json(question)
        .await;
    assert_eq!(reply.status, StatusCode::OK, "{reply:?}");
    reply.json()["decisions"][0].clone()
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_decision_carries_no_query_along(pool: PgPool) {
    let service = Service::start(&pool).await;
    let state = State(service.state.clone());
    let decision = routes::decisions::ask::handler(state, Request::default());
    // It is copied and allocated for each request: what waits for the database is elsewhere.
    let size = size_of_val(&decision);
    assert!(size <= 2_048, "{size} bytes");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_shipped_policies_decide(pool: PgPool) {
    let service = start(&pool).await;
    let analyst = ask(&service, &question("noc-br", "operations")).await;
    assert_eq!(analyst["allow"], true);
    assert_eq!(
        analyst["columns"]["client_ip"]["mask"],
        json!({"type": "ip-prefix", "v4": 24, "v6": 48})
    );
    assert_eq!(
        analyst["columns"]["qname"]["mask"],
        json!({"type": "domain", "to": "registrable"})
    );
    assert_eq!(
        analyst["filters"][0]["expression"],
        "resolver_country = 'BR'"
    );
    let mut hunt = question("csirt", "incident-response");
    hunt["engine"] = json!("trino-br-csirt");
    let hunter = ask(&service, &hunt).await;
    assert_eq!(hunter["columns"]["client_ip"], json!({"access": "clear"}));
    let outsider = ask(&service, &question("strangers", "operations")).await;
    assert_eq!(outsider["allow"], false);
    assert!(!outsider["reasons"].as_array().unwrap().is_empty());
    let mut unknown = question("noc-br", "operations");
    unknown["objects"][0]["object"] = json!("nothing");
    assert_eq!(ask(&service, &unknown).await["allow"], false);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_removed_binding_changes_the_answer_within_a_second(pool: PgPool) {
    let service = start(&pool).await;
    let (end, shutdown) = watch::channel(false);
    let mut running = jobs::start(&service.state, &shutdown);
    let analyst = question("noc-br", "operations");
    assert_eq!(ask(&service, &analyst).await["allow"], true);

    let path = "/v1/policies/roles.resolvers.resolvers";
    let policy = service.admin(Method::GET, path).send().await;
    let text = policy.json()["document"].as_str().unwrap().to_owned();
    let without = text.replace("    - {role: analyst, groups: [noc-br]}\n", "");
    assert_ne!(text, without, "the binding is in the shipped document");
    let replace = async |with: &str, allowed: bool| {
        let policy = service.admin(Method::GET, path).send().await;
        let put = service.admin(Method::PUT, path);
        let put = put.header("if-match", policy.header("etag"));
        let put = put.yaml(with).await;
        assert_eq!(put.status, StatusCode::OK, "{put:?}");
        until(async || ask(&service, &analyst).await["allow"] == allowed).await
    };
    within(SOON, async || {
        let removed = replace(&without, false).await;
        removed.max(replace(&text, true).await)
    })
    .await;
    end.send_replace(true);
    while running.join_next().await.is_some() {}
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_change_made_by_another_node_arrives_too(pool: PgPool) {
    let one = start(&pool).await;
    let (_end, shutdown) = watch::channel(false);
    let _jobs = jobs::start(&one.state, &shutdown);
    // Without notification: it is polled for.
    within(SOON + SOON, async || {
        let before = one.state.decisions.serial().unwrap();
        let change = sqlx::query("UPDATE registry_state SET serial = serial + 1");
        change.execute(&pool).await.unwrap();
        until(async || one.state.decisions.serial().unwrap() != before).await
    })
    .await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn policies_that_would_not_compile_change_nothing(pool: PgPool) {
    let service = start(&pool).await;
    let serial = service.state.decisions.serial();
    let broken = "\
apiVersion: zonecut/v1
kind: Policy
metadata: {name: broken, domain: resolvers}
spec:
  applies: {products: [recursive-queries-br]}
  filters:
    - {name: nowhere, rows: \"no_such_column = 'BR'\"}
";
    let reply = service
        .admin(Method::POST, "/v1/policies")
        .yaml(broken)
        .await;
    assert_eq!(reply.code(), "invalid-policy");
    let findings = reply.json()["findings"].to_string();
    assert!(findings.contains("no_such_column"), "{findings}");
    load::refresh(&service.state).await.unwrap();
    assert_eq!(service.state.decisions.serial(), serial);
    let last = service.audit().await.pop().unwrap();
    assert_eq!(
        (&last["action"], &last["outcome"]),
        (&json!("policy.create"), &json!("refused"))
    );
    let unreadable = service
        .admin(Method::POST, "/v1/policies")
        .yaml("kind: Police\n")
        .await;
    assert_eq!(unreadable.code(), "invalid-policy");
    assert!(unreadable.json()["findings"][0]["at"]["line"].is_number());
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_policy_is_replaced_and_removed_as_it_was_read(pool: PgPool) {
    let service = start(&pool).await;
    let path = "/v1/policies/roles.resolvers.resolvers";
    let policy = service.admin(Method::GET, path).send().await;
    let text = policy.json()["document"].as_str().unwrap().to_owned();
    let stale = service
        .admin(Method::PUT, path)
        .header("if-match", "\"stale\"");
    assert_eq!(stale.yaml(text.clone()).await.code(), "precondition-failed");
    let bare = service.admin(Method::DELETE, path).send().await;
    assert_eq!(bare.code(), "precondition-required");
    let again = service
        .admin(Method::POST, "/v1/policies")
        .yaml(text.clone())
        .await;
    assert_eq!(again.code(), "conflict");
    let other = text.replace("name: resolvers,", "name: others,");
    let wrong = service
        .admin(Method::PUT, path)
        .header("if-match", "*")
        .yaml(other)
        .await;
    assert_eq!(wrong.code(), "invalid-policy");
    let none = service
        .admin(Method::GET, "/v1/policies/roles.resolvers.none")
        .send()
        .await;
    assert_eq!(none.code(), "not-found");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_engine_asks_for_itself(pool: PgPool) {
    let service = start(&pool).await;
    let engine = service.token("trino-br", "engine", "*").await;
    let by = |question: &Value| {
        let call = service.by(&engine, Method::POST, "/v1/decisions");
        let question = question.clone();
        async move { call.json(&question).await }
    };
    let own = question("noc-br", "operations");
    assert_eq!(by(&own).await.status, StatusCode::OK);
    let mut other = own.clone();
    other["engine"] = json!("trino-de");
    assert_eq!(by(&other).await.code(), "forbidden");
    let mut none = own.clone();
    none.as_object_mut().unwrap().remove("engine");
    assert_eq!(by(&none).await.code(), "forbidden");
    let mut unknown = own.clone();
    unknown["colour"] = json!("red");
    assert_eq!(by(&unknown).await.code(), "unknown-field");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_engine_of_one_domain_gets_no_answer_about_another(pool: PgPool) {
    let service = start(&pool).await;
    let mut question = question("noc-br", "operations");
    let absent = json!({"contract": "none", "object": "queries", "columns": ["qname"]});
    question["objects"].as_array_mut().unwrap().push(absent);
    for (domain, allowed) in [("resolvers", true), ("edge", false)] {
        let engine = service.token("trino-br", "engine", domain).await;
        let call = service.by(&engine, Method::POST, "/v1/decisions");
        let answer = call.json(&question).await.json();
        let decisions = answer["decisions"].as_array().unwrap();
        assert_eq!(decisions[0]["allow"], allowed, "{domain}: {answer}");
        assert_eq!(decisions[1]["allow"], false);
        if !allowed {
            let unknown = "unknown object `queries` of contract `recursive-queries-br`";
            assert_eq!(decisions[0]["reasons"], json!([unknown]));
            assert_eq!(decisions[0]["columns"]["qname"]["access"], "denied");
        }
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_denied_is_recorded(pool: PgPool) {
    let service = start(&pool).await;
    let (end, shutdown) = watch::channel(false);
    let mut running = jobs::start(&service.state, &shutdown);
    let before = service.audit().await.len();
    for _ in 0..20 {
        ask(&service, &question("strangers", "operations")).await;
    }
    ask(&service, &question("noc-br", "operations")).await;
    end.send_replace(true);
    while running.join_next().await.is_some() {}
    let audit = service.audit().await;
    let denied = &audit[before..];
    assert_eq!(
        denied.len(),
        20,
        "ending writes what is waiting, and what is allowed is not there"
    );
    assert_eq!(denied[0]["action"], "decision.deny");
    assert_eq!(denied[0]["subject"], "recursive-queries-br.queries");
    assert_eq!(denied[0]["detail"]["user"], "ana");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_text_that_can_not_be_kept_takes_no_other_denial_along(pool: PgPool) {
    let service = start(&pool).await;
    let good = question("strangers", "operations");
    let mut bad = good.clone();
    bad["principal"]["user"] = json!("a\u{0}b");
    bad["objects"][0]["object"] = json!("queries\u{0}");
    ask(&service, &bad).await;
    ask(&service, &good).await;
    let (end, shutdown) = watch::channel(false);
    let mut running = jobs::start(&service.state, &shutdown);
    end.send_replace(true);
    while running.join_next().await.is_some() {}
    let audit = service.audit().await;
    let denied = audit.iter().filter(|it| it["action"] == "decision.deny");
    let users: Vec<_> = denied.map(|it| &it["detail"]["user"]).collect();
    assert_eq!(users, ["a\u{2400}b", "ana"]);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_question_has_a_size_and_its_record_a_smaller_one(pool: PgPool) {
    let service = start(&pool).await;
    let about = |objects: usize, columns: usize| {
        let columns = vec!["c"; columns];
        let object = json!({"contract": "x".repeat(500), "object": "o", "columns": columns});
        let mut question = question("strangers", "operations");
        question["objects"] = json!(vec![object; objects]);
        question
    };
    for (objects, columns) in [(257, 0), (1, 5_001), (2, 2_501)] {
        let call = service.admin(Method::POST, "/v1/decisions");
        let reply = call.json(&about(objects, columns)).await;
        let expected = (StatusCode::UNPROCESSABLE_ENTITY, "decision-too-large");
        assert_eq!((reply.status, reply.code().as_str()), expected);
    }
    ask(&service, &about(1, 5_000)).await;
    ask(&service, &about(256, 0)).await;
    let (end, shutdown) = watch::channel(false);
    let mut running = jobs::start(&service.state, &shutdown);
    end.send_replace(true);
    while running.join_next().await.is_some() {}
    let last = service.audit().await.pop().unwrap();
    assert_eq!(last["action"], "decision.deny");
    assert_eq!(last["detail"]["denied"], 256);
    assert_eq!(last["subject"].as_str().unwrap().split(", ").count(), 20);
    assert_eq!(last["detail"]["reasons"].as_array().unwrap().len(), 20);
    assert!(last.to_string().len() < 20_000);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_denied_waits_until_the_log_can_be_written(pool: PgPool) {
    let service = start(&pool).await;
    let break_it = "ALTER TABLE audit_log ADD CONSTRAINT broken CHECK (false) NOT VALID";
    sqlx::query(break_it).execute(&pool).await.unwrap();
    ask(&service, &question("strangers", "operations")).await;
    let (end, shutdown) = watch::channel(false);
    let mut running = jobs::start(&service.state, &shutdown);
    // Longer than any fixed number of tries should take.
    tokio::time::sleep(Duration::from_secs(4)).await;
    let mend_it = "ALTER TABLE audit_log DROP CONSTRAINT broken";
    sqlx::query(mend_it).execute(&pool).await.unwrap();
    end.send_replace(true);
    while running.join_next().await.is_some() {}
    let last = service.audit().await.pop().unwrap();
    assert_eq!(last["action"], "decision.deny");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_does_not_fit_is_counted_in_the_log(pool: PgPool) {
    let service = start(&pool).await;
    let outsider = question("strangers", "operations");
    for _ in 0..CAPACITY + 4 {
        ask(&service, &outsider).await;
    }
    let (end, shutdown) = watch::channel(false);
    let mut running = jobs::start(&service.state, &shutdown);
    end.send_replace(true);
    while running.join_next().await.is_some() {}
    let query = "SELECT (detail->'dropped'->>'decision.deny')::bigint FROM audit_log WHERE action = 'audit.drop'";
    let dropped: i64 = sqlx::query_scalar(query).fetch_one(&pool).await.unwrap();
    assert_eq!(dropped, 4);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn access_shows_every_role_against_every_column(pool: PgPool) {
    let service = start(&pool).await;
    let path = "/v1/contracts/recursive-queries-br/access?purpose=operations&engine=trino-br";
    let matrix = service.admin(Method::GET, path).send().await.json();
    let rows = matrix["objects"][0]["rows"].as_array().unwrap();
    let analyst = rows.iter().find(|row| row["role"] == "analyst").unwrap();
    assert_eq!(analyst["columns"]["client_ip"]["access"], "masked");
    let unknown = "/v1/contracts/recursive-queries-br/access?engine=none";
    assert_eq!(
        service.admin(Method::GET, unknown).send().await.code(),
        "invalid-field"
    );
    let absent = "/v1/contracts/none/access";
    assert_eq!(
        service.admin(Method::GET, absent).send().await.code(),
        "not-found"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn decisions_go_on_without_the_database() {
    let folder = tempfile::Builder::new()
        .prefix("zc")
        .tempdir_in("/tmp")
        .unwrap();
    // The server may run as somebody else, who must be able to get to its own directory.
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    let options = Options {
        directory: folder.path().join("data"),
        pg_bin: None,
    };
    let postgres = tokio::task::spawn_blocking(move || PrivatePostgres::start(&options)).await;
    let postgres = postgres.unwrap().unwrap();
    store::migrate(&postgres.migration_options().unwrap(), "zonecut")
        .await
        .unwrap();
    let pool = PgPool::connect_lazy_with(postgres.connect_options().unwrap());
    let service = start(&pool).await;
    let (_end, shutdown) = watch::channel(false);
    let _jobs = jobs::start(&service.state, &shutdown);
    let analyst = question("noc-br", "operations");
    let before = ask(&service, &analyst).await;
    assert_eq!(
        service
            .anonymous(Method::GET, "/readyz")
            .send()
            .await
            .status,
        StatusCode::OK
    );

    tokio::task::spawn_blocking(move || postgres.stop())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(ask(&service, &analyst).await, before);
    for path in ["/v1/contracts", "/v1/policies", "/v1/audit"] {
        let began = Instant::now();
        let reply = service.admin(Method::GET, path).send().await;
        let expected = (StatusCode::SERVICE_UNAVAILABLE, "unavailable");
        assert_eq!((reply.status, reply.code().as_str()), expected);
        assert_eq!(reply.header("retry-after"), "2");
        assert!(
            began.elapsed() < Duration::from_secs(2),
            "{:?}",
            began.elapsed()
        );
    }
    let write = service.admin(Method::POST, "/v1/domains");
    assert_eq!(
        write
            .json(&json!({"name": "late", "title": "Late"}))
            .await
            .code(),
        "unavailable"
    );
    service.clock.advance(chrono::TimeDelta::seconds(30));
    let ready = service.anonymous(Method::GET, "/readyz").send().await;
    assert_eq!(ready.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(ready.json()["checks"]["database"], "down");
    assert!(
        ready.json()["checks"]["snapshot"]["age_seconds"]
            .as_f64()
            .unwrap()
            >= 30.0
    );
    assert_eq!(ask(&service, &analyst).await, before);
}
