//! Documents made to hurt, sent to the service.

use std::fs;

use reqwest::Method;
use zonecut_bench::hostile::{Met, documents};

use super::api::Api;
use super::zonecut::Server;
use crate::hostile::{MOST_MEMORY, MOST_WORK};

/// Of the documents, one in so many: what reads them is held to the same by the command.
const APART: usize = 8;

/// Clock ticks of Linux, in milliseconds.
const TICK: f64 = 10.0;

/// Each is refused within the time and memory that the command has for it, and nothing is stored.
pub async fn documents_made_to_hurt_are_refused(api: &Api, server: &Server) {
    let mut costly = Vec::new();
    let refused = documents().filter(|document| document.met == Met::Refused);
    for document in refused.step_by(APART) {
        let (worked, resident) = (work(server), resident(server));
        forget_peak(server);
        let request = api.request(Method::POST, "/v1/contracts/hostile/versions");
        let request = request.header("content-type", "application/yaml");
        let answer = api.send(request.body(document.bytes)).await;
        assert!(
            answer.status.is_client_error(),
            "{}: {answer:?}",
            document.name
        );
        let (took, grew) = (work(server) - worked, peak(server) - resident);
        if took > MOST_WORK || grew > MOST_MEMORY {
            costly.push((document.name, took, grew));
        }
    }
    assert!(costly.is_empty(), "{costly:#?}");
    api.get("/v1/contracts/hostile/versions").await.expect(404);
}

/// The milliseconds that processors worked for the server so far.
fn work(server: &Server) -> f64 {
    let stat = fs::read_to_string(format!("/proc/{}/stat", server.pid())).unwrap();
    let (_, fields) = stat.rsplit_once(')').unwrap();
    let ticks = fields.split_whitespace().skip(11).take(2);
    ticks
        .map(|ticks| ticks.parse::<f64>().unwrap() * TICK)
        .sum()
}

fn resident(server: &Server) -> f64 {
    memory(server, "VmRSS:")
}

fn peak(server: &Server) -> f64 {
    memory(server, "VmHWM:")
}

/// The peak begins anew with what is resident now.
fn forget_peak(server: &Server) {
    fs::write(format!("/proc/{}/clear_refs", server.pid()), "5").unwrap();
}

/// In KiB.
fn memory(server: &Server, what: &str) -> f64 {
    let status = fs::read_to_string(format!("/proc/{}/status", server.pid())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(what));
    let size = line.and_then(|line| line.trim().strip_suffix(" kB"));
    size.unwrap().parse().unwrap()
}
