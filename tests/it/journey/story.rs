//! The main job, end to end: the real binary, over HTTP, on a real PostgreSQL of its own.
//!
//! One journey, in the order in which people meet it; each step is a function of its own.

use std::path::Path;
use std::time::{Duration, Instant};

use hmac::{Hmac, KeyInit as _, Mac as _};
use reqwest::Method;
use serde_json::{Value, json};
use sha2::Sha256;

use super::api::{Answer, Api};
use super::hostile::documents_made_to_hurt_are_refused;
use super::receiver::Subscriber;
use super::zonecut::{self, Server};
use crate::wire::Message;

const CONTRACT: &str = include_str!("../../fixtures/story/orders-1.0.0.odcs.yaml");
const BROKEN: &str = include_str!("../../fixtures/story/orders-broken.odcs.yaml");
const PAID: &str = include_str!("../../fixtures/story/orders-2.0.0.odcs.yaml");
const PRODUCT: &str = include_str!("../../fixtures/story/orders.odps.yaml");
const HEARTBEAT: &str = include_str!("../../fixtures/story/heartbeat.odcs.yaml");

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_main_job_works_end_to_end() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let server = Server::start(data.path());
    let api = Api::new(&server.url, &server.token);

    the_shipped_mesh_is_there(&api).await;
    documents_made_to_hurt_are_refused(&api, &server).await;
    a_version_is_refused_until_it_pays(&api, data.path()).await;
    decisions_follow_the_shipped_policies(&api).await;
    a_removed_binding_changes_the_answer_within_a_second(&api).await;
    lineage_adds_an_observed_edge(&api).await;
    silence_becomes_an_incident_and_one_measurement_closes_it(&api).await;
    the_audit_log_has_it_all_and_verifies_offline(&api, data.path()).await;

    server.stop();
    a_second_start_is_quick_and_keeps_everything(data.path()).await;
}

async fn the_shipped_mesh_is_there(api: &Api) {
    let domains = api.get("/v1/domains").await.expect(200).json();
    let names = texts(&domains["items"], "name");
    assert_eq!(names, ["authoritative", "edge", "privacy", "resolvers"]);
    let products = api.get("/v1/products").await.expect(200).json();
    let ids = texts(&products["items"], "id");
    let shipped = [
        "authoritative-latency-de",
        "edge-cache-hits",
        "nxdomain-hourly-br",
        "recursive-queries-br",
        "rssac002",
        "zeek-dns",
    ];
    for id in shipped {
        assert!(
            ids.iter().any(|known| known == id),
            "`{id}` is missing from {ids:?}"
        );
    }
    let found = api.get("/v1/products?q=nxdomain").await.expect(200).json();
    assert!(
        texts(&found["items"], "id").contains(&"nxdomain-hourly-br".to_owned()),
        "{found}"
    );
}

/// Register, dry-run, refuse, publish, fetch: step 3 and 4 of the story.
async fn a_version_is_refused_until_it_pays(api: &Api, folder: &Path) {
    api.post_yaml("/v1/products", PRODUCT).await.expect(201);
    let first = api
        .post_yaml("/v1/contracts/shop-orders/versions", CONTRACT)
        .await
        .expect(201);
    let hash = first.etag();

    let dry_run = api
        .post_yaml("/v1/contracts/shop-orders/checks", BROKEN)
        .await
        .expect(200)
        .json();
    assert_eq!(dry_run["publishable"], false, "{dry_run}");
    assert_eq!(
        without_places(dry_run),
        without_places(checked_by_the_command(folder))
    );

    let refused = api
        .post_yaml("/v1/contracts/shop-orders/versions", BROKEN)
        .await
        .expect(409)
        .json();
    assert_eq!(refused["code"], "breaking-not-paid", "{refused}");
    assert_eq!(
        refused["report"]["contracts"][0]["version"]["required"],
        "2.0.0"
    );
    api.get("/v1/contracts/shop-orders/versions/1.1.0")
        .await
        .expect(404);

    let published = api
        .post_yaml("/v1/contracts/shop-orders/versions", PAID)
        .await
        .expect(201);
    assert_ne!(published.etag(), hash);
    let path = "/v1/contracts/shop-orders/versions/1.0.0";
    let fetched = api.get(path).await.expect(200);
    assert_eq!(
        (fetched.etag(), fetched.text.as_str()),
        (hash.clone(), CONTRACT),
        "kept byte for byte"
    );
    let again = api.request(Method::GET, path).header("if-none-match", hash);
    api.send(again).await.expect(304);
}

/// What `zonecut check --before --after` says about the same pair; it must exit with 1.
fn checked_by_the_command(folder: &Path) -> Value {
    std::fs::write(folder.join("before.odcs.yaml"), CONTRACT).expect("a writable folder");
    std::fs::write(folder.join("after.odcs.yaml"), BROKEN).expect("a writable folder");
    let arguments = [
        "check",
        "--before",
        "before.odcs.yaml",
        "--after",
        "after.odcs.yaml",
        "--format",
        "json",
    ];
    let output = zonecut::run(folder, &arguments);
    assert_eq!(
        output.status.code(),
        Some(1),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let report = zonecut::json(&output);
    let removed = report["contracts"][0]["findings"]
        .as_array()
        .and_then(|findings| {
            findings
                .iter()
                .find(|finding| finding["rule"] == "property-removed")
        })
        .unwrap_or_else(|| panic!("no `property-removed` in {report}"));
    let line = removed["before"]["line"]
        .as_u64()
        .and_then(|line| usize::try_from(line).ok());
    let text = CONTRACT
        .lines()
        .nth(line.expect("a line") - 1)
        .expect("the line is there");
    assert!(
        text.contains("customer_note"),
        "the finding points at `{text}`"
    );
    report
}

async fn decisions_follow_the_shipped_policies(api: &Api) {
    let analyst = decide(api, &["noc-br"], Some("operations"), "queries").await;
    assert_eq!(analyst["allow"], true, "{analyst}");
    let client = &analyst["columns"]["client_ip"];
    assert_eq!(
        client["mask"],
        json!({"type": "ip-prefix", "v4": 24, "v6": 48}),
        "{analyst}"
    );
    let qname = &analyst["columns"]["qname"]["mask"];
    assert_eq!(
        qname,
        &json!({"type": "domain", "to": "registrable"}),
        "{analyst}"
    );
    let filters = analyst["filters"].to_string();
    assert!(
        filters.contains("resolver_country") && filters.contains("BR"),
        "{analyst}"
    );

    let hunter = decide(api, &["csirt"], Some("incident-response"), "queries").await;
    for column in ["client_ip", "qname"] {
        assert_eq!(hunter["columns"][column]["access"], "clear", "{hunter}");
    }
    let outsider = decide(api, &["marketing"], Some("operations"), "queries").await;
    assert_eq!(outsider["allow"], false, "{outsider}");
    assert!(
        outsider["reasons"]
            .as_array()
            .is_some_and(|reasons| !reasons.is_empty()),
        "{outsider}"
    );
    let unknown = decide(api, &["noc-br"], Some("operations"), "no_such_object").await;
    assert_eq!(unknown["allow"], false, "{unknown}");
}

async fn decide(api: &Api, groups: &[&str], purpose: Option<&str>, object: &str) -> Value {
    let request = json!({
        "principal": {"user": "somebody", "groups": groups}, "action": "select",
        "engine": "trino-br", "purpose": purpose, "explain": true,
        "objects": [{"contract": "recursive-queries-br", "object": object,
                     "columns": ["client_ip", "qname"]}],
    });
    let answer = api.post("/v1/decisions", &request).await.expect(200).json();
    assert!(
        answer["serial"].as_u64().is_some_and(|serial| serial > 0),
        "{answer}"
    );
    answer["decisions"][0].clone()
}

async fn a_removed_binding_changes_the_answer_within_a_second(api: &Api) {
    let path = "/v1/policies/roles.resolvers.resolvers";
    let current = api.get(path).await.expect(200);
    let document = current.json()["document"]
        .as_str()
        .expect("the document's text")
        .to_owned();
    let unbound = document.replace("noc-br", "nobody-here");
    assert_ne!(document, unbound, "the shipped roles bind `noc-br`");

    // The least of several: a busy machine only ever adds.
    let mut took = Vec::new();
    while took.iter().all(|took| *took >= Duration::from_secs(1)) {
        assert!(took.len() < 5, "the old binding still counted: {took:?}");
        let bound = api.get(path).await.expect(200).etag();
        put_policy(api, path, &bound, &unbound).await.expect(200);
        took.push(until_allowed(api, false).await);
        let stale = put_policy(api, path, &bound, &document).await.expect(412);
        assert_eq!(stale.json()["code"], "precondition-failed");
        let newest = api.get(path).await.expect(200).etag();
        put_policy(api, path, &newest, &document).await.expect(200);
        until_allowed(api, true).await;
    }
}

/// How long it takes until the analysts are allowed, or are not.
async fn until_allowed(api: &Api, allowed: bool) -> Duration {
    let began = Instant::now();
    while decide(api, &["noc-br"], Some("operations"), "queries").await["allow"] != allowed {
        assert!(began.elapsed() < Duration::from_secs(30), "no other answer");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    began.elapsed()
}

async fn put_policy(api: &Api, path: &str, etag: &str, document: &str) -> Answer {
    let request = api.request(Method::PUT, path).header("if-match", etag);
    let request = request.header("content-type", "application/yaml");
    api.send(request.body(document.to_owned())).await
}

async fn lineage_adds_an_observed_edge(api: &Api) {
    let path = "/v1/lineage?product=nxdomain-hourly-br&depth=3";
    let declared = api.get(path).await.expect(200).json();
    assert!(
        has_edge(&declared, "declared") && !has_edge(&declared, "observed"),
        "{declared}"
    );
    let event = json!({
        "eventType": "COMPLETE", "eventTime": "2025-03-01T10:00:00Z",
        "run": {"runId": "01956f3c-9d3a-7c5e-8a51-000000000001"},
        "job": {"namespace": "airflow", "name": "nxdomain_hourly"},
        "inputs": [{"namespace": "trino://trino.lake-br.example.net:8443", "name": "dns.resolvers.recursive_queries"}],
        "outputs": [{"namespace": "trino://trino.lake-br.example.net:8443", "name": "dns.resolvers.nxdomain_hourly"}],
        "producer": "https://example.org/airflow", "schemaURL":
            "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
    });
    api.post("/api/v1/lineage", &event).await.expect(201);
    let observed = api.get(path).await.expect(200).json();
    assert!(
        has_edge(&observed, "declared") && has_edge(&observed, "observed"),
        "{observed}"
    );
}

fn has_edge(graph: &Value, kind: &str) -> bool {
    graph["edges"]
        .as_array()
        .is_some_and(|edges| edges.iter().any(|edge| edge["kind"] == kind))
}

async fn silence_becomes_an_incident_and_one_measurement_closes_it(api: &Api) {
    let subscriber = Subscriber::start().await;
    let events = ["incident.opened", "incident.resolved"];
    let webhook = json!({"url": subscriber.url, "events": events});
    let webhook = api.post("/v1/webhooks", &webhook).await.expect(201).json();
    assert!(
        webhook["secret"]
            .as_str()
            .is_some_and(|secret| secret.len() >= 32)
    );

    api.post_yaml("/v1/contracts/heartbeat/versions", HEARTBEAT)
        .await
        .expect(201);
    let within = Duration::from_secs(15);
    let opened = subscriber
        .next_with(&["incident.opened", "heartbeat"], within)
        .await;
    assert_signed(&opened, webhook["secret"].as_str().unwrap_or_default());
    let open = api.get("/v1/incidents?state=open").await.expect(200).json();
    assert!(
        texts(&open["items"], "contract").contains(&"heartbeat".to_owned()),
        "{open}"
    );

    let measurement = json!({"measurements": [{
        "contract": "heartbeat", "object": "beats", "kind": "freshness",
        "at": now(),
        "value": 0,
    }]});
    api.post("/v1/measurements", &measurement).await.expect(202);
    subscriber
        .next_with(&["incident.resolved", "heartbeat"], within)
        .await;
}

/// The signature is the one that `docs/webhooks.md` tells subscribers to verify.
fn assert_signed(delivery: &Message, secret: &str) {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("any key will do");
    mac.update(format!("{}.{}", delivery.header("zonecut-timestamp"), delivery.body).as_bytes());
    let signature = format!("v1={}", hex::encode(mac.finalize().into_bytes()));
    assert_eq!(delivery.header("zonecut-signature"), signature);
}

#[expect(
    clippy::disallowed_methods,
    reason = "a measurement is taken now; there is no caller to ask"
)]
fn now() -> String {
    chrono::Utc::now().to_rfc3339()
}

async fn the_audit_log_has_it_all_and_verifies_offline(api: &Api, folder: &Path) {
    let export = api.request(Method::GET, "/v1/audit?limit=10000");
    let export = api
        .send(export.header("accept", "application/x-ndjson"))
        .await
        .expect(200)
        .text;
    for trace in [
        "shop-orders",
        "roles.resolvers.resolvers",
        "heartbeat",
        "refused",
        "incident",
    ] {
        assert!(
            export.contains(trace),
            "no trace of `{trace}` in the audit log"
        );
    }
    std::fs::write(folder.join("audit.ndjson"), &export).expect("a writable folder");
    let verified = zonecut::run(folder, &["audit", "verify", "audit.ndjson"]);
    assert!(
        verified.status.success(),
        "{}",
        String::from_utf8_lossy(&verified.stderr)
    );

    let forged = export.replacen("shop-orders", "shop-returns", 1);
    std::fs::write(folder.join("forged.ndjson"), forged).expect("a writable folder");
    let refused = zonecut::run(folder, &["audit", "verify", "forged.ndjson"]);
    assert_eq!(
        refused.status.code(),
        Some(1),
        "a forged line must be found"
    );
}

async fn a_second_start_is_quick_and_keeps_everything(data: &Path) {
    const SOON: Duration = Duration::from_secs(2);
    let mut server = Server::start(data);
    // The least of several: a busy machine only ever adds.
    for _ in 0..2 {
        if server.ready_after >= SOON {
            server.stop();
            server = Server::start(data);
        }
    }
    assert!(server.ready_after < SOON, "{:?}", server.ready_after);
    let api = Api::new(&server.url, &server.token);
    api.get("/v1/contracts/shop-orders/versions/2.0.0")
        .await
        .expect(200);

    server.crash();
    let after_crash = Server::start(data);
    let api = Api::new(&after_crash.url, &after_crash.token);
    let kept = api
        .get("/v1/contracts/shop-orders/versions/1.0.0")
        .await
        .expect(200);
    assert_eq!(kept.text, CONTRACT);
    after_crash.stop();
}

fn texts(items: &Value, field: &str) -> Vec<String> {
    let mut texts: Vec<String> = items
        .as_array()
        .unwrap_or_else(|| panic!("not a list: {items}"))
        .iter()
        .filter_map(|item| item[field].as_str().map(str::to_owned))
        .collect();
    texts.sort();
    texts
}

/// A report without file names, which differ between a folder and the registry.
fn without_places(mut report: Value) -> Value {
    fn strip(value: &mut Value) {
        match value {
            Value::Object(map) => {
                map.remove("file");
                map.values_mut().for_each(strip);
            }
            Value::Array(items) => items.iter_mut().for_each(strip),
            _ => {}
        }
    }
    strip(&mut report);
    report
}
