//! The audit log as it is read: from its beginning, from its end, and as lines.

use http::{Method, StatusCode};
use sqlx::PgPool;
use zonecut_server::store::MIGRATIONS;

use crate::support::Service;

async fn start(pool: &PgPool) -> Service {
    let service = Service::start(pool).await;
    for name in ["a", "b", "c"] {
        service.domain(name).await;
    }
    service
}

/// The numbers of the entries on each page, from the page at `path` on; `go_on` is the parameter
/// that the next page begins with.
async fn pages(service: &Service, path: &str, go_on: &str) -> Vec<Vec<u64>> {
    let (mut pages, mut place) = (Vec::new(), String::new());
    loop {
        let page = service.admin(Method::GET, &format!("{path}{place}"));
        let page = page.send().await.json();
        let items = page["items"].as_array().unwrap().iter();
        pages.push(items.map(|entry| entry["seq"].as_u64().unwrap()).collect());
        let Some(next) = page["next"].as_u64() else {
            return pages;
        };
        place = format!("&{go_on}={next}");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn it_is_read_from_either_end(pool: PgPool) {
    let service = start(&pool).await;
    let oldest_first = pages(&service, "/v1/audit?limit=2", "after").await;
    assert_eq!(oldest_first, [vec![1, 2], vec![3, 4]]);
    let newest_first = pages(&service, "/v1/audit?order=desc&limit=3", "before").await;
    assert_eq!(newest_first, [vec![4, 3, 2], vec![1]]);
    let between = pages(&service, "/v1/audit?after=1&before=4&limit=9", "after").await;
    assert_eq!(between, [vec![2, 3]]);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_export_is_in_the_order_of_the_chain(pool: PgPool) {
    let service = start(&pool).await;
    let lines = |path| {
        service
            .admin(Method::GET, path)
            .header("accept", "application/x-ndjson")
            .send()
    };
    let all = String::from_utf8(lines("/v1/audit").await.bytes).unwrap();
    let seqs: Vec<_> = all
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["seq"].clone())
        .collect();
    assert_eq!(seqs, [1, 2, 3, 4]);
    let backwards = lines("/v1/audit?order=desc").await;
    assert_eq!(backwards.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(backwards.code(), "invalid-field");
}
