//! Trino asks Zonecut by its access control `opa`, and serves what it is told to.

mod between;
mod failing;
mod process;
mod reading;
mod writing;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::{Value, json};
use tempfile::TempDir;

use between::{Between, Manner};
use process::{Failed, Rows, Trino};

use crate::checkout::root;
use crate::journey::api::Api;
use crate::journey::zonecut::Server;

/// How long Trino waits for an answer of Zonecut's, as the guide sets it.
const PATIENCE: Duration = Duration::from_secs(5);

/// The same table, stored in two ways.
const PLACES: [&str; 2] = ["lake.resolvers", "memory.default"];

/// The addresses that the guide sets, and the one that asks for one column at a time.
const BATCHED: [(&str, &str); 4] = [
    ("uri", "allow"),
    ("batched-uri", "batch"),
    ("row-filters-uri", "row-filters"),
    ("batch-column-masking-uri", "batch-column-masks"),
];
const ONE_BY_ONE: (&str, &str) = ("column-masking-uri", "column-mask");

/// A Zonecut, a Trino that asks it, and what stands between them.
struct Mesh {
    server: Server,
    api: Api,
    between: Between,
    trino: Trino,
    /// Of the engine's token.
    token_id: String,
    data: TempDir,
}

fn fixtures() -> PathBuf {
    root().join("tests/fixtures/engines")
}

impl Mesh {
    /// Starts all of it, with Trino asking at `addresses`, and fills the tables.
    async fn start(addresses: &[(&str, &str)]) -> Self {
        let data = tempfile::tempdir().expect("a temporary folder");
        let server = Server::start_with(data.path(), &fixtures());
        let api = Api::new(&server.url, &server.token);
        let between = Between::start(&server.url).await;
        let token = json!({"principal": "trino-br", "roles": [{"role": "engine", "domain": "*"}]});
        let token = api.post("/v1/tokens", &token).await.expect(201).json();
        let text = |field: &str| token[field].as_str().expect("a text").to_owned();
        let key = text("token");
        let address = |(property, endpoint): &(&str, &str)| {
            let url = &between.url;
            format!("opa.policy.{property}={url}/opa/trino-br/{endpoint}?key={key}\n")
        };
        let opa: String = addresses.iter().map(address).collect();
        let timeout = format!("opa.http-client.request-timeout={}s\n", PATIENCE.as_secs());
        let trino = Trino::start(&format!("access-control.name=opa\n{opa}{timeout}")).await;
        let mesh = Self {
            token_id: text("id"),
            server,
            api,
            between,
            trino,
            data,
        };
        mesh.fill().await;
        mesh
    }

    async fn fill(&self) {
        // Schemas are in no contract: nobody makes one where Zonecut guards.
        self.refused("olga", "CREATE SCHEMA lake.resolvers").await;
        self.between.set(Manner::Grant);
        self.rows("olga", "CREATE SCHEMA lake.resolvers").await;
        self.between.set(Manner::PassOn);
        for place in PLACES {
            for statement in include_str!("tables.sql").split(";\n") {
                let statement = statement.trim().replace("${place}", place);
                if !statement.is_empty() {
                    self.rows("olga", &statement).await;
                }
            }
        }
        self.between.asked();
    }

    /// The rows that `user` is served.
    async fn rows(&self, user: &str, statement: &str) -> Rows {
        let served = self.trino.run(user, statement).await;
        served.unwrap_or_else(|failed| panic!("{user}: {statement}: {failed:?}"))
    }

    /// The first column of them.
    async fn column(&self, user: &str, statement: &str) -> Vec<String> {
        let rows = self.rows(user, statement).await;
        let first = |row: &Vec<Value>| row[0].as_str().expect("a text").to_owned();
        rows.iter().map(first).collect()
    }

    /// Why `user` is served nothing.
    async fn failed(&self, user: &str, statement: &str) -> Failed {
        match self.trino.run(user, statement).await {
            Ok(rows) => panic!("{user} is served {rows:?} by {statement}"),
            Err(failed) => failed,
        }
    }

    /// Asserts that `user` is refused by what Zonecut answered, not for want of an answer: of an error
    /// Trino shows the address, and so the engine's token.
    async fn refused(&self, user: &str, statement: &str) {
        let failed = self.failed(user, statement).await;
        assert_eq!(failed.name, "PERMISSION_DENIED", "{statement}: {failed:?}");
        assert!(failed.message.starts_with("Access Denied: "), "{failed:?}");
    }

    /// Waits until a denial of `operation` to `user` stands in the audit log, and gives its reasons.
    async fn reasons(&self, user: &str, operation: &str) -> String {
        let began = Instant::now();
        loop {
            let log = self.api.get("/v1/audit?limit=1000").await.expect(200);
            let log = log.json();
            let items = log["items"].as_array().expect("entries");
            let mut found = items.iter().filter(|it| {
                let detail = &it["detail"];
                it["action"] == "decision.deny"
                    && detail["user"] == user
                    && detail["action"] == operation
            });
            if let Some(denial) = found.next() {
                return denial["detail"]["reasons"].to_string();
            }
            assert!(
                began.elapsed() < Duration::from_secs(5),
                "no denial of `{operation}` to {user}: {log}"
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Replaces a text in a policy document.
    async fn change_policy(&self, id: &str, from: &str, to: &str) {
        let path = format!("/v1/policies/{id}");
        let policy = self.api.get(&path).await.expect(200);
        let document = policy.json()["document"]
            .as_str()
            .expect("a text")
            .to_owned();
        assert!(document.contains(from), "{document}");
        let request = self.api.request(Method::PUT, &path);
        let request = request
            .header("if-match", policy.etag())
            .header("content-type", "application/yaml")
            .body(document.replace(from, to));
        self.api.send(request).await.expect(200);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs Trino: make test-engines"]
async fn a_live_trino_serves_what_zonecut_allows() {
    let mut mesh = Mesh::start(&[&BATCHED[..], &[ONE_BY_ONE]].concat()).await;
    for place in PLACES {
        reading::rows_and_columns_are_those_of_the_policies(&mesh, place).await;
        reading::views_show_what_their_kind_does(&mesh, place).await;
        reading::lists_show_what_is_there_for_the_user(&mesh, place).await;
        writing::rows_are_changed_by_those_who_may(&mesh, place).await;
    }
    assert!(
        mesh.between.asked().iter().all(|it| it != ONE_BY_ONE.1),
        "with an address for all columns at once Trino asks for none by itself"
    );
    writing::changes_that_only_iceberg_knows(&mesh).await;
    reading::what_is_not_guarded_is_open(&mesh).await;
    failing::what_is_revoked_is_refused_to_the_next_query(&mesh).await;
    failing::a_server_that_answers_with_errors_or_not_at_all_serves_nothing(&mesh).await;
    mesh = failing::a_server_that_dies_during_a_query_serves_nothing(mesh).await;
    failing::a_token_that_was_revoked_serves_nothing(&mesh).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs Trino: make test-engines"]
async fn asked_for_one_column_at_a_time_the_answers_are_the_same() {
    let mesh = Mesh::start(&[&BATCHED[..3], &[ONE_BY_ONE]].concat()).await;
    for place in PLACES {
        reading::rows_and_columns_are_those_of_the_policies(&mesh, place).await;
        reading::views_show_what_their_kind_does(&mesh, place).await;
    }
    let asked = mesh.between.asked();
    assert!(asked.iter().any(|it| it == ONE_BY_ONE.1));
}
