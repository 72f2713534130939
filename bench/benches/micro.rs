//! What the pure crates take by themselves: parse, compare, decide. `src/criterion.rs` reads the
//! medians by these names.

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;

use chrono::DateTime;
use criterion::{Criterion, criterion_group, criterion_main};
use zonecut_bench::{documents, questions};
use zonecut_contract::{read_contract, read_product};
use zonecut_evolution::Settings;
use zonecut_policy::{DecisionRequest, Snapshot, SnapshotInput, read_policies};

fn parse(criterion: &mut Criterion) {
    let text = documents::before();
    criterion.bench_function("parse", |bencher| {
        bencher.iter(|| read_contract("before", black_box(text.as_bytes())));
    });
}

fn compare(criterion: &mut Criterion) {
    let [before, after] = [documents::before(), documents::after()]
        .map(|text| read_contract("contract", text.as_bytes()).value);
    let settings = Settings::at(DateTime::UNIX_EPOCH);
    criterion.bench_function("compare", |bencher| {
        bencher.iter(|| {
            zonecut_evolution::compare(before.as_ref(), after.as_ref(), black_box(&settings))
        });
    });
}

/// From the bytes of a request to those of an answer: for a question that was asked before, and for
/// one that never was.
fn decide(criterion: &mut Criterion) {
    let snapshot = shipped();
    let now = DateTime::UNIX_EPOCH;
    let mut answer = Vec::new();
    let mut ask = |body: &str| {
        answer.clear();
        if let Ok(question) = serde_json::from_str::<DecisionRequest<'_>>(body) {
            snapshot.decide_json(&question, "id", now, &mut answer);
        }
        answer.len()
    };
    let question = questions::masked().to_string();
    criterion.bench_function("decide-again", |bencher| {
        bencher.iter(|| ask(black_box(&question)));
    });
    let mut number = 0_u64;
    criterion.bench_function("decide", |bencher| {
        bencher.iter_batched(
            || {
                number += 1;
                question.replace("analyst-1", &format!("analyst-{number}"))
            },
            |question| ask(&question),
            criterion::BatchSize::SmallInput,
        );
    });
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
        named.filter_map(|path| fs::read(path).ok()).collect()
    };
    let input = SnapshotInput {
        serial: 1,
        contracts: read("contracts", ".odcs.yaml")
            .iter()
            .filter_map(|bytes| read_contract("contract", bytes).value.map(Arc::new))
            .collect(),
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
    #[expect(
        clippy::expect_used,
        reason = "a benchmark of anything else would be worth nothing"
    )]
    Snapshot::build(&input).expect("the shipped mesh holds together")
}

criterion_group!(benches, parse, compare, decide);
criterion_main!(benches);
