//! Decisions over HTTP, beside an echo of the same bodies: the server on one core, the load on the
//! other, both servers alive all the time and asked in turn.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde::Deserialize;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::figure::{Figure, Target, median};
use crate::questions;
use crate::serve::{self, Database, Serving};
use crate::tools::{Effort, Error, Tools, output, pinned};
use crate::trino;

const PATH: &str = "/v1/decisions";
const JSON: &str = "application/json";

/// How many connections ask at the same time.
const CONNECTIONS: usize = 32;

#[derive(Deserialize)]
struct Load {
    /// Answered after the warm-up.
    requests: f64,
    /// How long that took.
    seconds: f64,
    /// Answered in all.
    answered: f64,
    p99_us: f64,
}

#[derive(Default)]
struct Turns {
    per_second: Vec<f64>,
    p99: Vec<f64>,
    /// Microseconds of the server's processor for one answer.
    processor: Vec<f64>,
}

/// Decisions a second, and how they compare with the echo.
///
/// # Errors
///
/// When a server does not serve, or answers with anything but a decision about ten columns.
pub async fn figures(
    tools: &Tools,
    effort: Effort,
    database: &Database,
) -> Result<Vec<Figure>, Error> {
    let zonecut = serve::zonecut(tools, database)?;
    let echo = Serving::start(pinned(0, &tools.ours("zonecut-bench-echo")?))?;
    let mut figures = Vec::new();
    let administrator = fs::read_to_string(database.token_file())?;
    let administrator = administrator.trim();
    for (engine, question, access, what) in [
        (
            "trino-br",
            questions::masked(),
            "masked",
            "masks, a filter, one denied",
        ),
        ("trino-br-csirt", questions::clear(), "clear", "all clear"),
    ] {
        let token = engine_token(&zonecut, administrator, engine).await?;
        decides(&zonecut, &token, &question, access).await?;
        let [rate, slowest, processor] = question_figures(
            tools,
            effort,
            [&echo, &zonecut],
            &raw_request(PATH, &token, &question.to_string()),
            &format!("`POST {PATH}`, {what}"),
        )?;
        let rate = rate.target(Target::AtLeastOfFloor(0.7));
        figures.extend([rate, slowest, processor]);
    }
    figures.push(
        Figure::new(
            "`zonecut serve`: resident, after decisions",
            zonecut.resident(),
            "MiB",
        )
        .target(Target::AtMost(60.0)),
    );
    let both = [&echo, &zonecut];
    figures.extend(trino::figures(tools, effort, both, administrator).await?);
    Ok(figures)
}

/// How an endpoint fares against the echo, asked by a request as it goes over the wire.
pub(crate) fn question_figures(
    tools: &Tools,
    effort: Effort,
    [echo, zonecut]: [&Serving; 2],
    raw_request: &str,
    what: &str,
) -> Result<[Figure; 3], Error> {
    let folder = tempfile::tempdir()?;
    let request = folder.path().join("request.http");
    fs::write(&request, raw_request)?;
    let (mut floor, mut figure) = (Turns::default(), Turns::default());
    for _ in 0..effort.rounds {
        for (server, turns) in [(echo, &mut floor), (zonecut, &mut figure)] {
            // What one server still has to do must not cost the other.
            zonecut.rest();
            turn(tools, effort, server, &request, turns)?;
        }
    }
    let pairs = figure.per_second.iter().zip(&floor.per_second);
    let ratios: Vec<f64> = pairs.map(|(figure, floor)| figure / floor).collect();
    let middle = |values: &[f64]| median(values).unwrap_or(f64::NAN);
    let per_second = middle(&figure.per_second);
    let name = |figure: &str| format!("{what}: {figure}");
    Ok([
        // The median of the rounds' ratios: what disturbs the machine disturbs both turns of a round.
        Figure::new(name("decisions"), per_second, "/s").over(per_second / middle(&ratios)),
        Figure::new(name("99th percentile"), middle(&figure.p99), "µs").over(middle(&floor.p99)),
        Figure::new(
            name("processor time of one"),
            middle(&figure.processor),
            "µs",
        )
        .over(middle(&floor.processor)),
    ])
}

fn turn(
    tools: &Tools,
    effort: Effort,
    server: &Serving,
    request: &Path,
    turns: &mut Turns,
) -> Result<(), Error> {
    let mut command: Command = pinned(1, &tools.ours("zonecut-bench-load")?);
    command
        .args([
            server.address.to_string(),
            CONNECTIONS.to_string(),
            effort.seconds.to_string(),
        ])
        .arg(request);
    let before = server.processor_time();
    let load: Load = serde_json::from_str(&output(&mut command)?)?;
    turns
        .processor
        .push((server.processor_time() - before) * 1e6 / load.answered);
    turns.per_second.push(load.requests / load.seconds);
    turns.p99.push(load.p99_us);
    Ok(())
}

pub(crate) fn raw_request(path: &str, token: &str, body: &str) -> String {
    format!(
        "POST {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// Asks as the engines do: with a token of their own.
pub(crate) async fn engine_token(
    server: &Serving,
    administrator: &str,
    engine: &str,
) -> Result<String, Error> {
    let body = json!({"principal": engine, "roles": [{"role": "engine", "domain": "*"}]});
    let answer = post(server, "/v1/tokens", administrator, JSON, &body.to_string()).await?;
    let token = answer.get("token").and_then(Value::as_str);
    Ok(token
        .ok_or_else(|| format!("no token in {answer}"))?
        .to_owned())
}

/// The answer must be the whole answer, or the figure is worth nothing.
async fn decides(
    server: &Serving,
    token: &str,
    question: &Value,
    access: &str,
) -> Result<(), Error> {
    let answer = post(server, PATH, token, JSON, &question.to_string()).await?;
    let columns = answer
        .pointer("/decisions/0/columns")
        .and_then(Value::as_object);
    let client = answer
        .pointer("/decisions/0/columns/client_ip/access")
        .and_then(Value::as_str);
    if columns.map(serde_json::Map::len) == Some(10) && client == Some(access) {
        return Ok(());
    }
    Err(format!("not the decision that was expected: {answer}").into())
}

/// One request on a connection of its own.
/// Sends a body of that media type, and reads the answer.
pub(crate) async fn post(
    server: &Serving,
    path: &str,
    token: &str,
    kind: &str,
    body: &str,
) -> Result<Value, Error> {
    let request = format!(
        "POST {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    let mut stream = TcpStream::connect(server.address).await?;
    stream.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    let (head, body) = answer.split_once("\r\n\r\n").ok_or("no answer")?;
    if !head.starts_with("HTTP/1.1 2") {
        return Err(format!(
            "{path}: {}: {body}",
            head.lines().next().unwrap_or_default()
        )
        .into());
    }
    Ok(serde_json::from_str(body)?)
}
