//! Events leave: signed, at least once, and no subscriber delays another.

use std::future::pending;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use chrono::TimeDelta;
use hmac::{Hmac, KeyInit, Mac};
use http::StatusCode;
use serde_json::{Value, json};
use sha2::Sha256;
use sqlx::PgPool;
use tokio::sync::watch;
use uuid::Uuid;
use zonecut_server::app::deliver::deliver_next;
use zonecut_server::app::events::EventKind;
use zonecut_server::app::expectations::notice_silence;
use zonecut_server::clock::Clock;
use zonecut_server::jobs;

use crate::support::caller::Caller;
use crate::support::documents::{contract_on_trino, fresh_within};
use crate::support::start_time;

/// How a subscriber behaves.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Manner {
    Takes,
    Fails,
    Hangs,
    Redirects,
}

/// A subscriber on this machine that keeps what it was sent.
#[derive(Clone)]
struct Subscriber {
    url: String,
    manner: Arc<Mutex<Manner>>,
    calls: Arc<Mutex<Vec<(HeaderMap, String)>>>,
}

impl Subscriber {
    async fn new(manner: Manner) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let subscriber = Self {
            url: format!(
                "http://{}/hook?key=in-the-url",
                listener.local_addr().unwrap()
            ),
            manner: Arc::new(Mutex::new(manner)),
            calls: Arc::default(),
        };
        let router = Router::new()
            .route("/hook", post(Self::called))
            .route("/elsewhere", post(|| async { "never" }))
            .with_state(subscriber.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        subscriber
    }

    async fn called(State(this): State<Self>, headers: HeaderMap, body: String) -> Response {
        this.calls.lock().unwrap().push((headers, body));
        let manner = *this.manner.lock().unwrap();
        match manner {
            Manner::Takes => StatusCode::NO_CONTENT.into_response(),
            Manner::Fails => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
            Manner::Redirects => {
                (StatusCode::TEMPORARY_REDIRECT, [("location", "/elsewhere")]).into_response()
            }
            Manner::Hangs => pending().await,
        }
    }

    fn becomes(&self, manner: Manner) {
        *self.manner.lock().unwrap() = manner;
    }

    fn bodies(&self) -> Vec<Value> {
        let calls = self.calls.lock().unwrap();
        calls
            .iter()
            .map(|(_, body)| serde_json::from_str(body).unwrap())
            .collect()
    }

    /// Waits until it was called so often.
    async fn called_times(&self, times: usize) {
        let began = Instant::now();
        while self.calls.lock().unwrap().len() < times {
            assert!(
                began.elapsed() < Duration::from_secs(15),
                "called {} times",
                self.bodies().len()
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

async fn subscribe(service: &Caller, subscriber: &Subscriber, events: &[&str]) -> (Uuid, String) {
    let body = json!({"url": subscriber.url, "events": events});
    let made = service
        .post("/v1/webhooks", &body)
        .await
        .expect(StatusCode::CREATED);
    let text = |key: &str| made[key].as_str().unwrap().to_owned();
    (text("id").parse().unwrap(), text("secret"))
}

async fn promising(pool: &PgPool, clock: Clock, seconds: u32) -> Caller {
    let service = Caller::with(pool, clock, true).await;
    service.domain("resolvers").await;
    let document = contract_on_trino("br", "resolvers", "1.0.0", &fresh_within(seconds));
    service.publish("br", document).await;
    service
}

/// A service with an incident that opened after the webhooks were made.
async fn breaking(service: &Caller) {
    service.state.clock.advance(TimeDelta::seconds(61));
    notice_silence(&service.state).await.unwrap();
}

async fn listed(service: &Caller) -> Value {
    service.items("/v1/webhooks").await.remove(0)
}

/// Written from the description alone: what a subscriber does.
fn verified(secret: &str, (headers, body): &(HeaderMap, String)) -> bool {
    let header = |name: &str| headers[name].to_str().unwrap().to_owned();
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(header("zonecut-timestamp").as_bytes());
    mac.update(b".");
    mac.update(body.as_bytes());
    let claimed = hex::decode(header("zonecut-signature").strip_prefix("v1=").unwrap()).unwrap();
    mac.verify_slice(&claimed).is_ok()
}

#[sqlx::test(migrator = "zonecut_server::store::MIGRATIONS")]
async fn a_promise_broken_in_silence_reaches_the_subscriber_signed(pool: PgPool) {
    let service = promising(&pool, Clock::system(), 1).await;
    let subscriber = Subscriber::new(Manner::Takes).await;
    let (id, secret) = subscribe(
        &service,
        &subscriber,
        &["incident.opened", "incident.resolved"],
    )
    .await;
    let (end, shutdown) = watch::channel(false);
    let mut running = jobs::start(&service.state, &shutdown);

    subscriber.called_times(1).await;
    let long = contract_on_trino("br", "resolvers", "2.0.0", &fresh_within(3_600));
    service.publish("br", long).await;
    subscriber.called_times(2).await;
    end.send_replace(true);
    while running.join_next().await.is_some() {}

    let [opened, resolved] = subscriber.bodies().try_into().unwrap();
    assert_eq!(opened["specversion"], "1.0");
    assert_eq!(opened["type"], "incident.opened");
    assert_eq!(opened["data"]["contract"], "br");
    assert_eq!(resolved["type"], "incident.resolved");
    assert_eq!(opened["data"]["incident"], resolved["data"]["incident"]);
    assert_ne!(opened["id"], resolved["id"]);
    for call in subscriber.calls.lock().unwrap().iter() {
        assert_eq!(
            call.0["content-type"],
            "application/cloudevents+json; charset=utf-8"
        );
        assert_eq!(call.0["zonecut-key-id"], id.to_string());
        assert!(verified(&secret, call));
        assert!(!verified("another secret of any length", call));
        let forged = (call.0.clone(), call.1.replace("incident", "accident"));
        assert!(!verified(&secret, &forged));
    }
}

#[sqlx::test(migrator = "zonecut_server::store::MIGRATIONS")]
async fn one_measurement_sends_the_resolution(pool: PgPool) {
    let service = promising(&pool, Clock::set_to(start_time()), 60).await;
    let subscriber = Subscriber::new(Manner::Takes).await;
    let (id, _) = subscribe(&service, &subscriber, &["incident.resolved"]).await;
    breaking(&service).await;
    let at = service.state.clock.now();
    let batch = json!({"measurements": [{"contract": "br", "object": "queries", "kind": "freshness", "at": at}]});
    service
        .post("/v1/measurements", &batch)
        .await
        .expect(StatusCode::ACCEPTED);
    while deliver_next(&service.state, id).await.unwrap() {}
    let [resolved] = subscriber.bodies().try_into().unwrap();
    assert_eq!(resolved["data"]["state"], "resolved");
    assert_eq!(resolved["data"]["reason"], "the promise is kept again");
}

#[sqlx::test(migrator = "zonecut_server::store::MIGRATIONS")]
async fn one_that_hangs_delays_nobody(pool: PgPool) {
    let service = promising(&pool, Clock::system(), 1).await;
    let hanging = Subscriber::new(Manner::Hangs).await;
    let prompt = Subscriber::new(Manner::Takes).await;
    subscribe(&service, &hanging, &["*"]).await;
    subscribe(&service, &prompt, &["*"]).await;
    let (end, shutdown) = watch::channel(false);
    let mut running = jobs::start(&service.state, &shutdown);
    hanging.called_times(1).await;
    let began = Instant::now();
    prompt.called_times(1).await;
    service.domain("edge").await;
    prompt.called_times(2).await;
    assert!(
        began.elapsed() < Duration::from_secs(5),
        "{:?}",
        began.elapsed()
    );
    assert_eq!(
        hanging.bodies().len(),
        1,
        "it still hangs in its first call"
    );
    end.send_replace(true);
    running.abort_all();
    while running.join_next().await.is_some() {}
}

#[sqlx::test(migrator = "zonecut_server::store::MIGRATIONS")]
async fn what_fails_is_tried_less_and_less_often_then_kept_for_replay(pool: PgPool) {
    let service = promising(&pool, Clock::set_to(start_time()), 60).await;
    let subscriber = Subscriber::new(Manner::Fails).await;
    let (id, _) = subscribe(&service, &subscriber, &["incident.opened"]).await;
    breaking(&service).await;
    assert!(deliver_next(&service.state, id).await.unwrap());
    assert!(
        !deliver_next(&service.state, id).await.unwrap(),
        "not at once again"
    );
    let mut tried = 1;
    while listed(&service).await["dead"] == 0 {
        service.state.clock.advance(TimeDelta::hours(1));
        assert!(deliver_next(&service.state, id).await.unwrap());
        tried += 1;
        assert!(tried < 100);
    }
    assert_eq!(subscriber.bodies().len(), tried);
    assert_eq!(listed(&service).await["last_error"], "it answered 500");
    service.state.clock.advance(TimeDelta::hours(9));
    assert!(!deliver_next(&service.state, id).await.unwrap(), "given up");

    subscriber.becomes(Manner::Takes);
    let replayed = service
        .post(&format!("/v1/webhooks/{id}/replay"), &json!({}))
        .await;
    assert_eq!(
        replayed.expect(StatusCode::ACCEPTED),
        json!({"deliveries": 1})
    );
    assert!(deliver_next(&service.state, id).await.unwrap());
    let bodies = subscriber.bodies();
    assert_eq!(
        bodies.first(),
        bodies.last(),
        "the same event with the same id"
    );
    let listed = listed(&service).await;
    assert_eq!((&listed["due"], &listed["dead"]), (&json!(0), &json!(0)));
}

#[sqlx::test(migrator = "zonecut_server::store::MIGRATIONS")]
async fn a_restart_in_the_middle_of_a_call_loses_nothing(pool: PgPool) {
    let service = promising(&pool, Clock::set_to(start_time()), 60).await;
    let subscriber = Subscriber::new(Manner::Hangs).await;
    let (id, _) = subscribe(&service, &subscriber, &["incident.opened"]).await;
    breaking(&service).await;
    let state = service.state.clone();
    let call = tokio::spawn(async move { deliver_next(&state, id).await });
    subscriber.called_times(1).await;
    call.abort();
    subscriber.becomes(Manner::Takes);

    let restarted = service.of_sibling().await;
    assert!(
        !deliver_next(&restarted.state, id).await.unwrap(),
        "it may still be under way"
    );
    restarted.state.clock.advance(TimeDelta::seconds(61));
    assert!(deliver_next(&restarted.state, id).await.unwrap());
    assert_eq!(subscriber.bodies().len(), 2);
    assert!(!deliver_next(&restarted.state, id).await.unwrap());
}

#[sqlx::test(migrator = "zonecut_server::store::MIGRATIONS")]
async fn redirects_are_not_followed(pool: PgPool) {
    let service = promising(&pool, Clock::set_to(start_time()), 60).await;
    let subscriber = Subscriber::new(Manner::Redirects).await;
    let (id, _) = subscribe(&service, &subscriber, &["incident.opened"]).await;
    breaking(&service).await;
    assert!(deliver_next(&service.state, id).await.unwrap());
    let listed = listed(&service).await;
    assert_eq!(
        (&listed["due"], &listed["last_error"]),
        (&json!(1), &json!("it answered 307"))
    );
}

#[sqlx::test(migrator = "zonecut_server::store::MIGRATIONS")]
async fn only_what_was_asked_for_is_sent(pool: PgPool) {
    let service = promising(&pool, Clock::set_to(start_time()), 60).await;
    let subscriber = Subscriber::new(Manner::Takes).await;
    let (id, _) = subscribe(&service, &subscriber, &["domain.created"]).await;
    breaking(&service).await;
    service.domain("edge").await;
    while deliver_next(&service.state, id).await.unwrap() {}
    let [created] = subscriber.bodies().try_into().unwrap();
    assert_eq!(created["type"], "domain.created");
    service
        .delete(&format!("/v1/webhooks/{id}"))
        .await
        .expect(StatusCode::NO_CONTENT);
    service.domain("privacy").await;
    assert!(!deliver_next(&service.state, id).await.unwrap());
    service
        .delete(&format!("/v1/webhooks/{id}"))
        .await
        .expect(StatusCode::NOT_FOUND);
}

#[sqlx::test(migrator = "zonecut_server::store::MIGRATIONS")]
async fn private_addresses_are_not_called(pool: PgPool) {
    let service = Caller::with(&pool, Clock::set_to(start_time()), false).await;
    for url in [
        "http://127.0.0.1:9/",
        "https://127.0.0.1:9/",
        "https://[::1]/",
        "https://10.0.0.1/",
        "http://hooks.example.net/",
    ] {
        let reply = service
            .post("/v1/webhooks", &json!({"url": url, "events": ["*"]}))
            .await;
        assert_eq!(
            reply.expect(StatusCode::UNPROCESSABLE_ENTITY)["code"],
            "invalid-field",
            "{url}"
        );
    }
    // What a name leads to is known only when it is called.
    let body = json!({"url": "https://localhost:9/", "events": ["domain.created"]});
    let made = service
        .post("/v1/webhooks", &body)
        .await
        .expect(StatusCode::CREATED);
    let id = made["id"].as_str().unwrap().parse().unwrap();
    service.domain("edge").await;
    assert!(deliver_next(&service.state, id).await.unwrap());
    let error = listed(&service).await["last_error"].clone();
    assert_eq!(error, "its name leads to private addresses only");
}

#[sqlx::test(migrator = "zonecut_server::store::MIGRATIONS")]
async fn a_secret_is_shown_once_and_nowhere_else(pool: PgPool) {
    let service = Caller::new(&pool).await;
    let subscriber = Subscriber::new(Manner::Takes).await;
    let (_, made_up) = subscribe(&service, &subscriber, &["*"]).await;
    let own = "a secret of the subscriber's";
    let body = json!({"url": subscriber.url, "secret": own, "events": ["*"]});
    let made = service
        .post("/v1/webhooks", &body)
        .await
        .expect(StatusCode::CREATED);
    assert_eq!(made["secret"], own);
    let audit = service
        .get("/v1/audit?limit=1000")
        .await
        .expect(StatusCode::OK)
        .to_string();
    let list = service
        .get("/v1/webhooks")
        .await
        .expect(StatusCode::OK)
        .to_string();
    assert!(audit.contains("webhook.create"));
    for text in [&audit, &list] {
        assert!(!text.contains(own) && !text.contains(&made_up));
    }
    assert!(
        !audit.contains("in-the-url"),
        "URLs of subscribers often carry secrets of theirs"
    );
    let refused = json!({"url": subscriber.url, "secret": "too short", "events": ["*"]});
    let refused = service.post("/v1/webhooks", &refused).await;
    assert!(
        !refused
            .expect(StatusCode::UNPROCESSABLE_ENTITY)
            .to_string()
            .contains("too short")
    );
}

#[sqlx::test(migrator = "zonecut_server::store::MIGRATIONS")]
async fn what_would_never_be_called_is_refused(pool: PgPool) {
    let service = Caller::new(&pool).await;
    let url = "https://hooks.example.net/";
    for events in [
        json!([]),
        json!(["incident"]),
        json!(["Incident.Opened"]),
        json!(["a.b.c"]),
    ] {
        let reply = service
            .post("/v1/webhooks", &json!({"url": url, "events": events}))
            .await;
        reply.expect(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let viewer = service.with_role("viewer", "*").await;
    viewer
        .get("/v1/webhooks")
        .await
        .expect(StatusCode::FORBIDDEN);
}

#[sqlx::test(migrator = "zonecut_server::store::MIGRATIONS")]
async fn an_event_that_is_never_sent_is_refused_with_what_was_meant(pool: PgPool) {
    let service = Caller::new(&pool).await;
    let url = "http://127.0.0.1:9/";
    for (written, meant) in [
        ("incident.open", "incident.opened"),
        ("contract.publish", "contract.published"),
        ("policies.removed", "policy.removed"),
    ] {
        let body = json!({"url": url, "events": ["incident.resolved", written]});
        let refused = service.post("/v1/webhooks", &body).await;
        let refused = refused.expect(StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(refused["code"], "invalid-field");
        let detail = refused["detail"].as_str().unwrap();
        assert!(detail.contains(&format!("`{written}`")), "{detail}");
        assert!(
            detail.contains(&format!("did you mean `{meant}`")),
            "{detail}"
        );
    }
    let nothing_like_it = json!({"url": url, "events": ["zzz"]});
    let refused = service.post("/v1/webhooks", &nothing_like_it).await;
    let refused = refused.expect(StatusCode::UNPROCESSABLE_ENTITY);
    let detail = refused["detail"].as_str().unwrap();
    assert!(!detail.contains("did you mean"), "{detail}");
    let guide = include_str!("../../../docs/webhooks.md");
    for event in EventKind::NAMES {
        assert!(detail.contains(&format!("`{event}`")), "{detail}");
        assert!(
            guide.contains(&format!("| `{event}` |")),
            "docs/webhooks.md lacks `{event}`"
        );
    }
}
