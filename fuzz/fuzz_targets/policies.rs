//! Any bytes as policy documents and as policy tests. What holds together decides about a shipped
//! contract the same way whatever the order of the documents, and no document that denies reveals more.
#![no_main]

use std::sync::{Arc, LazyLock};

use chrono::DateTime;
use libfuzzer_sys::fuzz_target;
use zonecut_contract::{Contract, Product, read_contract, read_product};
use zonecut_fuzz::assert_findings;
use zonecut_policy::documents::Spec;
use zonecut_policy::request::{DecisionRequest, ObjectRequest, Principal};
use zonecut_policy::testing::read_tests;
use zonecut_policy::{DecisionResponse, PolicyDocument, Snapshot, SnapshotInput, read_policies};

const CONTRACT: &[u8] = include_bytes!("../../contracts/recursive-queries-br-1.0.0.odcs.yaml");
const PRODUCT: &[u8] = include_bytes!("../../products/recursive-queries-br.odps.yaml");

static CATALOGUE: LazyLock<(Arc<Contract>, Arc<Product>)> = LazyLock::new(|| {
    let contract = read_contract("contract", CONTRACT).value;
    let product = read_product("product", PRODUCT).value;
    let (contract, product) = contract.zip(product).expect("what is shipped can be read");
    (Arc::new(contract), Arc::new(product))
});

fuzz_target!(|bytes: &[u8]| {
    assert_findings(bytes, &read_tests("fuzz.test.yaml", bytes).findings);
    let parsed = read_policies("fuzz.yaml", bytes);
    assert_findings(bytes, &parsed.findings);
    let Some(documents) = parsed.value else {
        assert!(!parsed.findings.is_empty());
        return;
    };
    let mut documents: Vec<_> = documents.into_iter().map(Arc::new).collect();
    let built = build(&documents);
    documents.reverse();
    let reversed = build(&documents);
    assert_eq!(built.is_some(), reversed.is_some());
    let (Some(built), Some(reversed)) = (built, reversed) else {
        return;
    };
    documents.retain(|document| !matches!(document.spec, Spec::Guardrail(_)));
    let unguarded = build(&documents);
    for (user, group) in [("ana", "noc-br"), ("eve", "guests")] {
        let answer = ask(&built, user, group);
        assert_eq!(answer, ask(&reversed, user, group));
        if let Some(unguarded) = &unguarded {
            let more = ask(unguarded, user, group);
            assert!(more.decisions[0].allow || !answer.decisions[0].allow);
        }
    }
});

fn build(documents: &[Arc<PolicyDocument>]) -> Option<Snapshot> {
    let (contract, product) = &*CATALOGUE;
    let input = SnapshotInput {
        contracts: vec![Arc::clone(contract)],
        products: vec![Arc::clone(product)],
        policies: documents.to_vec(),
        ..SnapshotInput::default()
    };
    Snapshot::build(&input).ok()
}

/// The same answer, as a value and as text.
fn ask(snapshot: &Snapshot, user: &str, group: &str) -> DecisionResponse {
    let request = DecisionRequest {
        principal: Principal {
            user: user.into(),
            groups: vec![group.into()],
        },
        action: "select".into(),
        engine: Some("trino-br".into()),
        purpose: Some("operations".into()),
        objects: vec![ObjectRequest {
            contract: "recursive-queries-br".into(),
            object: "queries".into(),
            columns: None,
        }],
        explain: true,
    };
    let now = DateTime::UNIX_EPOCH;
    let answer = snapshot.decide(&request, "fuzz", now);
    let mut text = Vec::new();
    snapshot.decide_json(&request, "fuzz", now, &mut text);
    assert_eq!(serde_json::to_vec(&answer).expect("it is JSON"), text);
    answer
}
