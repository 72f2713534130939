//! The committed OpenAPI document is the one that is served.

use std::path::Path;

use http::{Method, StatusCode};
use sqlx::PgPool;
use zonecut_server::router::openapi;
use zonecut_server::store::MIGRATIONS;

use crate::support::Service;

#[test]
fn the_committed_document_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi/zonecut.json");
    let document = openapi().to_pretty_json().unwrap() + "\n";
    if std::env::var_os("ZONECUT_BLESS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &document).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == document,
        "openapi/zonecut.json is out of date: run the tests of the server with ZONECUT_BLESS=1"
    );
}

#[test]
fn every_operation_says_what_it_takes_and_gives() {
    let api = openapi();
    assert!(
        serde_json::to_value(&api).unwrap()["openapi"]
            .as_str()
            .unwrap()
            .starts_with("3.1")
    );
    for (method, path, operation) in zonecut_server::authorization::operations(&api) {
        let name = format!("{method} {path}");
        assert!(
            operation.summary.is_some() || operation.description.is_some(),
            "{name}"
        );
        assert!(
            operation.tags.as_ref().is_some_and(|tags| tags.len() == 1),
            "{name}"
        );
        let parameters = serde_json::to_value(&operation.parameters).unwrap();
        let parameters = parameters.as_array().cloned().unwrap_or_default();
        let named: Vec<_> = parameters.iter().map(|it| &it["name"]).collect();
        for part in path.split('/').filter_map(|part| part.strip_prefix('{')) {
            let part = part.trim_end_matches('}');
            assert!(
                named.iter().any(|name| *name == part),
                "{name}: parameter `{part}` is not described"
            );
        }
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn it_is_served(pool: PgPool) {
    let service = Service::start(&pool).await;
    let reply = service.anonymous(Method::GET, "/openapi.json").send().await;
    assert_eq!(reply.status, StatusCode::OK);
    assert_eq!(reply.json(), serde_json::to_value(openapi()).unwrap());
}
