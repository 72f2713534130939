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

use crate::checkout::{read, root};
use crate::journey::api::Api;
use crate::journey::zonecut::Server;

/// How long Trino waits for an answer of Zonecut's, as the guide sets it.
const PATIENCE: Duration = Duration::from_secs(5);

/// The same table, stored in two ways.
const PLACES: [&str; 2] = ["lake.resolvers", "memory.default"];

/// The last parts of the addresses that ask for masks.
const BATCHED: &str = "batch-column-masks";
const ONE_BY_ONE: &str = "column-mask";

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

/// `etc/access-control.properties` as the guide has it.
fn settings() -> String {
    let guide = read("docs/guides/trino.md");
    let (_, block) = guide.split_once("```properties\n").expect("a block");
    let (block, _) = block.split_once("```").expect("it ends");
    let patience = format!("request-timeout={}s\n", PATIENCE.as_secs());
    assert!(block.contains(&patience), "{block}");
    block.to_owned()
}

/// The line that has Trino ask for the masks of one column at a time.
fn one_by_one() -> String {
    let settings = settings();
    let mut lines = settings.lines().filter(|line| line.contains(BATCHED));
    let batched = lines.next().expect("a line of the guide's");
    batched
        .replace("batch-column-masking-uri", "column-masking-uri")
        .replace(BATCHED, ONE_BY_ONE)
        + "\n"
}

impl Mesh {
    /// Starts all of it, with Trino's access control set as in the guide, and fills the tables.
    async fn start(settings: &str) -> Self {
        let data = tempfile::tempdir().expect("a temporary folder");
        let server = Server::start_with(data.path(), &fixtures());
        let api = Api::new(&server.url, &server.token);
        let between = Between::start(&server.url).await;
        let token = json!({"principal": "trino-br", "roles": [{"role": "engine", "domain": "*"}]});
        let token = api.post("/v1/tokens", &token).await.expect(201).json();
        let text = |field: &str| token[field].as_str().expect("a text").to_owned();
        let key = text("token");
        let ours = settings.replace("http://127.0.0.1:8080", &between.url);
        let trino = Trino::start(&ours.replace("zc_…", &key)).await;
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
                began.elapsed() < Duration::from_secs(30),
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
    let mut mesh = Mesh::start(&(settings() + &one_by_one())).await;
    for place in PLACES {
        reading::rows_and_columns_are_those_of_the_policies(&mesh, place).await;
        reading::views_show_what_their_kind_does(&mesh, place).await;
        reading::lists_show_what_is_there_for_the_user(&mesh, place).await;
        writing::rows_are_changed_by_those_who_may(&mesh, place).await;
    }
    assert!(
        mesh.between.asked().iter().all(|it| it != ONE_BY_ONE),
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
    let without = settings();
    let without = without.lines().filter(|line| !line.contains(BATCHED));
    let without: Vec<_> = without.collect();
    let mesh = Mesh::start(&(without.join("\n") + "\n" + &one_by_one())).await;
    for place in PLACES {
        reading::rows_and_columns_are_those_of_the_policies(&mesh, place).await;
        reading::views_show_what_their_kind_does(&mesh, place).await;
    }
    let asked = mesh.between.asked();
    assert!(asked.iter().any(|it| it == ONE_BY_ONE));
}
