//! The shipped mesh: its policies hold together, and its policy tests pass.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use zonecut_contract::{read_contract, read_product};
use zonecut_policy::testing::{read_tests, run};
use zonecut_policy::{Access, DecisionRequest, Snapshot, SnapshotInput, read_policies};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn files(folder: &str, suffix: &str) -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(root().join(folder)).expect("the folder is there");
    let mut paths = entries
        .map(|entry| entry.expect("readable").path())
        .collect::<Vec<_>>();
    paths.sort();
    let named = |path: &PathBuf| {
        path.file_name()
            .expect("a file")
            .to_string_lossy()
            .into_owned()
    };
    let wanted = paths.iter().filter(|path| named(path).ends_with(suffix));
    wanted
        .map(|path| (named(path), std::fs::read(path).expect("readable")))
        .collect()
}

pub fn now() -> DateTime<Utc> {
    "2026-06-01T12:00:00Z".parse().expect("a moment")
}

/// The newest version of every contract, every product and every policy.
pub fn mesh() -> SnapshotInput {
    let mut input = SnapshotInput {
        serial: 42,
        ..SnapshotInput::default()
    };
    for (file, bytes) in files("contracts", ".odcs.yaml") {
        let parsed = read_contract(&file, &bytes);
        let contract = parsed
            .value
            .unwrap_or_else(|| panic!("{file}: {:?}", parsed.findings));
        input.contracts.retain(|older| older.id != contract.id);
        input.contracts.push(Arc::new(contract));
    }
    for (file, bytes) in files("products", ".odps.yaml") {
        let parsed = read_product(&file, &bytes);
        input.products.push(Arc::new(
            parsed
                .value
                .unwrap_or_else(|| panic!("{file}: {:?}", parsed.findings)),
        ));
    }
    for (file, bytes) in files("policies", ".yaml")
        .into_iter()
        .filter(|(file, _)| !file.ends_with(".test.yaml"))
    {
        let parsed = read_policies(&file, &bytes);
        let documents = parsed
            .value
            .unwrap_or_else(|| panic!("{file}: {:?}", parsed.findings));
        input.policies.extend(documents.into_iter().map(Arc::new));
    }
    input
}

pub fn snapshot() -> Snapshot {
    Snapshot::build(&mesh()).unwrap_or_else(|findings| panic!("{findings:#?}"))
}

#[test]
fn the_mesh_holds_together_without_a_doubt() {
    assert_eq!(snapshot().warnings(), []);
}

#[test]
fn every_policy_test_passes() {
    let snapshot = snapshot();
    let mut successes = 0;
    for (file, bytes) in files("policies", ".test.yaml") {
        let parsed = read_tests(&file, &bytes);
        let cases = parsed
            .value
            .unwrap_or_else(|| panic!("{file}: {:?}", parsed.findings));
        for outcome in run(&snapshot, &cases, now()) {
            assert!(
                outcome.failures.is_empty(),
                "{file}: {}: {:#?}",
                outcome.name,
                outcome.failures
            );
            successes += 1;
        }
    }
    assert!(successes > 15, "{successes}");
}

#[test]
fn a_policy_test_can_fail() {
    let text = "
apiVersion: zonecut/v1
kind: PolicyTest
metadata: {name: wrong}
cases:
  - name: everything is wrong
    principal: {user: outsider, groups: []}
    contract: recursive-queries-br
    object: queries
    columns: [client_ip]
    expect: {allow: true, columns: {client_ip: {access: clear}, qname: {access: clear}}, filters: [], reasons: [because]}
";
    let cases = read_tests("wrong.test.yaml", text.as_bytes())
        .value
        .expect("valid");
    let outcomes = run(&snapshot(), &cases, now());
    insta::assert_json_snapshot!(outcomes[0].failures);
}

fn decided(body: &str) -> serde_json::Value {
    let request: DecisionRequest<'_> = serde_json::from_str(body).expect("a request");
    serde_json::to_value(snapshot().decide(&request, "0190", now())).expect("JSON")
}

#[test]
fn the_analyst_of_the_story() {
    insta::assert_json_snapshot!(decided(
        r#"{"principal": {"user": "ana", "groups": ["noc-br"]}, "action": "select", "engine": "trino-br", "purpose": "operations",
            "objects": [{"contract": "recursive-queries-br", "object": "queries", "columns": ["query_time", "client_ip", "qname"]}], "explain": true}"#
    ));
}

#[test]
fn the_hunter_and_the_outsider_of_the_story() {
    insta::assert_json_snapshot!([
        decided(
            r#"{"principal": {"user": "hal", "groups": ["csirt"]}, "action": "select", "engine": "trino-br", "purpose": "incident-response",
                "objects": [{"contract": "recursive-queries-br", "object": "queries", "columns": ["client_ip", "qname"]}]}"#
        ),
        decided(
            r#"{"principal": {"user": "eve", "groups": []}, "action": "select", "engine": "trino-br", "purpose": "operations", "explain": true,
                "objects": [{"contract": "recursive-queries-br", "object": "queries", "columns": ["client_ip"]},
                            {"contract": "recursive-queries-br", "object": "nothing", "columns": ["client_ip"]},
                            {"contract": "nothing", "object": "queries"}]}"#
        ),
    ]);
}

#[test]
fn who_sees_what_of_the_recursive_queries() {
    let matrix = snapshot()
        .who_sees_what(
            "recursive-queries-br",
            Some("operations"),
            Some("trino-br"),
            now(),
        )
        .expect("known");
    let rows = matrix.objects[0].rows.iter().map(|row| {
        let word = |access: Access| {
            serde_json::to_value(access)
                .expect("a word")
                .as_str()
                .expect("a word")
                .to_owned()
        };
        let columns = row
            .columns
            .iter()
            .map(|(path, column)| format!("{path}: {}", word(column.access)));
        format!(
            "{}/{} allow={} [{}] {:?}",
            row.domain,
            row.role,
            row.allow,
            columns.collect::<Vec<_>>().join(", "),
            row.filters
        )
    });
    insta::assert_json_snapshot!(rows.collect::<Vec<_>>());
    assert!(
        snapshot()
            .who_sees_what("nothing", None, None, now())
            .is_none()
    );
    assert!(
        snapshot()
            .who_sees_what("recursive-queries-br", None, Some("nothing"), now())
            .is_none()
    );
}

#[test]
fn only_an_active_or_deprecated_contract_decides_however_it_is_spelled() {
    let allowed = |status: &str| {
        let mut input = mesh();
        for contract in &mut input.contracts {
            Arc::make_mut(contract).status = status.to_owned();
        }
        let snapshot = Snapshot::build(&input).expect("the mesh holds together");
        let request = r#"{"principal": {"user": "ana", "groups": ["noc-br"]}, "action": "select", "engine": "trino-br", "purpose": "operations",
            "objects": [{"contract": "recursive-queries-br", "object": "queries", "columns": ["query_time"]}]}"#;
        let request: DecisionRequest<'_> = serde_json::from_str(request).expect("a request");
        snapshot.decide(&request, "0190", now()).decisions[0].allow
    };
    for status in ["active", "Active", " DEPRECATED "] {
        assert!(allowed(status), "{status}");
    }
    for status in ["Retired", "retired ", "Draft", "PROPOSED", "production", ""] {
        assert!(!allowed(status), "{status}");
    }
}
