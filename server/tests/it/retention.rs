//! What has had its time goes; what is young, owed or history stays.

use chrono::TimeDelta;
use http::{Method, StatusCode};
use serde_json::json;
use sqlx::PgPool;
use zonecut_server::app::retention::forget_old;
use zonecut_server::store::MIGRATIONS;

use crate::support::documents::contract;
use crate::support::{Service, start_time};

/// The days for which each of it is kept.
const EVENTS: i64 = 30;
const MEASUREMENTS: i64 = 400;
const LINEAGE: i64 = 90;

/// A service with a webhook that asked for every event, and one of each kind of evidence.
async fn start(pool: &PgPool) -> Service {
    let service = Service::start(pool).await;
    let webhook = json!({"url": "https://hooks.example.net/", "events": ["*"]});
    post(&service, "/v1/webhooks", &webhook, StatusCode::CREATED).await;
    let domain = json!({"name": "resolvers", "title": "Resolvers"});
    post(&service, "/v1/domains", &domain, StatusCode::CREATED).await;
    let path = "/v1/contracts/queries/versions";
    let published = service.admin(Method::POST, path);
    assert_eq!(
        published.yaml(contract("1.0.0", "")).await.status,
        StatusCode::CREATED
    );
    report(&service).await;
    service
}

async fn post(service: &Service, path: &str, body: &serde_json::Value, expected: StatusCode) {
    let reply = service.admin(Method::POST, path).json(body).await;
    assert_eq!(reply.status, expected, "{reply:?}");
}

/// A measurement and a lineage event of now.
async fn report(service: &Service) {
    let at = service.clock.now();
    let measured = json!({"measurements": [
        {"contract": "queries", "object": "queries", "kind": "freshness", "at": at}
    ]});
    post(service, "/v1/measurements", &measured, StatusCode::ACCEPTED).await;
    let event = json!({
        "eventType": "COMPLETE", "eventTime": at, "producer": "https://example.net/",
        "schemaURL": "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
        "run": {"runId": "01a20827-b094-7b81-995e-fd43dc98ceb4"},
        "job": {"namespace": "airflow", "name": "hourly"},
        "inputs": [{"namespace": "a", "name": "b"}],
        "outputs": [{"namespace": "a", "name": "c"}],
    });
    post(service, "/api/v1/lineage", &event, StatusCode::CREATED).await;
}

/// How many rows there are of deliveries, events, measurements and lineage events.
async fn counts(service: &Service) -> [i64; 4] {
    forget_old(&service.state).await.unwrap();
    let mut counts = [0; 4];
    let tables = ["webhook_delivery", "outbox", "measurement", "lineage_event"];
    for (count, table) in counts.iter_mut().zip(tables) {
        *count = service.count(table).await;
    }
    counts
}

/// The subscriber takes, or is given up on, at the time of the service.
async fn settle(service: &Service, state: &str, kind: &str) {
    let sql = "UPDATE webhook_delivery SET state = $1, due_at = $2 \
               WHERE event IN (SELECT position FROM outbox WHERE type = $3)";
    let settled = sqlx::query(sql)
        .bind(state)
        .bind(service.clock.now())
        .bind(kind)
        .execute(&service.state.pool);
    assert_eq!(settled.await.unwrap().rows_affected(), 1);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_owed_stays_until_it_is_taken(pool: PgPool) {
    let service = start(&pool).await;
    settle(&service, "dead", "contract.published").await;
    service.clock.advance(TimeDelta::days(EVENTS + 1));
    assert_eq!(
        counts(&service).await[..2],
        [2, 2],
        "one is due, one was given up"
    );

    settle(&service, "delivered", "domain.created").await;
    assert_eq!(counts(&service).await[..2], [2, 2], "it was taken just now");
    service.clock.advance(TimeDelta::days(EVENTS));
    assert_eq!(
        counts(&service).await[..2],
        [2, 2],
        "the last moment is kept"
    );
    service.clock.advance(TimeDelta::seconds(1));
    assert_eq!(counts(&service).await[..2], [1, 1]);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_nobody_asked_for_goes_with_its_days(pool: PgPool) {
    let service = Service::start(&pool).await;
    service.domain("old").await;
    service.clock.advance(TimeDelta::days(EVENTS));
    service.domain("young").await;
    assert_eq!(counts(&service).await[1], 2);
    service.clock.advance(TimeDelta::seconds(1));
    assert_eq!(counts(&service).await[1], 1);
    let left: String = sqlx::query_scalar("SELECT subject FROM outbox")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert_eq!(left, "domain young");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn evidence_goes_and_history_stays(pool: PgPool) {
    let service = start(&pool).await;
    let edges = service.count("lineage_edge").await;
    service
        .clock
        .advance(TimeDelta::days(LINEAGE) + TimeDelta::seconds(1));
    report(&service).await;
    assert_eq!(counts(&service).await[2..], [2, 1]);
    let rest = TimeDelta::days(MEASUREMENTS - LINEAGE);
    service.clock.advance(rest);
    assert_eq!(counts(&service).await[2..], [1, 0]);

    assert_eq!(
        service.count("lineage_edge").await,
        edges,
        "what was seen was seen"
    );
    assert_eq!(service.count("contract_version").await, 1);
    let log = service.audit().await;
    let began: chrono::DateTime<chrono::Utc> =
        serde_json::from_value(log[0]["at"].clone()).unwrap();
    assert_eq!((log[0]["seq"].as_u64(), began), (Some(1), start_time()));
    let seqs = log.iter().map(|entry| entry["seq"].as_u64().unwrap());
    assert!(seqs.eq(1..=log.len() as u64), "nothing of the log is gone");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn more_than_a_batch_goes_at_once(pool: PgPool) {
    let service = Service::start(&pool).await;
    let sql = "INSERT INTO measurement (contract, object, kind, at, received_at, received_by) \
               SELECT 'queries', 'queries', 'freshness', $1, $1, 'ana' \
               FROM generate_series(1, 2500)";
    let insert = sqlx::query(sql).bind(start_time());
    insert.execute(&pool).await.unwrap();
    assert_eq!(counts(&service).await[2], 2_500);
    service.clock.advance(TimeDelta::days(MEASUREMENTS + 1));
    assert_eq!(counts(&service).await[2], 0);
    let told = forgotten(&service).await;
    let counts = told.iter().map(|it| it["measurements"].as_u64().unwrap());
    assert_eq!(counts.sum::<u64>(), 2_500);
}

/// What the log says of each time that something was removed.
async fn forgotten(service: &Service) -> Vec<serde_json::Value> {
    let log = service.audit().await;
    let rows = log.iter().filter(|it| it["action"] == "retention.forget");
    rows.map(|it| it["detail"]["removed"].clone()).collect()
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_removed_is_in_the_log_or_it_stays(pool: PgPool) {
    let service = start(&pool).await;
    settle(&service, "delivered", "domain.created").await;
    service.clock.advance(TimeDelta::days(MEASUREMENTS + 1));
    let break_it = "ALTER TABLE audit_log ADD CONSTRAINT broken CHECK (false) NOT VALID";
    sqlx::query(break_it).execute(&pool).await.unwrap();
    forget_old(&service.state).await.unwrap_err();
    let left = service.count("measurement").await + service.count("outbox").await;
    assert_eq!(left, 3, "nothing goes that the log is not told of");

    let mend_it = "ALTER TABLE audit_log DROP CONSTRAINT broken";
    sqlx::query(mend_it).execute(&pool).await.unwrap();
    assert_eq!(counts(&service).await, [1, 1, 0, 0]);
    assert_eq!(counts(&service).await, [1, 1, 0, 0]);
    let removed = json!({"deliveries": 1, "events": 1, "measurements": 1, "lineage_events": 1});
    assert_eq!(
        forgotten(&service).await,
        [removed],
        "and where nothing goes there is nothing to tell"
    );
}
