//! What Trino asks while it lists the columns of a wide table, beside an echo of the same bodies.

use std::thread::sleep;
use std::time::Duration;

use serde_json::{Value, json};

use crate::decisions::{engine_token, post, question_figures, raw_request};
use crate::documents;
use crate::figure::Figure;
use crate::serve::Serving;
use crate::tools::{Effort, Error, Tools};

/// How many columns one question is about.
const COLUMNS: usize = 1_000;

/// Until when a change holds.
const SOON: Duration = Duration::from_secs(1);

const ENGINE: &str = "\
apiVersion: zonecut/v1
kind: Engine
metadata: {name: bench}
spec:
  type: trino
  catalogs: {bench: {server: bench}}
";

/// Questions a second, and how they compare with the echo.
///
/// # Errors
///
/// When the wide table can't be registered, or not all of its columns are there for who may read them.
pub async fn figures(
    tools: &Tools,
    effort: Effort,
    [echo, zonecut]: [&Serving; 2],
    administrator: &str,
) -> Result<[Figure; 3], Error> {
    register(zonecut, administrator).await?;
    let token = engine_token(zonecut, administrator, "bench").await?;
    let (path, question) = ("/opa/bench/batch", question());
    let body = question.to_string();
    let answer = post(zonecut, path, &token, "application/json", &body).await?;
    let there = answer.get("result").and_then(Value::as_array);
    if there.map(Vec::len) != Some(COLUMNS) {
        return Err(format!("not the columns that were expected: {answer}").into());
    }
    question_figures(
        tools,
        effort,
        [echo, zonecut],
        &raw_request(path, &token, &body),
        &format!("`POST /opa/{{engine}}/batch`, {COLUMNS} columns"),
    )
}

/// Has the server know a contract with a table that wide, who may read it, and the engine.
async fn register(zonecut: &Serving, administrator: &str) -> Result<(), Error> {
    let domain = json!({"name": "bench", "title": "Bench"}).to_string();
    let json = "application/json";
    post(zonecut, "/v1/domains", administrator, json, &domain).await?;
    let yaml = "application/yaml";
    let contract = documents::before(COLUMNS * documents::OBJECTS);
    let server = "servers:\n  - {server: bench, type: trino, host: localhost, port: 8443, catalog: bench, schema: bench}\n";
    let path = "/v1/contracts/large/versions";
    post(zonecut, path, administrator, yaml, &(contract + server)).await?;
    let policies = documents::policies(documents::WIDE);
    for document in policies.split("---\n").chain([ENGINE]) {
        post(zonecut, "/v1/policies", administrator, yaml, document).await?;
    }
    sleep(SOON);
    Ok(())
}

fn question() -> Value {
    let columns: Vec<_> = (0..COLUMNS).map(documents::name).collect();
    let table = json!({
        "catalogName": "bench", "schemaName": "bench", "tableName": "object_0", "columns": columns,
    });
    json!({"input": {
        "context": {
            "identity": {"user": "reader-1", "groups": ["readers"]},
            "softwareStack": {"trinoVersion": "476"},
        },
        "action": {"operation": "FilterColumns", "filterResources": [{"table": table}]},
    }})
}
