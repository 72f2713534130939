//! Several nodes on one database: started together, one truth, told of changes.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use http::{Method, StatusCode};
use serde_json::json;
use sqlx::PgPool;
use tokio::sync::watch;
use zonecut_server::app::{load, sign_in};
use zonecut_server::clock::Clock;
use zonecut_server::config::Config;
use zonecut_server::secret::Secret;
use zonecut_server::store::{self, MIGRATIONS};
use zonecut_server::{assemble, jobs};

use crate::support::{Service, audit_key, start_time};

#[sqlx::test(migrations = false)]
async fn nodes_that_start_together_migrate_once_and_make_one_token(pool: PgPool) {
    let options = (*pool.connect_options()).clone();
    let start = async || {
        let service = options.get_username();
        store::migrate(&options, service).await.unwrap();
        let pool = store::pool(options.clone(), 5);
        let state = assemble(pool, Config::default(), Clock::system(), audit_key())
            .await
            .unwrap();
        let handed = Mutex::new(0);
        let hand_over = |_: &Secret| {
            *handed.lock().unwrap() += 1;
            Ok(())
        };
        sign_in::first_token(&state, hand_over).await.unwrap();
        load::refresh(&state).await.unwrap();
        handed.into_inner().unwrap()
    };
    let handed: (i32, i32, i32) = tokio::join!(start(), start(), start());
    assert_eq!(handed.0 + handed.1 + handed.2, 1);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_token_revoked_at_one_node_ends_at_the_other(pool: PgPool) {
    let one = Service::start(&pool).await;
    let two = Service::join(&pool, Config::default(), Clock::set_to(start_time())).await;
    let (end, shutdown) = watch::channel(false);
    let mut running = jobs::start(&two.state, &shutdown);

    let token = one.token("ana", "viewer", "*").await;
    let ask = || two.by(&token, Method::GET, "/v1/session").send();
    assert_eq!(
        ask().await.status,
        StatusCode::OK,
        "a new token holds everywhere at once"
    );
    let tokens = one.admin(Method::GET, "/v1/tokens").send().await.json();
    let ana = tokens["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["principal"] == "ana");
    let path = format!("/v1/tokens/{}", ana.unwrap()["id"].as_str().unwrap());
    one.admin(Method::DELETE, &path).send().await;
    let revoked = Instant::now();
    while ask().await.status == StatusCode::OK {
        assert!(
            revoked.elapsed() < Duration::from_secs(1),
            "the token still holds"
        );
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    end.send_replace(true);
    while running.join_next().await.is_some() {}
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn one_key_at_two_nodes_at_once_is_one_change(pool: PgPool) {
    let one = Service::start(&pool).await;
    let mut two = Service::join(&pool, Config::default(), Clock::set_to(start_time())).await;
    two.admin.clone_from(&one.admin);
    for round in 0..5 {
        let body = json!({"name": format!("d{round}"), "title": "D"});
        let at = async |service: &Service| {
            let call = service.admin(Method::POST, "/v1/domains");
            call.header("idempotency-key", &format!("k{round}"))
                .json(&body)
                .await
                .status
        };
        let both = tokio::join!(at(&one), at(&two));
        assert_eq!(
            both,
            (StatusCode::CREATED, StatusCode::CREATED),
            "the second waits for the first, and is answered alike"
        );
        assert_eq!(
            at(&two).await,
            StatusCode::CREATED,
            "asked again, it is answered as it was"
        );
    }
    assert_eq!(one.count("domain").await, 5);
}
