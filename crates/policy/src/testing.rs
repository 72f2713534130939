//! Policy tests: tables of cases beside the policies, run against a snapshot.
//!
//! Belongs here: reading `*.test.yaml` and comparing what is expected with what is decided. Does
//! not belong here: finding the files, printing the outcome.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Serialize;
use zonecut_contract::node::{Node, Value};
use zonecut_contract::read::Parsed;
use zonecut_diagnostics::Place;
use zonecut_mask::Mask;

use crate::documents::read_tree;
use crate::request::{DecisionRequest, ObjectRequest, Principal};
use crate::response::{Access, ObjectDecision};
use crate::snapshot::Snapshot;
use zonecut_contract::strict::{Reader, join};

/// A question and the answer it should have.
#[derive(Debug, Clone)]
pub struct TestCase {
    /// What it shows.
    pub name: String,
    /// Where it stands.
    pub at: Place,
    user: String,
    groups: Vec<String>,
    action: String,
    purpose: Option<String>,
    engine: Option<String>,
    contract: String,
    object: String,
    columns: Option<Vec<String>>,
    expect: Expectation,
}

/// What a case expects; what it does not name may be anything.
#[derive(Debug, Clone, Default)]
struct Expectation {
    allow: Option<bool>,
    columns: BTreeMap<String, ExpectedColumn>,
    filters: Option<Vec<String>>,
    /// Words that some reason holds.
    reasons: Vec<String>,
}

#[derive(Debug, Clone)]
struct ExpectedColumn {
    access: Access,
    mask: Option<Mask>,
}

/// How a case went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TestOutcome {
    /// The case's name.
    pub name: String,
    /// Where it stands.
    pub at: Place,
    /// What was not as expected; empty when the case passed.
    pub failures: Vec<String>,
}

/// Reads the cases of a `*.test.yaml` file.
#[must_use]
pub fn read_tests(file: &str, bytes: &[u8]) -> Parsed<Vec<TestCase>> {
    read_tree(file, bytes, |reader, root| {
        if !reader.mapping(root, "", &["apiVersion", "kind", "metadata", "cases"]) {
            return None;
        }
        if root.get("kind").and_then(Node::as_str) != Some("PolicyTest") {
            let span = root.get("kind").map_or(root.span, |kind| kind.span);
            reader.refuse(
                "unknown-kind",
                span,
                "kind",
                "not a policy test".to_owned(),
                "`kind: PolicyTest`",
            );
        }
        if root.get("cases").is_none() {
            reader.missing(
                root,
                "cases",
                "`cases: [{name: …, principal: …, contract: …, object: …, expect: …}]`",
            );
        }
        let cases = reader.items(root, "cases", "");
        Some(
            cases
                .into_iter()
                .filter_map(|(path, node)| case(reader, node, &path))
                .collect::<Vec<_>>(),
        )
    })
}

const CASE: [&str; 9] = [
    "name",
    "principal",
    "action",
    "purpose",
    "engine",
    "contract",
    "object",
    "columns",
    "expect",
];

fn case(reader: &mut Reader<'_>, node: &Node, path: &str) -> Option<TestCase> {
    if !reader.mapping(node, path, &CASE) {
        return None;
    }
    let required = |reader: &mut Reader<'_>, key: &str| {
        if node.get(key).is_none() {
            reader.missing(
                node,
                &join(path, key),
                "every case says who asks for what, and what is expected",
            );
        }
    };
    for key in ["name", "principal", "contract", "object", "expect"] {
        required(reader, key);
    }
    let columns = texts(reader, node, "columns", path);
    let (user, groups) = principal(reader, node.get("principal")?, &join(path, "principal"))?;
    Some(TestCase {
        name: reader.text(node, "name", path)?,
        at: reader.place(node.span),
        user,
        groups,
        action: reader
            .text(node, "action", path)
            .unwrap_or_else(|| "select".to_owned()),
        purpose: reader.text(node, "purpose", path),
        engine: reader.text(node, "engine", path),
        contract: reader.text(node, "contract", path)?,
        object: reader.text(node, "object", path)?,
        columns,
        expect: expectation(reader, node.get("expect")?, &join(path, "expect"))?,
    })
}

/// A list of strings, which may be empty: nothing in particular is asked for, or expected.
fn texts(reader: &mut Reader<'_>, node: &Node, key: &str, path: &str) -> Option<Vec<String>> {
    if matches!(&node.get(key)?.value, Value::List(items) if items.is_empty()) {
        return Some(Vec::new());
    }
    let words = reader.words(node, key, path)?;
    Some(words.into_iter().map(|word| word.text).collect())
}

fn principal(reader: &mut Reader<'_>, node: &Node, path: &str) -> Option<(String, Vec<String>)> {
    if !reader.mapping(node, path, &["user", "groups"]) {
        return None;
    }
    let groups = texts(reader, node, "groups", path).unwrap_or_default();
    if node.get("user").is_none() {
        reader.missing(node, &join(path, "user"), "every principal has a user");
    }
    Some((reader.text(node, "user", path)?, groups))
}

fn expectation(reader: &mut Reader<'_>, node: &Node, path: &str) -> Option<Expectation> {
    if !reader.mapping(node, path, &["allow", "columns", "filters", "reasons"]) {
        return None;
    }
    if node.entries().is_empty() {
        reader.refuse(
            "empty-mapping",
            node.span,
            path,
            format!("`{path}` expects nothing"),
            "a case that can't fail shows nothing",
        );
    }
    let allow = node.get("allow").and_then(|allow| {
        if allow.as_bool().is_none() {
            reader.wrong_type(allow, &join(path, "allow"), "true or false");
        }
        allow.as_bool()
    });
    let filters = texts(reader, node, "filters", path);
    let reasons = texts(reader, node, "reasons", path).unwrap_or_default();
    let mut columns = BTreeMap::new();
    for entry in node.get("columns").map(Node::entries).unwrap_or_default() {
        let path = format!("{path}.columns.{}", entry.key);
        if let Some(column) = expected_column(reader, &entry.node, &path) {
            columns.insert(entry.key.to_string(), column);
        }
    }
    Some(Expectation {
        allow,
        columns,
        filters,
        reasons,
    })
}

fn expected_column(reader: &mut Reader<'_>, node: &Node, path: &str) -> Option<ExpectedColumn> {
    if !reader.mapping(node, path, &["access", "mask"]) {
        return None;
    }
    let access = match reader.text(node, "access", path)?.as_str() {
        "clear" => Access::Clear,
        "masked" => Access::Masked,
        "denied" => Access::Denied,
        other => {
            reader.refuse(
                "wrong-type",
                node.span,
                &join(path, "access"),
                format!("unknown access `{other}`"),
                "`clear`, `masked` or `denied`",
            );
            return None;
        }
    };
    let mask = node
        .get("mask")
        .and_then(|mask| match Mask::from_json(&mask.to_json()) {
            Ok(mask) => Some(mask),
            Err(errors) => {
                for error in errors {
                    reader.refuse(
                        "invalid-mask",
                        mask.span,
                        &join(path, "mask"),
                        error.message,
                        error.help,
                    );
                }
                None
            }
        });
    Some(ExpectedColumn { access, mask })
}

/// Asks the snapshot every case.
#[must_use]
pub fn run(snapshot: &Snapshot, cases: &[TestCase], now: DateTime<Utc>) -> Vec<TestOutcome> {
    let outcome = |case: &TestCase| TestOutcome {
        name: case.name.clone(),
        at: case.at.clone(),
        failures: failures(snapshot, case, now),
    };
    cases.iter().map(outcome).collect()
}

fn failures(snapshot: &Snapshot, case: &TestCase, now: DateTime<Utc>) -> Vec<String> {
    let request = DecisionRequest {
        principal: Principal {
            user: case.user.as_str().into(),
            groups: case
                .groups
                .iter()
                .map(|group| group.as_str().into())
                .collect(),
        },
        action: case.action.as_str().into(),
        engine: case.engine.as_deref().map(Into::into),
        purpose: case.purpose.as_deref().map(Into::into),
        objects: vec![ObjectRequest {
            contract: case.contract.as_str().into(),
            object: case.object.as_str().into(),
            columns: case.columns.as_ref().map(|columns| {
                columns
                    .iter()
                    .map(|column| column.as_str().into())
                    .collect()
            }),
        }],
        explain: true,
    };
    let response = snapshot.decide(&request, "policy-test", now);
    response
        .decisions
        .first()
        .map(|decision| differences(&case.expect, decision))
        .unwrap_or_default()
}

fn differences(expect: &Expectation, decision: &ObjectDecision) -> Vec<String> {
    let mut failures = Vec::new();
    if let Some(allow) = expect.allow.filter(|allow| *allow != decision.allow) {
        failures.push(format!(
            "expected `allow: {allow}`, decided `allow: {}`: {}",
            decision.allow,
            decision.reasons.join("; ")
        ));
    }
    for (path, expected) in &expect.columns {
        match decision.columns.get(path) {
            None => failures.push(format!("column `{path}` is not in the answer")),
            Some(column) if column.access != expected.access => {
                let why = column.reason.as_deref().unwrap_or("nothing restricts it");
                failures.push(format!(
                    "column `{path}`: expected {}, decided {}: {why}",
                    word(expected.access),
                    word(column.access)
                ));
            }
            Some(column) if expected.mask.is_some() && column.mask != expected.mask => {
                failures.push(format!(
                    "column `{path}`: expected mask {}, decided {}",
                    shown(expected.mask.as_ref()),
                    shown(column.mask.as_ref())
                ));
            }
            Some(_) => {}
        }
    }
    let filters = decision
        .filters
        .iter()
        .map(|filter| filter.expression.as_str())
        .collect::<Vec<_>>();
    if let Some(expected) = expect
        .filters
        .as_ref()
        .filter(|expected| **expected != filters)
    {
        failures.push(format!(
            "expected filters {expected:?}, decided {filters:?}"
        ));
    }
    for words in &expect.reasons {
        if !decision.reasons.iter().any(|reason| reason.contains(words)) {
            failures.push(format!(
                "no reason says `{words}`: {}",
                decision.reasons.join("; ")
            ));
        }
    }
    failures
}

const fn word(access: Access) -> &'static str {
    match access {
        Access::Clear => "clear",
        Access::Masked => "masked",
        Access::Denied => "denied",
    }
}

fn shown(mask: Option<&Mask>) -> String {
    mask.and_then(|mask| serde_json::to_string(mask).ok())
        .unwrap_or_else(|| "none".to_owned())
}
