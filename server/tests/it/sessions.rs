//! Codes, tokens, sessions: who gets in, for how long, and how they are put out.

use chrono::TimeDelta;
use http::{Method, StatusCode};
use serde_json::json;
use sqlx::PgPool;
use zonecut_server::app::sign_in;
use zonecut_server::config::Config;
use zonecut_server::store::MIGRATIONS;

use crate::support::{Reply, Service};

async fn sign_in_with(service: &Service, member: &str, secret: &str) -> Reply {
    let body = json!({ member: secret });
    service
        .anonymous(Method::POST, "/v1/session")
        .json(&body)
        .await
}

fn cookie(reply: &Reply) -> String {
    let cookie = reply.header("set-cookie");
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"),
        "{cookie}"
    );
    cookie.split(';').next().unwrap().to_owned()
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_code_signs_in_once(pool: PgPool) {
    let service = Service::start(&pool).await;
    let code = sign_in::issue_code(&service.state).await.unwrap();
    let first = sign_in_with(&service, "code", code.reveal()).await;
    assert_eq!(first.status, StatusCode::CREATED);
    assert_eq!(first.json()["principal"], "admin");
    let session = service
        .anonymous(Method::GET, "/v1/session")
        .header("cookie", &cookie(&first));
    assert_eq!(session.send().await.json()["roles"][0]["role"], "admin");
    let second = sign_in_with(&service, "code", code.reveal()).await;
    assert_eq!(second.code(), "unauthorized");
    let last = service.audit_at_last().await.pop().unwrap();
    assert_eq!(
        (&last["action"], &last["outcome"]),
        (&json!("session.create"), &json!("refused"))
    );
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_cookie_that_came_by_https_goes_by_https_only(pool: PgPool) {
    let service = Service::start(&pool).await;
    let by = async |service: &Service, origin: &str| {
        let call = service.anonymous(Method::POST, "/v1/session");
        let body = json!({"token": service.admin});
        let reply = call.header("origin", origin).json(&body).await;
        let attributes = reply.header("set-cookie").split("; ").skip(1);
        let attributes: Vec<_> = attributes.map(str::to_owned).collect();
        assert!(attributes.contains(&"HttpOnly".to_owned()));
        attributes.contains(&"Secure".to_owned())
    };
    assert!(by(&service, "https://zonecut.example.net").await);
    assert!(!by(&service, "http://127.0.0.1:8080").await);
    let config = Config {
        secure_cookies: true,
        ..Config::default()
    };
    let mut always = Service::join(&pool, config, service.clock.clone()).await;
    always.admin.clone_from(&service.admin);
    assert!(by(&always, "http://127.0.0.1:8080").await);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_session_says_what_it_may_do_where(pool: PgPool) {
    let service = Service::start(&pool).await;
    service.domain("edge").await;
    let body = json!({"principal": "ana", "roles": [
        {"role": "admin", "domain": "edge"},
        {"role": "viewer", "domain": "*"},
    ]});
    let token = service.admin(Method::POST, "/v1/tokens").json(&body).await;
    let token = token.json()["token"].as_str().unwrap().to_owned();
    let session = service.by(&token, Method::GET, "/v1/session").send().await;
    let session = session.json();
    let held = |permission: &str| {
        let all = session["permissions"].as_array().unwrap();
        let one = all.iter().find(|it| it["permission"] == permission);
        one.map(|it| it["domains"].clone())
    };
    assert_eq!(held("products:read"), Some(json!(["*"])));
    assert_eq!(held("audit:read"), Some(json!(["edge"])));
    let viewer = service.token("bob", "viewer", "*").await;
    let session = service.by(&viewer, Method::GET, "/v1/session").send().await;
    assert!(
        !session.json()["permissions"]
            .to_string()
            .contains("audit:read")
    );
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn only_the_newest_code_is_good_and_its_making_is_recorded(pool: PgPool) {
    let service = Service::start(&pool).await;
    let first = sign_in::issue_code(&service.state).await.unwrap();
    let second = sign_in::issue_code(&service.state).await.unwrap();
    let audit = service.audit().await;
    let made = audit.iter().filter(|it| it["action"] == "code.create");
    assert_eq!(made.count(), 2);
    let old = sign_in_with(&service, "code", first.reveal()).await;
    assert_eq!(old.code(), "unauthorized");
    let new = sign_in_with(&service, "code", second.reveal()).await;
    assert_eq!(new.status, StatusCode::CREATED);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_session_makes_no_session(pool: PgPool) {
    let service = Service::start(&pool).await;
    let token = service.token("ana", "viewer", "*").await;
    let cookie = cookie(&sign_in_with(&service, "token", &token).await);
    let (_, secret) = cookie.split_once('=').unwrap();
    let again = sign_in_with(&service, "token", secret).await;
    assert_eq!(again.code(), "unauthorized");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_code_runs_out(pool: PgPool) {
    let service = Service::start(&pool).await;
    let code = sign_in::issue_code(&service.state).await.unwrap();
    service.clock.advance(sign_in::CODE);
    let late = sign_in_with(&service, "code", code.reveal()).await;
    assert_eq!(late.code(), "unauthorized");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_session_runs_out(pool: PgPool) {
    let service = Service::start(&pool).await;
    let cookie = cookie(&sign_in_with(&service, "token", &service.admin).await);
    let show = || {
        service
            .anonymous(Method::GET, "/v1/session")
            .header("cookie", &cookie)
    };
    assert_eq!(show().send().await.status, StatusCode::OK);
    service.clock.advance(sign_in::SESSION);
    assert_eq!(show().send().await.code(), "unauthorized");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_browsers_write_needs_its_header(pool: PgPool) {
    let service = Service::start(&pool).await;
    let cookie = cookie(&sign_in_with(&service, "token", &service.admin).await);
    let body = json!({"name": "edge", "title": "Edge"});
    let write = || {
        service
            .anonymous(Method::POST, "/v1/domains")
            .header("cookie", &cookie)
    };
    assert_eq!(write().json(&body).await.code(), "csrf");
    let with_header = write().header("x-zonecut-request", "1").json(&body).await;
    assert_eq!(with_header.status, StatusCode::CREATED);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn signing_out_ends_the_session(pool: PgPool) {
    let service = Service::start(&pool).await;
    let cookie = cookie(&sign_in_with(&service, "token", &service.admin).await);
    let call = |method| {
        let call = service
            .anonymous(method, "/v1/session")
            .header("cookie", &cookie);
        call.header("x-zonecut-request", "1").send()
    };
    let out = call(Method::DELETE).await;
    assert_eq!(out.status, StatusCode::NO_CONTENT);
    assert!(out.header("set-cookie").contains("Max-Age=0"));
    assert_eq!(call(Method::GET).await.code(), "unauthorized");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_revoked_token_takes_its_sessions_along(pool: PgPool) {
    let service = Service::start(&pool).await;
    let token = service.token("ana", "viewer", "*").await;
    let cookie = cookie(&sign_in_with(&service, "token", &token).await);
    let tokens = service.admin(Method::GET, "/v1/tokens").send().await.json();
    let listed = tokens["items"].as_array().unwrap();
    let ana = listed.iter().find(|it| it["principal"] == "ana").unwrap();
    assert!(ana.get("token").is_none(), "a list shows no secret");
    let path = format!("/v1/tokens/{}", ana["id"].as_str().unwrap());
    let revoked = service.admin(Method::DELETE, &path).send().await;
    assert_eq!(revoked.status, StatusCode::NO_CONTENT);
    assert_eq!(
        service
            .by(&token, Method::GET, "/v1/session")
            .send()
            .await
            .code(),
        "unauthorized"
    );
    let session = service
        .anonymous(Method::GET, "/v1/session")
        .header("cookie", &cookie);
    assert_eq!(session.send().await.code(), "unauthorized");
    assert_eq!(
        service.admin(Method::DELETE, &path).send().await.code(),
        "not-found"
    );
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_token_runs_out(pool: PgPool) {
    let service = Service::start(&pool).await;
    let body = json!({
        "principal": "ana",
        "roles": [{"role": "viewer", "domain": "*"}],
        "expires_at": service.clock.now() + TimeDelta::hours(1),
    });
    let token = service
        .admin(Method::POST, "/v1/tokens")
        .json(&body)
        .await
        .json();
    let token = token["token"].as_str().unwrap().to_owned();
    let show = || service.by(&token, Method::GET, "/v1/session");
    assert_eq!(show().send().await.status, StatusCode::OK);
    service.clock.advance(TimeDelta::hours(1));
    assert_eq!(show().send().await.code(), "unauthorized");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn no_secret_is_kept_or_told(pool: PgPool) {
    let service = Service::start(&pool).await;
    let token = service.token("ana", "viewer", "*").await;
    let code = sign_in::issue_code(&service.state).await.unwrap();
    sign_in_with(&service, "code", code.reveal()).await;
    let audit = serde_json::to_string(&service.audit().await).unwrap();
    let tables = ["credential", "audit_log", "outbox", "idempotency"];
    let mut stored = String::new();
    for table in tables {
        let query = format!("SELECT coalesce(string_agg(t::text, ''), '') FROM {table} t");
        let query = sqlx::query_scalar::<_, String>(sqlx::AssertSqlSafe(query));
        stored.push_str(&query.fetch_one(&service.state.pool).await.unwrap());
    }
    for secret in [token.as_str(), code.reveal(), &service.admin] {
        assert!(!audit.contains(secret) && !stored.contains(secret));
    }
}
