//! Work that takes long, and those who must not wait for it.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use futures::future::join_all;
use http::{Method, StatusCode};
use serde_json::{Value, json};
use sqlx::PgPool;
use zonecut_server::app::load;
use zonecut_server::store::MIGRATIONS;

use crate::support::documents::contract;
use crate::support::{Reply, Service};

/// Enough columns that a check takes a good part of a second.
const COLUMNS: usize = 4_000;

/// Further columns, each with something that the check has to compare.
fn columns(logical_type: &str) -> String {
    let mut lines = String::new();
    for column in 0..COLUMNS {
        let line = "{name: column, logicalType: type, description: What is seen at this place.}";
        let line = line.replace("column", &format!("c{column:05}"));
        writeln!(
            lines,
            "      - {}",
            line.replace("type,", &format!("{logical_type},"))
        )
        .unwrap();
    }
    lines
}

async fn start(pool: &PgPool) -> Service {
    let service = Service::start(pool).await;
    service.domain("resolvers").await;
    let path = "/v1/contracts/queries/versions";
    let wide = contract("1.0.0", &columns("string"));
    let published = service.admin(Method::POST, path).yaml(wide).await;
    assert_eq!(published.status, StatusCode::CREATED, "{published:?}");
    service
}

async fn check(service: &Service, document: &str) -> Reply {
    let path = "/v1/contracts/queries/checks";
    service.admin(Method::POST, path).yaml(document).await
}

/// How often something is measured before what is found counts: a busy machine only ever adds, so the
/// least of several is what the server itself took.
const TRIES: usize = 4;

/// Asks one question after the other; answers the longest time without an answer.
async fn ask_until(service: &Service, end: impl Future<Output = ()>) -> Duration {
    let question = json!({
        "principal": {"user": "ana"}, "action": "select",
        "objects": [{"contract": "queries", "object": "queries", "columns": ["rcode"]}],
    });
    let mut end = std::pin::pin!(end);
    let (mut longest, mut last) = (Duration::ZERO, Instant::now());
    loop {
        let ask = async {
            tokio::time::sleep(Duration::from_millis(2)).await;
            service
                .admin(Method::POST, "/v1/decisions")
                .json(&question)
                .await
        };
        tokio::select! {
            biased;
            answer = ask => assert_eq!(answer.status, StatusCode::OK),
            () = &mut end => return longest.max(last.elapsed()),
        }
        longest = longest.max(last.elapsed());
        last = Instant::now();
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn decisions_are_answered_while_large_contracts_are_checked(pool: PgPool) {
    let service = start(&pool).await;
    let candidate = contract("2.0.0", &columns("integer"));
    let mut checked = Vec::new();
    let mut found = Vec::new();
    for _ in 0..TRIES {
        let began = Instant::now();
        let checks =
            async { checked = join_all((0..3).map(|_| check(&service, &candidate))).await };
        let longest = ask_until(&service, checks).await;
        found.push((longest, began.elapsed()));
        if longest < began.elapsed() / 8 {
            break;
        }
    }
    assert!(
        found.iter().any(|(longest, all)| *longest < *all / 8),
        "how long nobody was answered, of what the checks took: {found:?}"
    );
    for checked in checked {
        assert_eq!(checked.status, StatusCode::OK);
        let report = checked.json();
        let findings = report["contracts"][0]["findings"].as_array().unwrap();
        assert!(findings.len() >= COLUMNS, "{}", findings.len());
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn who_can_not_be_served_soon_is_told_to_come_back(pool: PgPool) {
    let service = Service::start(&pool).await;
    service.domain("resolvers").await;
    let mut taken = Vec::new();
    while let Ok(Ok(place)) =
        tokio::time::timeout(Duration::from_millis(10), service.state.compute.place()).await
    {
        taken.push(place);
    }
    let document = contract("1.0.0", "");
    let refused = check(&service, &document).await;
    assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(refused.code(), "busy");
    let title = refused.json()["title"].to_string();
    assert!(!title.contains("database"), "{title}");
    assert_eq!(refused.header("retry-after"), "2");
    taken.pop();
    assert_eq!(check(&service, &document).await.status, StatusCode::OK);
}

async fn decide(service: &Service, question: &Value) -> Reply {
    let call = service.admin(Method::POST, "/v1/decisions");
    call.json(question).await
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_question_about_too_much_does_not_hold_up_others(pool: PgPool) {
    let service = start(&pool).await;
    load::refresh(&service.state).await.unwrap();
    let groups: Vec<String> = (0..60_000).map(|group| format!("g{group:05}")).collect();
    let object = json!({"contract": "queries", "object": "queries", "columns": ["rcode"]});
    let question = json!({
        "principal": {"user": "ana", "groups": groups}, "action": "select",
        "objects": vec![object; 64],
    });
    let mut refused = Vec::new();
    let mut longest = Duration::MAX;
    for _ in 0..TRIES {
        let asked = async { refused = join_all((0..2).map(|_| decide(&service, &question))).await };
        longest = longest.min(ask_until(&service, asked).await);
    }
    assert!(
        longest < Duration::from_millis(500),
        "nobody was answered for {longest:?}"
    );
    for refused in refused {
        assert_eq!(refused.code(), "decision-too-large");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_question_as_large_as_may_be_is_answered_soon(pool: PgPool) {
    let service = start(&pool).await;
    load::refresh(&service.state).await.unwrap();
    let groups: Vec<String> = (0..1_000).map(|group| format!("{group:065}")).collect();
    let object = json!({"contract": "queries", "object": "queries", "columns": ["rcode"]});
    let question = json!({
        "principal": {"user": "ana", "groups": groups}, "action": "select",
        "objects": vec![object; 256],
    });
    let mut longest = Duration::MAX;
    for _ in 0..TRIES {
        let mut answered = None;
        let asked = async { answered = Some(decide(&service, &question).await) };
        longest = longest.min(ask_until(&service, asked).await);
        assert_eq!(answered.unwrap().status, StatusCode::OK);
    }
    assert!(
        longest < Duration::from_secs(1),
        "nobody was answered for {longest:?}"
    );
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_question_has_bounds_in_every_direction(pool: PgPool) {
    let service = start(&pool).await;
    load::refresh(&service.state).await.unwrap();
    let whole = json!({"contract": "queries", "object": "queries"});
    let asked = json!({"contract": "queries", "object": "queries", "columns": ["rcode"]});
    let about = |objects: &[&Value]| json!({"principal": {"user": "ana"}, "action": "select", "objects": objects});
    let with = |pointer: &str, value: Value| {
        let mut question = about(&[&asked]);
        question["engine"] = json!("e");
        question["purpose"] = json!("p");
        question["principal"]["groups"] = json!(["g"]);
        *question.pointer_mut(pointer).unwrap() = value;
        question
    };
    let mut too_large = vec![
        about(&[&whole, &whole]),
        with("/principal/groups", json!(vec!["g"; 1_001])),
        with("/principal/groups", json!(vec!["g".repeat(1_000); 66])),
    ];
    let texts = [
        "/principal/user",
        "/principal/groups/0",
        "/action",
        "/engine",
        "/purpose",
        "/objects/0/contract",
        "/objects/0/object",
        "/objects/0/columns/0",
    ];
    for pointer in texts {
        too_large.push(with(pointer, json!("x".repeat(1_025))));
        let longest = with(pointer, json!("x".repeat(1_024)));
        assert_eq!(decide(&service, &longest).await.status, StatusCode::OK);
    }
    for question in too_large {
        assert_eq!(
            decide(&service, &question).await.code(),
            "decision-too-large"
        );
    }
    assert_eq!(
        decide(&service, &about(&[&whole])).await.status,
        StatusCode::OK
    );
    // Who may not know of an object is not told how wide it is either.
    service.domain("edge").await;
    let stranger = service.token("trino-edge", "engine", "edge").await;
    let mut question = about(&[&whole, &whole]);
    question["engine"] = json!("trino-edge");
    let call = service.by(&stranger, Method::POST, "/v1/decisions");
    assert_eq!(call.json(&question).await.status, StatusCode::OK);
}
