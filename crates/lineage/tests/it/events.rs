//! Reading events: the vectors of real producers, and every known flaw.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use zonecut_lineage::{EdgeKind, Event, EventError, EventKind, edges};

fn received() -> DateTime<Utc> {
    "2026-11-23T12:00:00Z".parse().unwrap()
}

fn read(value: &Value) -> Event {
    Event::read(value, received()).unwrap()
}

/// The shared vectors, or nothing (said out loud) where they are not there.
fn vectors(below: &str) -> Option<PathBuf> {
    let root = std::env::var_os("ZONECUT_VECTORS").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/vectors"),
        PathBuf::from,
    );
    let path = root.join(below);
    if path.exists() {
        return Some(path);
    }
    println!("skipped: {} is not there", path.display());
    None
}

fn lines(path: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).unwrap();
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// One line per flow, as a person would tell it.
fn told(events: &[Event]) -> String {
    let mut lines = Vec::new();
    for event in events {
        let (_, flows) = edges(event);
        let job = event.job.as_ref().map_or("-", |job| job.name.as_str());
        for flow in flows {
            let name =
                |end: Option<zonecut_lineage::Name>| end.map_or("-".to_owned(), |end| end.name);
            lines.push(format!(
                "{} -> [{job}] -> {}",
                name(flow.upstream),
                name(flow.downstream)
            ));
        }
    }
    lines.dedup();
    lines.join("\n")
}

#[test]
fn trino_events_are_read_without_a_flaw() {
    let Some(path) = vectors("openlineage/trino-476-events.jsonl") else {
        return;
    };
    let events: Vec<Event> = lines(&path).iter().map(read).collect();
    assert_eq!(events.len(), 68);
    assert!(events.iter().all(|event| event.warnings.is_empty()));
    insta::assert_snapshot!("trino", told(&events));
}

#[test]
fn spark_events_are_read_without_a_flaw() {
    let Some(path) = vectors("openlineage/spark-4.0-events.jsonl") else {
        return;
    };
    let events: Vec<Event> = lines(&path).iter().map(read).collect();
    assert_eq!(events.len(), 20);
    assert!(events.iter().all(|event| event.warnings.is_empty()));
    insta::assert_snapshot!("spark", told(&events));
}

#[test]
fn no_event_of_the_consumer_scenarios_is_refused() {
    let Some(path) = vectors("openlineage/consumer/scenarios") else {
        return;
    };
    let mut files = Vec::new();
    for scenario in std::fs::read_dir(path).unwrap() {
        let folder = scenario.unwrap().path().join("events");
        files.extend(
            std::fs::read_dir(folder)
                .unwrap()
                .map(|file| file.unwrap().path()),
        );
    }
    files.sort();
    assert!(files.len() > 70, "only {} events", files.len());
    let mut flaws = Vec::new();
    for file in &files {
        let event = read(&serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap());
        let scenario = file
            .iter()
            .rev()
            .nth(2)
            .unwrap()
            .to_string_lossy()
            .into_owned();
        for warning in event.warnings {
            flaws.push(format!("{scenario}: {} {}", warning.path, warning.message));
        }
    }
    flaws.sort();
    flaws.dedup();
    insta::assert_snapshot!("scenario-flaws", flaws.join("\n"));
}

#[test]
fn the_same_content_in_another_order_is_the_same_event() {
    let one = json!({"eventTime": "2026-11-23T11:00:00Z", "eventType": "COMPLETE", "producer": "p",
        "run": {"runId": "a"}, "job": {"namespace": "n", "name": "j"}});
    let other: Value = serde_json::from_str(
        r#"{"job": {"name": "j", "namespace": "n"}, "producer": "p", "run": {"runId": "a"},
            "eventType": "COMPLETE", "eventTime": "2026-11-23T11:00:00Z"}"#,
    )
    .unwrap();
    assert_eq!(read(&one).idempotency_key(), read(&other).idempotency_key());
    for (field, value) in [
        ("eventTime", json!("2026-11-23T11:00:01Z")),
        ("eventType", json!("RUNNING")),
        ("run", json!({"runId": "b"})),
        ("outputs", json!([{"namespace": "n", "name": "d"}])),
    ] {
        let mut changed = one.clone();
        changed[field] = value;
        assert_ne!(
            read(&one).idempotency_key(),
            read(&changed).idempotency_key(),
            "{field}"
        );
    }
}

#[test]
fn an_event_without_a_time_is_one_event_however_often_it_comes() {
    let event = json!({"eventType": "COMPLETE", "run": {"runId": "a"}, "job": {"namespace": "n", "name": "j"}});
    let later = received() + chrono::TimeDelta::hours(1);
    let again = Event::read(&event, later).unwrap();
    assert_eq!(read(&event).idempotency_key(), again.idempotency_key());
}

#[test]
fn known_flaws_are_read_past_and_recorded() {
    let event = read(&json!({
        "eventTime": "2026-11-23T11:00:00.5", "eventType": "SUCCEEDED",
        "run": {"runId": "run-7", "facets": null},
        "job": {"name": "hourly", "facets": null},
        "inputs": null,
        "outputs": [
            {"namespace": "trino://t:8080", "name": "dns.r.q", "facets": null},
            {"namespace": "trino://t:8080"},
            "dns.r.q",
            {"namespace": "trino://t:8080", "name": "dns.r.q",
             "facets": {"columnLineage": {"fields": {"n": {"inputFields": [{"field": "x"}]}}}}}
        ]
    }));
    assert_eq!(event.outputs.len(), 1);
    insta::assert_json_snapshot!(event);
}

#[test]
fn only_what_is_about_nothing_is_refused() {
    let refused = |value: Value| Event::read(&value, received()).unwrap_err();
    assert_eq!(refused(json!([])), EventError::NotAnObject);
    assert_eq!(refused(json!({})), EventError::AboutNothing);
    assert_eq!(
        refused(json!({"run": {"runId": "x"}, "job": {}})),
        EventError::AboutNothing
    );
    let deep = (0..100).fold(json!(1), |inner, _| json!([inner]));
    assert_eq!(
        refused(json!({"job": {"name": "j"}, "x": deep})),
        EventError::TooDeep
    );
}

#[test]
fn names_that_no_database_takes_are_left_out() {
    let event = read(
        &json!({"job": {"namespace": "n", "name": "j"}, "producer": "p",
        "eventTime": "2026-11-23T11:00:00Z",
        "inputs": [{"namespace": "n", "name": "a\u{0}b"}, {"namespace": "n", "name": "x".repeat(5000)}]}),
    );
    assert!(event.inputs.is_empty());
    assert_eq!(event.warnings.len(), 2);
}

#[test]
fn job_and_dataset_events_are_read() {
    let job = read(
        &json!({"eventTime": "2026-11-23T11:00:00Z", "producer": "p",
        "job": {"namespace": "n", "name": "j"},
        "inputs": [{"namespace": "n", "name": "a"}], "outputs": [{"namespace": "n", "name": "b"}]}),
    );
    assert_eq!(job.kind, EventKind::Job);
    assert_eq!(edges(&job).0, EdgeKind::Declared);
    assert_eq!(edges(&job).1.len(), 1);
    let dataset = read(
        &json!({"eventTime": "2026-11-23T11:00:00Z", "producer": "p",
        "dataset": {"namespace": "n", "name": "a"}}),
    );
    assert_eq!(dataset.kind, EventKind::Dataset);
    assert_eq!(dataset.outputs.len(), 1);
    assert!(edges(&dataset).1.is_empty());
}

#[test]
fn column_lineage_speaks_before_inputs_times_outputs() {
    let dataset = |name: &str| json!({"namespace": "n", "name": name});
    let derived = |name: &str, from: &str| {
        json!({"namespace": "n", "name": name, "facets": {"columnLineage": {"fields":
            {"c": {"inputFields": [{"namespace": "n", "name": from, "field": "c"}]}}}}})
    };
    let event = read(
        &json!({"eventTime": "2026-11-23T11:00:00Z", "producer": "p", "eventType": "COMPLETE",
        "run": {"runId": "01a20827-b094-7b81-995e-fd43dc98ceb4"}, "job": {"namespace": "n", "name": "j"},
        "inputs": [dataset("a"), dataset("b"), dataset("unused")],
        "outputs": [derived("x", "a"), derived("y", "b")]}),
    );
    assert_eq!(
        told(&[event]),
        "a -> [j] -> x\nb -> [j] -> y\nunused -> [j] -> -"
    );
}

#[test]
fn a_failed_run_moved_nothing() {
    for (state, flows) in [("COMPLETE", 1), ("RUNNING", 1), ("FAIL", 0), ("ABORT", 0)] {
        let event = read(
            &json!({"eventTime": "2026-11-23T11:00:00Z", "producer": "p", "eventType": state,
            "run": {"runId": "r"}, "job": {"namespace": "n", "name": "j"},
            "inputs": [{"namespace": "n", "name": "a"}], "outputs": [{"namespace": "n", "name": "b"}]}),
        );
        assert_eq!(edges(&event).1.len(), flows, "{state}");
    }
}

#[test]
fn an_event_of_any_size_keeps_what_the_job_read_and_wrote() {
    let many = |side: &str, count: usize| -> Vec<Value> {
        let named = |number| json!({"namespace": "n", "name": format!("{side}{number}")});
        (0..count).map(named).collect()
    };
    let event = |inputs: usize, outputs: usize| {
        read(
            &json!({"eventTime": "2026-11-23T11:00:00Z", "producer": "p", "eventType": "COMPLETE",
            "run": {"runId": "01a20827-b094-7b81-995e-fd43dc98ceb4"}, "job": {"namespace": "n", "name": "j"},
            "inputs": many("in", inputs), "outputs": many("out", outputs)}),
        )
    };
    let within = event(100, 100);
    assert_eq!((edges(&within).1.len(), within.warnings.len()), (10_000, 0));

    let dense = event(101, 100);
    let (_, flows) = edges(&dense);
    assert_eq!(flows.len(), 201);
    assert!(
        flows
            .iter()
            .all(|flow| flow.upstream.is_none() != flow.downstream.is_none())
    );
    assert_eq!(dense.warnings.len(), 1, "{:?}", dense.warnings);

    let long = event(50_000, 1);
    assert_eq!((long.inputs.len(), edges(&long).1.len()), (1_000, 1_000));
    assert_eq!(
        (long.warnings.len(), &*long.warnings[0].path),
        (1, "inputs")
    );
}
