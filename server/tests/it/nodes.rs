//! Several nodes on one database: started together, one truth, told of changes.

use std::sync::Mutex;
use std::time::Duration;

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

use crate::support::promise::{until, within};
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

    within(Duration::from_secs(1), async || {
        let roles = json!([{"role": "viewer", "domain": "*"}]);
        let made = json!({"principal": "ana", "roles": roles});
        let made = one.admin(Method::POST, "/v1/tokens").json(&made).await;
        let text = |field: &str| made.json()[field].as_str().unwrap().to_owned();
        let (token, path) = (text("token"), format!("/v1/tokens/{}", text("id")));
        let ask = || two.by(&token, Method::GET, "/v1/session").send();
        let holds = async || ask().await.status == StatusCode::OK;
        assert!(holds().await, "a new token holds everywhere at once");
        let gone = one.admin(Method::DELETE, &path).send().await;
        assert_eq!(gone.status, StatusCode::NO_CONTENT, "{gone:?}");
        until(async || !holds().await).await
    })
    .await;
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
