//! What the pure crates take by themselves: parse, compare, decide, and read a question and decide. `src/criterion.rs` reads the
//! medians by these names.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use chrono::DateTime;
use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use zonecut_bench::{documents, questions};
use zonecut_contract::{read_contract, read_product};
use zonecut_evolution::Settings;
use zonecut_policy::{DecisionRequest, Questions, Snapshot, SnapshotInput, read_policies};

/// Fewer and more fields of the same contract: the cost should grow as they do.
const FIELDS: [usize; 2] = [500, 5_000];
/// How many columns a question asks for.
const COLUMNS: [usize; 3] = [1, 10, documents::WIDE];
/// As many rules as a large organisation has.
const RULES: usize = 2_000;

fn parse(criterion: &mut Criterion) {
    for fields in FIELDS {
        let text = documents::before(fields);
        criterion.bench_function(&format!("parse-{fields}"), |bencher| {
            bencher.iter(|| read_contract("before", black_box(text.as_bytes())));
        });
    }
}

fn compare(criterion: &mut Criterion) {
    let settings = Settings::at(DateTime::UNIX_EPOCH);
    for fields in FIELDS {
        let [before, after] = [documents::before(fields), documents::after(fields)]
            .map(|text| read_contract("contract", text.as_bytes()).value);
        criterion.bench_function(&format!("compare-{fields}"), |bencher| {
            bencher.iter(|| {
                zonecut_evolution::compare(before.as_ref(), after.as_ref(), black_box(&settings))
            });
        });
    }
}

/// Among [`RULES`] rules, from a question that was read to the bytes of its answer: for one that was
/// asked before, and for one that never was.
fn decide(criterion: &mut Criterion) {
    let snapshot = generated();
    for columns in COLUMNS {
        let body = questions::generated(columns).to_string();
        let Ok(question) = serde_json::from_str::<DecisionRequest<'_>>(&body) else {
            continue;
        };
        let decision = snapshot.decide(&question, "id", DateTime::UNIX_EPOCH);
        assert!(decision.decisions.iter().all(|it| it.allow), "{decision:?}");
        criterion.bench_function(&format!("decide-again-{columns}"), |bencher| {
            let mut answer = Vec::new();
            bencher.iter(|| ask(&snapshot, black_box(&question), &mut answer));
        });
        criterion.bench_function(&format!("decide-{columns}"), |bencher| {
            let (mut answer, mut number) = (Vec::new(), 0_u64);
            let another = || {
                number += 1;
                let mut question = question.clone();
                question.principal.user = format!("reader-{number}").into();
                question
            };
            bencher.iter_batched(
                another,
                |question| ask(&snapshot, &question, &mut answer),
                BatchSize::SmallInput,
            );
        });
    }
}

/// From the bytes of a request about the shipped mesh to those of its answer.
fn serve(criterion: &mut Criterion) {
    let snapshot = shipped();
    let body = questions::masked().to_string();
    let mut answer = Vec::new();
    criterion.bench_function("serve", |bencher| {
        bencher.iter(|| {
            let question = serde_json::from_str::<DecisionRequest<'_>>(black_box(&body));
            question
                .map(|question| ask(&snapshot, &question, &mut answer))
                .ok()
        });
    });
    let questions = Questions::default();
    criterion.bench_function("serve-again", |bencher| {
        bencher.iter(|| {
            let body = black_box(body.as_bytes());
            let read = questions.read(body, |question| ask(&snapshot, question, &mut answer));
            read.ok()
        });
    });
}

fn ask(snapshot: &Snapshot, question: &DecisionRequest<'_>, answer: &mut Vec<u8>) -> usize {
    answer.clear();
    snapshot.decide_json(question, "id", DateTime::UNIX_EPOCH, answer);
    answer.len()
}

/// The generated contract and the policies about it, compiled.
fn generated() -> Snapshot {
    let contract = read_contract(
        "contract",
        documents::before(documents::WIDE_CONTRACT).as_bytes(),
    );
    let policies = read_policies("policies", documents::policies(RULES).as_bytes());
    built(&SnapshotInput {
        contracts: contract.value.map(Arc::new).into_iter().collect(),
        policies: policies.value.into_iter().flatten().map(Arc::new).collect(),
        ..SnapshotInput::default()
    })
}

/// The mesh of this repository, compiled.
fn shipped() -> Snapshot {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let read = |folder: &str, end: &str| -> Vec<Vec<u8>> {
        let entries = fs::read_dir(root.join(folder))
            .into_iter()
            .flatten()
            .flatten();
        let paths = entries.map(|entry| entry.path());
        let named = paths.filter(|path| {
            let name = path.to_string_lossy();
            name.ends_with(end) && !name.ends_with(".test.yaml")
        });
        let named = named.collect::<BTreeSet<_>>().into_iter();
        named.filter_map(|path| fs::read(path).ok()).collect()
    };
    // Of a contract's versions, which are read in order, the newest decides.
    let contracts = read("contracts", ".odcs.yaml");
    let contracts: BTreeMap<_, _> = contracts
        .iter()
        .filter_map(|bytes| read_contract("contract", bytes).value)
        .map(|contract| (contract.id.clone(), Arc::new(contract)))
        .collect();
    let input = SnapshotInput {
        serial: 1,
        contracts: contracts.into_values().collect(),
        products: read("products", ".odps.yaml")
            .iter()
            .filter_map(|bytes| read_product("product", bytes).value.map(Arc::new))
            .collect(),
        policies: read("policies", ".yaml")
            .iter()
            .filter_map(|bytes| read_policies("policy", bytes).value)
            .flatten()
            .map(Arc::new)
            .collect(),
        ..SnapshotInput::default()
    };
    built(&input)
}

#[expect(
    clippy::expect_used,
    reason = "a benchmark of anything else would be worth nothing"
)]
fn built(input: &SnapshotInput) -> Snapshot {
    Snapshot::build(input).expect("documents that hold together")
}

/// Short enough for a run of everything, long enough for a median.
fn quick() -> Criterion {
    Criterion::default()
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(3))
        .sample_size(50)
}

criterion_group! {
    name = benches;
    config = quick();
    targets = parse, compare, decide, serve
}
criterion_main!(benches);
