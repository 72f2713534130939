//! Every operation against everybody: the table says who may, and nothing else decides.

use std::collections::BTreeSet;

use http::{Method, StatusCode};
use serde_json::json;
use sqlx::PgPool;
use zonecut_server::authorization::{Access, OPERATIONS, operations};
use zonecut_server::control_plane::{ControlPlane, ROLES};
use zonecut_server::router::openapi;
use zonecut_server::store::MIGRATIONS;

use crate::support::Service;

/// A path with something in the place of each parameter.
fn fill(path: &str) -> String {
    path.replace(
        "/tokens/{id}",
        "/tokens/00000000-0000-7000-8000-000000000000",
    )
    .replace(
        "/webhooks/{id}",
        "/webhooks/00000000-0000-7000-8000-000000000000",
    )
    .replace("{seq}", "1")
    .replace("{size}", "1")
    .replace("/consistency", "/consistency?from=1")
    .replace("{id}", "something")
    .replace("{name}", "something")
    .replace("{engine}", "something")
    .replace("{version}", "1.0.0")
}

#[test]
fn the_table_and_the_routes_name_the_same_operations() {
    let api = openapi();
    let served: Vec<_> = operations(&api)
        .map(|(_, _, it)| it.operation_id.clone().unwrap())
        .collect();
    let served: BTreeSet<&str> = served.iter().map(String::as_str).collect();
    let listed: BTreeSet<&str> = OPERATIONS.iter().map(|(id, _)| *id).collect();
    assert_eq!(served, listed);
    assert_eq!(
        listed.len(),
        OPERATIONS.len(),
        "an operation is listed twice"
    );
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn nobody_gets_in_where_somebody_is_asked_for(pool: PgPool) {
    let service = Service::start(&pool).await;
    for (number, (method, path, operation)) in operations(&openapi()).enumerate() {
        let id = operation.operation_id.as_deref().unwrap();
        let access = OPERATIONS
            .iter()
            .find(|(listed, _)| *listed == id)
            .unwrap()
            .1;
        let path = fill(path);
        let anonymous = service.anonymous(method.clone(), &path).send().await;
        let unknown = service.by("zc_unknown", method, &path);
        let unknown = unknown.from(&format!("192.0.2.{number}")).send().await;
        let refused = [anonymous.status, unknown.status];
        if access == Access::Anyone {
            assert!(!refused.contains(&StatusCode::UNAUTHORIZED), "{id}");
        } else {
            assert_eq!(refused, [StatusCode::UNAUTHORIZED; 2], "{id}");
            assert_eq!(anonymous.code(), "unauthorized", "{id}");
        }
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn each_role_may_what_the_policy_gives_it(pool: PgPool) {
    let service = Service::start(&pool).await;
    let plane = ControlPlane::shipped().await.unwrap();
    let api = openapi();
    for role in ROLES {
        let token = service.token(&format!("some-{role}"), role, "*").await;
        for (method, path, operation) in operations(&api) {
            let id = operation.operation_id.as_deref().unwrap();
            let access = OPERATIONS
                .iter()
                .find(|(listed, _)| *listed == id)
                .unwrap()
                .1;
            let may = match access {
                Access::Holder(permission) | Access::HolderEverywhere(permission) => {
                    plane.of(role).contains(permission)
                }
                Access::Anyone | Access::SignedIn => true,
            };
            let reply = service.by(&token, method, &fill(path)).send().await;
            assert_ne!(reply.status, StatusCode::UNAUTHORIZED, "{role} {id}");
            assert_eq!(
                reply.status != StatusCode::FORBIDDEN,
                may,
                "{role} {id}: {reply:?}"
            );
            assert!(!reply.status.is_server_error(), "{role} {id}: {reply:?}");
        }
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_forbidden_is_recorded(pool: PgPool) {
    let service = Service::start(&pool).await;
    let token = service.token("ana", "viewer", "*").await;
    let reply = service.by(&token, Method::GET, "/v1/tokens").send().await;
    assert_eq!(reply.code(), "forbidden");
    let audit = service.audit().await;
    let last = audit.last().unwrap();
    assert_eq!(last["actor"], "ana");
    assert_eq!(last["action"], "access.forbid");
    assert_eq!(last["outcome"], "refused");
    assert_eq!(last["subject"], "GET /v1/tokens");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_role_in_one_domain_knows_nothing_of_another(pool: PgPool) {
    let service = Service::start(&pool).await;
    service.domain("resolvers").await;
    service.domain("edge").await;
    let token = service.token("ana", "owner", "edge").await;
    let list = service
        .by(&token, Method::GET, "/v1/domains")
        .send()
        .await
        .json();
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
    assert_eq!(list["items"][0]["name"], "edge");
    let hidden = service
        .by(&token, Method::GET, "/v1/domains/resolvers")
        .send()
        .await;
    let absent = service
        .by(&token, Method::GET, "/v1/domains/nowhere")
        .send()
        .await;
    assert_eq!(
        (hidden.status, absent.status),
        (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND)
    );
    assert_eq!(hidden.code(), absent.code());
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_role_in_one_domain_rules_nothing_that_all_share(pool: PgPool) {
    let service = Service::start(&pool).await;
    service.domain("edge").await;
    let api = openapi();
    for role in ["admin", "auditor", "operator", "owner", "engine"] {
        let token = service
            .token(&format!("{role}-of-edge"), role, "edge")
            .await;
        for (method, path, operation) in operations(&api) {
            let id = operation.operation_id.as_deref().unwrap();
            let access = OPERATIONS.iter().find(|(listed, _)| *listed == id);
            if matches!(access.unwrap().1, Access::HolderEverywhere(_)) {
                let reply = service.by(&token, method, &fill(path)).send().await;
                assert_eq!(reply.code(), "forbidden", "{role} {id}");
            }
        }
    }
    let admin = service.token("edge-admin", "admin", "edge").await;
    let body = json!({"principal": "eve", "roles": [{"role": "admin", "domain": "*"}]});
    let global = service.by(&admin, Method::POST, "/v1/tokens").json(&body);
    assert_eq!(global.await.code(), "forbidden");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_token_is_for_somebody_in_some_domain(pool: PgPool) {
    let service = Service::start(&pool).await;
    service.domain("edge").await;
    let make = |principal: &str, domain: &str| {
        let roles = [json!({"role": "viewer", "domain": domain})];
        let body = json!({"principal": principal, "roles": roles});
        let call = service.admin(Method::POST, "/v1/tokens");
        async move { call.json(&body).await }
    };
    for reserved in ["system", "seed", "anonymous", "System"] {
        assert_eq!(make(reserved, "*").await.code(), "invalid-field");
    }
    for nowhere in ["nowhere", "", "**"] {
        assert_eq!(make("ana", nowhere).await.code(), "invalid-field");
    }
    assert_eq!(make("ana", "edge").await.status, StatusCode::CREATED);
    assert_eq!(make("ana", "*").await.status, StatusCode::CREATED);
}
