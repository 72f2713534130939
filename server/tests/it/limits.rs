//! Whoever fails too often to be somebody is kept out for a while; nobody else is, and the audit log
//! does not grow with the failures.

use http::{Method, StatusCode};
use serde_json::{Value, json};
use sqlx::PgPool;
use zonecut_server::app::load;
use zonecut_server::attempts::{FAILURES, WINDOW};
use zonecut_server::clock::Clock;
use zonecut_server::config::Config;
use zonecut_server::store::MIGRATIONS;

use crate::support::{Reply, Service, start_time};

const EVE: &str = "203.0.113.9";
const ANA: &str = "192.0.2.1";

async fn sign_in(service: &Service, from: &str, member: &str, secret: &str) -> Reply {
    let call = service.anonymous(Method::POST, "/v1/session").from(from);
    call.json(&json!({ member: secret })).await
}

/// The rows of the log that say that `action` was refused.
async fn refused(service: &Service, action: &str) -> Vec<Value> {
    let mut audit = service.audit_at_last().await;
    audit.retain(|it| it["action"] == action && it["outcome"] == "refused");
    audit
}

fn assert_limited(reply: &Reply) {
    assert_eq!(reply.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(reply.code(), "rate-limited");
    assert_eq!(reply.header("retry-after"), "60");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn failed_sign_ins_are_limited_by_address(pool: PgPool) {
    let service = Service::start(&pool).await;
    let admin = service.admin.clone();
    for number in 0..FAILURES {
        let member = if number % 2 == 0 { "code" } else { "token" };
        let guess = sign_in(&service, EVE, member, &format!("guess {number}")).await;
        assert_eq!(guess.code(), "unauthorized");
    }
    assert_limited(&sign_in(&service, EVE, "code", "one more").await);
    assert_limited(&sign_in(&service, EVE, "token", &admin).await);
    let ana = sign_in(&service, ANA, "token", &admin).await;
    assert_eq!(ana.status, StatusCode::CREATED, "another address goes free");
    let call = service.admin(Method::GET, "/v1/session").from(EVE);
    assert_eq!(
        call.send().await.status,
        StatusCode::OK,
        "calls go free too"
    );

    let rows = refused(&service, "session.create").await;
    let told: Vec<_> = rows.iter().map(|it| &it["detail"]).collect();
    assert_eq!(
        told,
        [
            &json!({"source": EVE, "failures": 1}),
            &json!({"source": EVE, "failures": FAILURES}),
        ]
    );

    service.clock.advance(WINDOW);
    let later = sign_in(&service, EVE, "token", &admin).await;
    assert_eq!(later.status, StatusCode::CREATED);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn failed_tokens_are_limited_and_decisions_leave_a_trace(pool: PgPool) {
    let service = Service::start(&pool).await;
    load::refresh(&service.state).await.unwrap();
    let question = json!({"principal": {"user": "ana"}, "action": "select", "objects": []});
    let ask = |token: &str, from: &str| {
        let call = service.by(token, Method::POST, "/v1/decisions").from(from);
        call.json(&question)
    };
    for _ in 0..FAILURES {
        assert_eq!(ask("zc_wrong", EVE).await.code(), "unauthorized");
    }
    assert_limited(&ask("zc_wrong", EVE).await);
    let read = service.by("zc_wrong", Method::GET, "/v1/domains").from(EVE);
    assert_limited(&read.send().await);
    assert_eq!(ask("zc_wrong", ANA).await.code(), "unauthorized");
    for from in [EVE, ANA] {
        let right = ask(&service.admin, from).await;
        assert_eq!(right.status, StatusCode::OK, "{right:?}");
    }
    let signed_in = sign_in(&service, EVE, "token", &service.admin).await;
    assert_eq!(signed_in.status, StatusCode::CREATED);

    let nobody = service.anonymous(Method::POST, "/v1/decisions");
    let nobody = nobody.from("192.0.2.2").json(&question).await;
    assert_eq!(nobody.code(), "unauthorized");
    let looking = service.anonymous(Method::GET, "/v1/session");
    let looking = looking.from("192.0.2.3").send().await;
    assert_eq!(looking.code(), "unauthorized");

    let rows = refused(&service, "access.refuse").await;
    let told: Vec<_> = rows
        .iter()
        .map(|it| {
            (
                it["detail"]["source"].as_str().unwrap(),
                &it["detail"]["failures"],
            )
        })
        .collect();
    let first = &json!(1);
    assert_eq!(
        told,
        [
            (EVE, first),
            (EVE, &json!(FAILURES)),
            (ANA, first),
            ("192.0.2.2", first)
        ]
    );
    for row in rows {
        assert_eq!(row["subject"], "POST /v1/decisions");
        assert_eq!(row["actor"], "anonymous");
        assert_eq!(row["detail"]["code"], "unauthorized");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_trusted_proxy_says_whom_to_limit(pool: PgPool) {
    let config = Config {
        trusted_proxies: vec!["10.0.0.0/8".parse().unwrap()],
        ..Config::default()
    };
    let service = Service::start_with(&pool, config, Clock::set_to(start_time())).await;
    let guess = |peer: &str, client: &str| {
        let call = service.by("zc_wrong", Method::GET, "/v1/domains");
        call.from(peer).header("x-forwarded-for", client).send()
    };
    for _ in 0..FAILURES {
        assert_eq!(guess("10.0.0.1", EVE).await.code(), "unauthorized");
    }
    assert_limited(&guess("10.0.0.1", EVE).await);
    assert_eq!(guess("10.0.0.1", ANA).await.code(), "unauthorized");
    for number in 0..FAILURES {
        let forged = format!("198.51.100.{number}");
        assert_eq!(guess("192.0.2.7", &forged).await.code(), "unauthorized");
    }
    assert_limited(&guess("192.0.2.7", "198.51.100.99").await);
}
