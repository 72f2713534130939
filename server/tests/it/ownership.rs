//! Whose a contract or a product is, while it is being changed.

use std::time::{Duration, Instant};

use http::{Method, StatusCode};
use sqlx::PgPool;
use zonecut_server::store::MIGRATIONS;

use crate::support::documents::{QNAME, contract, contract_as, product};
use crate::support::{Reply, Service};

const VERSIONS: &str = "/v1/contracts/queries/versions";

async fn start(pool: &PgPool) -> Service {
    let service = Service::start(pool).await;
    service.domain("resolvers").await;
    service.domain("edge").await;
    service
}

/// What `call` is answered when `change` is committed after the call was let in and before it has
/// the writers' turn.
async fn overtaken(
    pool: &PgPool,
    change: &'static str,
    call: impl Future<Output = Reply>,
) -> Reply {
    let mut turn = pool.begin().await.unwrap();
    sqlx::query("SELECT serial FROM registry_state FOR UPDATE")
        .execute(&mut *turn)
        .await
        .unwrap();
    let overtake = async {
        let began = Instant::now();
        let waiting = "SELECT count(*) FROM pg_stat_activity \
                       WHERE datname = current_database() AND wait_event_type = 'Lock'";
        while sqlx::query_scalar::<_, i64>(waiting)
            .fetch_one(pool)
            .await
            .unwrap()
            == 0
        {
            assert!(began.elapsed() < Duration::from_secs(10), "nobody waits");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        sqlx::query(change).execute(&mut *turn).await.unwrap();
        turn.commit().await.unwrap();
    };
    tokio::join!(call, overtake).0
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_draft_changes_nothing_of_what_decides(pool: PgPool) {
    let service = start(&pool).await;
    let publish = async |document: String| {
        let reply = service.admin(Method::POST, VERSIONS).yaml(document).await;
        assert_eq!(reply.status, StatusCode::CREATED, "{reply:?}");
    };
    let listed = async |query: &str| {
        let list = service.admin(Method::GET, &format!("/v1/contracts{query}"));
        list.send().await.json()["items"].clone()
    };
    publish(contract("1.0.0", QNAME)).await;
    let before = listed("").await[0].clone();
    let draft = contract_as("queries", "2.0.0-rc.1", "draft", "")
        .replace("domain: resolvers", "domain: edge")
        .replace("name: Queries", "name: Questions");
    publish(draft).await;
    let after = listed("").await[0].clone();
    for member in ["domain", "name", "active_version", "updated_at"] {
        assert_eq!(after[member], before[member], "{member}");
    }
    assert_eq!(after["versions"], 2);
    assert_eq!(listed("?q=qname").await[0]["id"], "queries");
    let nowhere = contract_as("queries", "2.0.0-rc.2", "draft", "")
        .replace("domain: resolvers", "domain: nowhere");
    let nowhere = service.admin(Method::POST, VERSIONS).yaml(nowhere).await;
    assert_eq!(nowhere.code(), "invalid-document");
    let moved = contract("2.0.0", "").replace("domain: resolvers", "domain: edge");
    publish(moved).await;
    assert_eq!(listed("").await[0]["domain"], "edge");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_contract_that_went_to_another_domain_meanwhile_is_not_taken_from_it(pool: PgPool) {
    let service = start(&pool).await;
    let edge = service.token("eve", "owner", "edge").await;
    let of_edge =
        |version: &str| contract(version, "").replace("domain: resolvers", "domain: edge");
    let publish = |version: &str| {
        service
            .by(&edge, Method::POST, VERSIONS)
            .yaml(of_edge(version))
    };
    assert_eq!(publish("1.0.0").await.status, StatusCode::CREATED);
    let moved = "UPDATE contract SET domain = 'resolvers' WHERE id = 'queries'";
    let late = overtaken(&pool, moved, publish("1.0.1")).await;
    assert_eq!(
        (late.status, late.code().as_str()),
        (StatusCode::FORBIDDEN, "forbidden")
    );
    assert_eq!(service.count("contract_version").await, 1);
    let last = service.audit().await.pop().unwrap();
    assert_eq!(
        (&last["action"], &last["subject"]),
        (&"access.forbid".into(), &"domain resolvers".into())
    );
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_product_that_went_to_another_domain_meanwhile_is_not_taken_from_it(pool: PgPool) {
    let service = start(&pool).await;
    let edge = service.token("eve", "owner", "edge").await;
    let of_edge = product("raw", "queries", None).replace("domain: resolvers", "domain: edge");
    let register = service.by(&edge, Method::POST, "/v1/products");
    assert_eq!(
        register.yaml(of_edge.clone()).await.status,
        StatusCode::CREATED
    );
    let replace = service
        .by(&edge, Method::PUT, "/v1/products/raw")
        .header("if-match", "*")
        .yaml(of_edge);
    let moved = "UPDATE product SET domain = 'resolvers' WHERE id = 'raw'";
    let late = overtaken(&pool, moved, replace).await;
    assert_eq!(
        (late.status, late.code().as_str()),
        (StatusCode::FORBIDDEN, "forbidden")
    );
    let domain = "SELECT domain FROM product WHERE id = 'raw'";
    let domain: String = sqlx::query_scalar(domain).fetch_one(&pool).await.unwrap();
    assert_eq!(domain, "resolvers");
}
