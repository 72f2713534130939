//! Lineage over HTTP: what runs report, beside what products declare.

use std::path::{Path, PathBuf};

use http::StatusCode;
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::support::caller::Caller;
use crate::support::documents::contract_on_trino;

const TRINO: &str = "trino://trino.example.net:8443";

/// A domain with two contracts, and a product that declares to make the second from the first.
async fn mesh(pool: &PgPool) -> Caller {
    let service = Caller::new(pool).await;
    service.domain("resolvers").await;
    for id in ["queries-br", "summary-br"] {
        service
            .publish(id, contract_on_trino(id, "resolvers", "1.0.0", ""))
            .await;
    }
    let product = r"
apiVersion: v1.0.0
kind: DataProduct
id: summaries
name: Summaries
status: active
domain: resolvers
inputPorts:
  - {name: queries, version: 1.0.0, contractId: queries-br}
outputPorts:
  - {name: summary, version: 1.0.0, contractId: summary-br}
";
    service.register(product.to_owned()).await;
    service
}

fn run(inputs: &[&str], outputs: &[&str]) -> Value {
    let side = |names: &[&str]| -> Value {
        names
            .iter()
            .map(|name| json!({"namespace": TRINO, "name": name}))
            .collect()
    };
    json!({
        "eventType": "COMPLETE", "eventTime": "2026-03-01T11:59:00Z", "producer": "https://example.net/",
        "schemaURL": "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
        "run": {"runId": "01a20827-b094-7b81-995e-fd43dc98ceb4"},
        "job": {"namespace": "airflow", "name": "hourly"},
        "inputs": side(inputs), "outputs": side(outputs),
    })
}

/// The edges, one line each.
fn edges(graph: &Value) -> Vec<String> {
    let edges = graph["edges"].as_array().unwrap().iter();
    let told = |edge: &Value| {
        let part = |key: &str| edge[key].as_str().unwrap().to_owned();
        format!("{} -> {} {}", part("from"), part("to"), part("kind"))
    };
    let mut edges: Vec<_> = edges.map(told).collect();
    edges.sort();
    edges
}

#[sqlx::test(migrator = "zonecut_server::store::MIGRATIONS")]
async fn an_observed_edge_stands_beside_the_declared_ones(pool: PgPool) {
    let service = mesh(&pool).await;
    let event = run(&["dns.resolvers.queries-br"], &["dns.resolvers.summary-br"]);
    service
        .post("/api/v1/lineage", &event)
        .await
        .expect(StatusCode::CREATED);
    let graph = service
        .get("/v1/lineage?product=summaries")
        .await
        .expect(StatusCode::OK);
    assert_eq!(
        edges(&graph),
        [
            "contract:queries-br -> job:airflow|hourly observed",
            "contract:queries-br -> product:summaries declared",
            "job:airflow|hourly -> contract:summary-br observed",
            "product:summaries -> contract:summary-br declared",
        ]
    );
    let observed = graph["edges"]
        .as_array()
        .unwrap()
        .iter()
        .find(|edge| edge["kind"] == "observed");
    assert_eq!(observed.unwrap()["last_seen"], "2026-03-01T11:59:00Z");
    let x = |id: &str| {
        let nodes = graph["nodes"].as_array().unwrap();
        nodes.iter().find(|node| node["id"] == id).unwrap()["x"]
            .as_i64()
            .unwrap()
    };
    assert!(x("contract:queries-br") < x("product:summaries"));
    assert!(x("product:summaries") < x("contract:summary-br"));
    assert_eq!(x("product:summaries"), x("job:airflow|hourly"));
}

#[sqlx::test(migrator = "zonecut_server::store::MIGRATIONS")]
async fn the_same_event_twice_is_one(pool: PgPool) {
    let service = mesh(&pool).await;
    let event = run(&["dns.resolvers.queries-br"], &["dns.resolvers.summary-br"]);
    let first = service
        .post("/api/v1/lineage", &event)
        .await
        .expect(StatusCode::CREATED);
    assert_eq!(first, json!({"duplicate": false, "warnings": []}));
    let counts = || async {
        let query = "SELECT (SELECT count(*) FROM lineage_event), (SELECT count(*) FROM lineage_edge), \
                     (SELECT count(*) FROM audit_log)";
        sqlx::query_as::<_, (i64, i64, i64)>(query)
            .fetch_one(&pool)
            .await
            .unwrap()
    };
    let before = counts().await;
    let second = service
        .post("/api/v1/lineage", &event)
        .await
        .expect(StatusCode::CREATED);
    assert_eq!(second["duplicate"], true);
    assert_eq!(counts().await, before);
}

#[sqlx::test(migrator = "zonecut_server::store::MIGRATIONS")]
async fn a_contract_published_later_claims_its_dataset(pool: PgPool) {
    let service = mesh(&pool).await;
    let event = run(&["dns.resolvers.late"], &["dns.resolvers.summary-br"]);
    service
        .post("/api/v1/lineage", &event)
        .await
        .expect(StatusCode::CREATED);
    let path = "/v1/lineage?contract=summary-br";
    let unclaimed = format!("dataset:{TRINO}|dns.resolvers.late -> job:airflow|hourly observed");
    assert!(edges(&service.get(path).await.expect(StatusCode::OK)).contains(&unclaimed));

    service
        .publish("late", contract_on_trino("late", "resolvers", "1.0.0", ""))
        .await;
    let claimed = "contract:late -> job:airflow|hourly observed".to_owned();
    let sibling = service.of_sibling().await;
    for node in [&sibling, &service] {
        let told = edges(&node.get(path).await.expect(StatusCode::OK));
        assert!(
            told.contains(&claimed) && !told.contains(&unclaimed),
            "{told:?}"
        );
    }
    let by_dataset = format!("/v1/lineage?dataset={TRINO}%7Cdns.resolvers.late&depth=1");
    assert_eq!(
        edges(&service.get(&by_dataset).await.expect(StatusCode::OK)),
        [claimed]
    );
}

#[sqlx::test(migrator = "zonecut_server::store::MIGRATIONS")]
async fn events_of_real_engines_are_taken(pool: PgPool) {
    let service = mesh(&pool).await;
    let root = std::env::var_os("ZONECUT_VECTORS").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/vectors"),
        PathBuf::from,
    );
    for name in ["trino-476-events.jsonl", "spark-4.0-events.jsonl"] {
        let path = root.join("openlineage").join(name);
        let Ok(text) = std::fs::read_to_string(&path) else {
            println!("skipped: {} is not there", path.display());
            continue;
        };
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let event = serde_json::from_str(line).unwrap();
            let reply = service
                .post("/api/v1/lineage", &event)
                .await
                .expect(StatusCode::CREATED);
            assert_eq!(reply["warnings"], json!([]));
        }
        let all = "SELECT count(*) FROM lineage_edge";
        let count: i64 = sqlx::query_scalar(all).fetch_one(&pool).await.unwrap();
        assert!(count > 3, "{count} edges after {name}");
    }
}

#[sqlx::test(migrator = "zonecut_server::store::MIGRATIONS")]
async fn the_walk_keeps_to_its_depth_and_never_turns_back(pool: PgPool) {
    let service = mesh(&pool).await;
    let event = run(&["dns.resolvers.queries-br"], &["dns.resolvers.elsewhere"]);
    service
        .post("/api/v1/lineage", &event)
        .await
        .expect(StatusCode::CREATED);
    let near = service
        .get("/v1/lineage?contract=queries-br&depth=1")
        .await
        .expect(StatusCode::OK);
    assert_eq!(near["nodes"].as_array().unwrap().len(), 3);
    let elsewhere = format!("dataset:{TRINO}|dns.resolvers.elsewhere");
    let graph = service
        .get("/v1/lineage?product=summaries&depth=20")
        .await
        .expect(StatusCode::OK);
    let has = |graph: &Value| {
        graph["nodes"]
            .as_array()
            .unwrap()
            .iter()
            .any(|node| node["id"] == elsewhere)
    };
    assert!(
        !has(&graph),
        "what shares only a source with the product is not on its way"
    );
    let graph = service
        .get("/v1/lineage?contract=queries-br")
        .await
        .expect(StatusCode::OK);
    assert!(has(&graph));
}

#[sqlx::test(migrator = "zonecut_server::store::MIGRATIONS")]
async fn consumers_are_declared_or_observed(pool: PgPool) {
    let service = mesh(&pool).await;
    let offers = |id: &str, contract: &str| {
        format!(
            "apiVersion: v1.0.0\nkind: DataProduct\nid: {id}\nname: {id}\nstatus: active\ndomain: resolvers\n\
             outputPorts:\n  - {{name: out, version: 1.0.0, contractId: {contract}}}\n"
        )
    };
    service
        .publish(
            "silent",
            contract_on_trino("silent", "resolvers", "1.0.0", ""),
        )
        .await;
    service.register(offers("queries", "queries-br")).await;
    service.register(offers("undeclared", "silent")).await;
    let event = run(&["dns.resolvers.queries-br"], &["dns.resolvers.silent"]);
    service
        .post("/api/v1/lineage", &event)
        .await
        .expect(StatusCode::CREATED);
    let consumers = service.items("/v1/products/queries/consumers").await;
    let told: Vec<_> = consumers
        .iter()
        .map(|it| {
            (
                it["product"].as_str().unwrap(),
                it["kind"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [("summaries", "declared"), ("undeclared", "observed")]
    );
}

#[sqlx::test(migrator = "zonecut_server::store::MIGRATIONS")]
async fn other_domains_are_not_shown(pool: PgPool) {
    let service = mesh(&pool).await;
    service.domain("edge").await;
    service
        .publish("hits", contract_on_trino("hits", "edge", "1.0.0", ""))
        .await;
    let event = run(&["dns.resolvers.queries-br"], &["dns.edge.hits"]);
    service
        .post("/api/v1/lineage", &event)
        .await
        .expect(StatusCode::CREATED);
    let viewer = service.with_role("viewer", "edge").await;
    viewer
        .get("/v1/lineage?product=summaries")
        .await
        .expect(StatusCode::NOT_FOUND);
    viewer
        .get("/v1/lineage?contract=queries-br")
        .await
        .expect(StatusCode::NOT_FOUND);
    let graph = viewer
        .get("/v1/lineage?contract=hits")
        .await
        .expect(StatusCode::OK);
    assert_eq!(
        edges(&graph),
        ["job:airflow|hourly -> contract:hits observed"]
    );
    assert_eq!(
        viewer.get("/v1/lineage").await.expect(StatusCode::OK)["nodes"],
        json!([])
    );
}

#[sqlx::test(migrator = "zonecut_server::store::MIGRATIONS")]
async fn what_can_not_be_meant_is_refused(pool: PgPool) {
    let service = mesh(&pool).await;
    let nothing = service.post("/api/v1/lineage", &json!({})).await;
    assert_eq!(
        nothing.expect(StatusCode::UNPROCESSABLE_ENTITY)["code"],
        "invalid-document"
    );
    for query in [
        "depth=0",
        "depth=21",
        "dataset=x",
        "product=a&contract=b",
        "nodes=1",
    ] {
        let reply = service.get(&format!("/v1/lineage?{query}")).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
    }
    for query in ["product=x", "contract=x", "dataset=a%7Cb"] {
        service
            .get(&format!("/v1/lineage?{query}"))
            .await
            .expect(StatusCode::NOT_FOUND);
    }
    let viewer = service.with_role("viewer", "*").await;
    viewer
        .post("/api/v1/lineage", &run(&[], &[]))
        .await
        .expect(StatusCode::FORBIDDEN);
}

#[sqlx::test(migrator = "zonecut_server::store::MIGRATIONS")]
async fn a_table_named_twice_in_one_event_is_one_with_all_its_names(pool: PgPool) {
    let service = mesh(&pool).await;
    let known = run(&["dns.resolvers.queries-br"], &["dns.resolvers.other"]);
    service
        .post("/api/v1/lineage", &known)
        .await
        .expect(StatusCode::CREATED);
    let file = |link: &str| {
        json!({"namespace": "s3://lake", "name": "merge", "facets": {"symlinks": {
            "_producer": "https://example.net/", "_schemaURL": "https://example.net/s",
            "identifiers": [{"namespace": TRINO, "name": link, "type": "TABLE"}],
        }}})
    };
    // Read and written, as a MERGE does, and each time under another name.
    let mut event = run(&["dns.resolvers.queries-br"], &["dns.resolvers.summary-br"]);
    event["inputs"]
        .as_array_mut()
        .unwrap()
        .push(file("dns.a.b"));
    event["outputs"]
        .as_array_mut()
        .unwrap()
        .push(file("dns.c.d"));
    service
        .post("/api/v1/lineage", &event)
        .await
        .expect(StatusCode::CREATED);
    let (datasets, names): (i64, i64) = sqlx::query_as(
        "SELECT count(*), max(jsonb_array_length(symlinks))::bigint FROM lineage_dataset",
    )
    .fetch_one(&pool)
    .await
    .unwrap();
    assert_eq!((datasets, names), (4, 2));
}
