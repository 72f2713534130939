//! Promises held against time: silence opens an incident by itself, one measurement closes it.

use chrono::TimeDelta;
use http::StatusCode;
use serde_json::{Value, json};
use sqlx::PgPool;
use zonecut_server::app::expectations::notice_silence;

use crate::support::caller::Caller;
use crate::support::documents::{contract_on_trino, fresh_within};
use crate::support::start_time;

async fn promising(pool: &PgPool, seconds: u32) -> Caller {
    let service = Caller::new(pool).await;
    service.domain("resolvers").await;
    let document = contract_on_trino("br", "resolvers", "1.0.0", &fresh_within(seconds));
    service.publish("br", document).await;
    service
}

async fn after(service: &Caller, seconds: i64) {
    service.state.clock.advance(TimeDelta::seconds(seconds));
    notice_silence(&service.state).await.unwrap();
}

async fn incidents(service: &Caller, state: &str) -> Vec<Value> {
    service.items(&format!("/v1/incidents?state={state}")).await
}

fn measured(service: &Caller, contract: &str) -> Value {
    let at = service.state.clock.now();
    json!({"measurements": [{"contract": contract, "object": "queries", "kind": "freshness", "at": at}]})
}

async fn recorded(service: &Caller, action: &str) -> usize {
    let entries = service.items("/v1/audit?limit=1000").await;
    entries
        .iter()
        .filter(|entry| entry["action"] == action)
        .count()
}

#[sqlx::test(migrator = "zonecut_server::store::MIGRATIONS")]
async fn silence_opens_one_incident_and_one_measurement_closes_it(pool: PgPool) {
    let service = promising(&pool, 60).await;
    let [expectation] = service.items("/v1/expectations").await.try_into().unwrap();
    assert_eq!(expectation["state"], "met");
    assert_eq!(expectation["limit_seconds"], 60.0);
    assert_eq!(
        expectation["deadline"],
        json!(start_time() + TimeDelta::seconds(60))
    );

    after(&service, 60).await;
    assert!(
        incidents(&service, "open").await.is_empty(),
        "the deadline itself still keeps it"
    );
    after(&service, 1).await;
    after(&service, 1).await;
    let [incident] = incidents(&service, "open").await.try_into().unwrap();
    assert_eq!(incident["contract"], "br");
    assert_eq!(incident["kind"], "freshness");
    assert_eq!(
        incident["broken_at"],
        json!(start_time() + TimeDelta::seconds(60))
    );
    assert_eq!(
        incident["opened_at"],
        json!(start_time() + TimeDelta::seconds(61))
    );

    let reply = service
        .post("/v1/measurements", &measured(&service, "br"))
        .await;
    assert_eq!(reply.expect(StatusCode::ACCEPTED), json!({"accepted": 1}));
    assert!(incidents(&service, "open").await.is_empty());
    assert_eq!(incidents(&service, "resolved").await.len(), 1);
    assert_eq!(recorded(&service, "incident.open").await, 1);
    assert_eq!(recorded(&service, "incident.resolve").await, 1);
    assert_eq!(recorded(&service, "measurements.report").await, 1);

    after(&service, 61).await;
    assert_eq!(
        incidents(&service, "open").await.len(),
        1,
        "the next silence opens the next"
    );
    assert_eq!(incidents(&service, "resolved").await.len(), 1);
}

#[sqlx::test(migrator = "zonecut_server::store::MIGRATIONS")]
async fn two_servers_open_one_incident(pool: PgPool) {
    let service = promising(&pool, 60).await;
    let sibling = service.of_sibling().await;
    service.state.clock.advance(TimeDelta::seconds(61));
    let (one, other) = tokio::join!(
        notice_silence(&service.state),
        notice_silence(&sibling.state)
    );
    one.unwrap();
    other.unwrap();
    assert_eq!(incidents(&service, "open").await.len(), 1);
    assert_eq!(recorded(&service, "incident.open").await, 1);
}

#[sqlx::test(migrator = "zonecut_server::store::MIGRATIONS")]
async fn a_new_version_renews_or_withdraws_what_was_promised(pool: PgPool) {
    let service = promising(&pool, 60).await;
    after(&service, 61).await;
    let longer = contract_on_trino("br", "resolvers", "2.0.0", &fresh_within(3_600));
    service.publish("br", longer).await;
    assert!(
        incidents(&service, "open").await.is_empty(),
        "an hour has not passed"
    );
    let [expectation] = service
        .items("/v1/expectations?contract=br")
        .await
        .try_into()
        .unwrap();
    assert_eq!(expectation["limit_seconds"], 3_600.0);

    after(&service, 3_600).await;
    assert_eq!(incidents(&service, "open").await.len(), 1);
    service
        .publish("br", contract_on_trino("br", "resolvers", "3.0.0", ""))
        .await;
    assert!(incidents(&service, "open").await.is_empty());
    assert!(service.items("/v1/expectations").await.is_empty());
    after(&service, 7_200).await;
    assert!(incidents(&service, "open").await.is_empty());

    service
        .publish(
            "br",
            contract_on_trino("br", "resolvers", "4.0.0", &fresh_within(60)),
        )
        .await;
    after(&service, 60).await;
    assert!(
        incidents(&service, "open").await.is_empty(),
        "a promise made again starts anew"
    );
    after(&service, 1).await;
    assert_eq!(incidents(&service, "open").await.len(), 1);
}

#[sqlx::test(migrator = "zonecut_server::store::MIGRATIONS")]
async fn a_draft_promises_nothing(pool: PgPool) {
    let service = Caller::new(&pool).await;
    service.domain("resolvers").await;
    let document = contract_on_trino("br", "resolvers", "1.0.0", &fresh_within(60));
    service
        .publish("br", document.replace("status: active", "status: draft"))
        .await;
    assert!(service.items("/v1/expectations").await.is_empty());
}

#[sqlx::test(migrator = "zonecut_server::store::MIGRATIONS")]
async fn a_batch_is_taken_together_or_not_at_all(pool: PgPool) {
    let service = promising(&pool, 60).await;
    after(&service, 61).await;
    let mut batch = measured(&service, "br");
    let future = service.state.clock.now() + TimeDelta::hours(1);
    let late = json!({"contract": "br", "object": "queries", "kind": "freshness", "at": future});
    batch["measurements"].as_array_mut().unwrap().push(late);
    let refused = service.post("/v1/measurements", &batch).await;
    let refused = refused.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused["code"], "invalid-field");
    assert!(
        refused["detail"]
            .as_str()
            .unwrap()
            .contains("measurements[1]"),
        "{refused}"
    );
    assert_eq!(
        incidents(&service, "open").await.len(),
        1,
        "the first of the batch closed nothing"
    );
    let kept: i64 = sqlx::query_scalar("SELECT count(*) FROM measurement")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert_eq!(kept, 0);
}

#[sqlx::test(migrator = "zonecut_server::store::MIGRATIONS")]
async fn what_can_not_be_meant_is_refused(pool: PgPool) {
    let service = promising(&pool, 60).await;
    let one = |field: &str, value: Value| {
        let mut batch = measured(&service, "br");
        batch["measurements"][0][field] = value;
        batch
    };
    for (batch, code) in [
        (one("kind", json!("freshnes")), "invalid-field"),
        (one("at", json!("yesterday")), "invalid-field"),
        (one("value", json!(-1)), "invalid-field"),
        (one("values", json!(1)), "unknown-field"),
        (json!({"measurements": []}), "invalid-field"),
    ] {
        let refused = service.post("/v1/measurements", &batch).await;
        assert_eq!(
            refused.expect(StatusCode::UNPROCESSABLE_ENTITY)["code"],
            code,
            "{batch}"
        );
    }
}

#[sqlx::test(migrator = "zonecut_server::store::MIGRATIONS")]
async fn each_domain_measures_and_sees_its_own(pool: PgPool) {
    let service = promising(&pool, 60).await;
    service.domain("edge").await;
    after(&service, 61).await;
    let stranger = service.with_role("owner", "edge").await;
    let batch = measured(&service, "br");
    let foreign = stranger.post("/v1/measurements", &batch).await;
    let foreign = foreign.expect(StatusCode::NOT_FOUND);
    let absent = stranger
        .post("/v1/measurements", &measured(&service, "none"))
        .await;
    let absent = absent.expect(StatusCode::NOT_FOUND);
    assert_eq!(
        foreign["detail"]
            .as_str()
            .unwrap()
            .replace("`br`", "`none`"),
        absent["detail"].as_str().unwrap()
    );
    assert!(incidents(&stranger, "open").await.is_empty());
    assert!(stranger.items("/v1/expectations").await.is_empty());
    let owner = service.with_role("owner", "resolvers").await;
    assert_eq!(incidents(&owner, "open").await.len(), 1);
    owner
        .post("/v1/measurements", &batch)
        .await
        .expect(StatusCode::ACCEPTED);
    assert!(incidents(&owner, "open").await.is_empty());
    let reader = service.with_role("viewer", "resolvers").await;
    reader
        .post("/v1/measurements", &batch)
        .await
        .expect(StatusCode::FORBIDDEN);
}

#[sqlx::test(migrator = "zonecut_server::store::MIGRATIONS")]
async fn lists_go_on_where_the_page_ended(pool: PgPool) {
    let service = promising(&pool, 60).await;
    for _ in 0..3 {
        after(&service, 61).await;
        let batch = measured(&service, "br");
        service
            .post("/v1/measurements", &batch)
            .await
            .expect(StatusCode::ACCEPTED);
    }
    let mut seen = Vec::new();
    let mut path = "/v1/incidents?limit=2".to_owned();
    loop {
        let page = service.get(&path).await.expect(StatusCode::OK);
        let items = page["items"].as_array().unwrap();
        seen.extend(
            items
                .iter()
                .map(|item| item["opened_at"].as_str().unwrap().to_owned()),
        );
        let Some(next) = page["next"].as_str() else {
            break;
        };
        path = format!("/v1/incidents?limit=2&cursor={next}");
    }
    let mut newest_first = seen.clone();
    newest_first.sort();
    newest_first.reverse();
    assert_eq!(seen.len(), 3);
    assert_eq!(seen, newest_first);
}

#[sqlx::test(migrator = "zonecut_server::store::MIGRATIONS")]
async fn what_no_contract_names_is_not_measured(pool: PgPool) {
    let service = promising(&pool, 60).await;
    for (field, value) in [("contract", "nowhere"), ("object", "nothing")] {
        let mut batch = measured(&service, "br");
        let mut unknown = batch["measurements"][0].clone();
        unknown[field] = json!(value);
        batch["measurements"].as_array_mut().unwrap().push(unknown);
        let refused = service.post("/v1/measurements", &batch).await;
        let refused = refused.expect(StatusCode::NOT_FOUND);
        let detail = refused["detail"].as_str().unwrap();
        assert!(
            detail.contains(&format!("`measurements[1].{field}`")),
            "{detail}"
        );
    }
    let kept: i64 = sqlx::query_scalar("SELECT count(*) FROM measurement")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert_eq!(kept, 0);
}

#[sqlx::test(migrator = "zonecut_server::store::MIGRATIONS")]
async fn what_is_due_first_is_listed_first(pool: PgPool) {
    let service = Caller::new(&pool).await;
    service.domain("resolvers").await;
    let promises = "slaProperties:\n  \
                    - {property: latency, value: 5, unit: s, element: queries}\n  \
                    - {property: freshness, value: 1, unit: h, element: queries}\n  \
                    - {property: frequency, value: 1, unit: min, element: queries}\n";
    let document = |id: &str| contract_on_trino(id, "resolvers", "1.0.0", promises);
    service.publish("br", document("br")).await;
    service.state.clock.advance(TimeDelta::seconds(10));
    service.publish("cl", document("cl")).await;
    let (mut kinds, mut path) = (Vec::new(), "/v1/expectations?limit=1".to_owned());
    loop {
        let page = service.get(&path).await.expect(StatusCode::OK);
        for item in page["items"].as_array().unwrap() {
            let text = |key: &str| item[key].as_str().unwrap().to_owned();
            kinds.push(format!("{} {}", text("kind"), text("contract")));
        }
        let Some(next) = page["next"].as_str() else {
            break;
        };
        path = format!("/v1/expectations?limit=1&cursor={next}");
    }
    assert_eq!(
        kinds[..4],
        [
            "frequency br",
            "frequency cl",
            "freshness br",
            "freshness cl"
        ]
    );
    kinds.sort();
    kinds.dedup();
    assert_eq!(
        kinds.len(),
        6,
        "each once, and what silence can't break as well: {kinds:?}"
    );
    let foreign = service.get("/v1/expectations?cursor=bm9uZQ").await;
    foreign.expect(StatusCode::UNPROCESSABLE_ENTITY);
}

#[sqlx::test(migrator = "zonecut_server::store::MIGRATIONS")]
async fn a_stricter_promise_begins_when_it_is_made(pool: PgPool) {
    let service = promising(&pool, 3_600).await;
    after(&service, 3_000).await;
    let stricter = contract_on_trino("br", "resolvers", "2.0.0", &fresh_within(600));
    service.publish("br", stricter).await;
    assert!(
        incidents(&service, "open").await.is_empty(),
        "nobody promised that before"
    );
    after(&service, 600).await;
    assert!(incidents(&service, "open").await.is_empty());
    after(&service, 1).await;
    assert_eq!(incidents(&service, "open").await.len(), 1);

    let stricter = contract_on_trino("br", "resolvers", "3.0.0", &fresh_within(60));
    service.publish("br", stricter).await;
    assert_eq!(
        incidents(&service, "open").await.len(),
        1,
        "promising more mends nothing"
    );
}
