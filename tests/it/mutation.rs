//! Documents that went wrong by chance: what reads, lints and compares them neither panics nor hangs.
//!
//! The same in every run, and short. `ZONECUT_FUZZ_SECONDS=600 ZONECUT_FUZZ_SEED=7` makes it long and
//! another; `fuzz/` has the same promises for libFuzzer.

mod mutator;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

use chrono::DateTime;
use zonecut_contract::{Contract, lint_document, read_contract, read_document, read_product};
use zonecut_evolution::{Settings, compare, diff};
use zonecut_formats::{Format, import};

use self::mutator::Mutator;
use crate::checkout::{root, vectors};

/// What one mutant may take. Mutants are as large as what they were made from, tens of kilobytes, and
/// take a hundredth of this; a busy machine and an unoptimised build take more.
const SOON: Duration = Duration::from_secs(if cfg!(debug_assertions) { 10 } else { 2 });

fn setting(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// The shipped contracts and products, schemas to import, and the documents that others published.
fn corpus() -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    collect(&root().join("contracts"), &mut found);
    collect(&root().join("products"), &mut found);
    collect(&root().join("crates/formats/tests/fixtures"), &mut found);
    for set in ["odcs/examples", "odcs-evolution-probes", "odps"] {
        if let Some(folder) = vectors(set) {
            collect(&folder, &mut found);
        }
    }
    found
}

fn collect(folder: &Path, found: &mut Vec<Vec<u8>>) {
    const LARGEST: usize = 64 * 1024;
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(&path, found);
        } else if path
            .extension()
            .is_some_and(|it| it == "yaml" || it == "json" || it == "avsc")
        {
            let bytes = std::fs::read(path).unwrap();
            found.extend((bytes.len() <= LARGEST).then_some(bytes));
        }
    }
}

/// How far a mutant got.
#[derive(Default)]
struct Met {
    mutants: u64,
    trees: u64,
    imported: u64,
    contracts: u64,
    differing: u64,
    slowest: Duration,
}

fn meet(bytes: &[u8], origin: Option<&Contract>, met: &mut Met) {
    let document = read_document("mutant.yaml", bytes);
    assert!(document.value.is_some() || !document.findings.is_empty());
    let linted = lint_document("mutant.yaml", bytes);
    assert_eq!(linted.readable, document.value.is_some());
    let product = read_product("mutant.yaml", bytes);
    assert!(product.value.is_some() || !product.findings.is_empty());
    for format in Format::ALL {
        if let Some(imported) = import(format, "mutant", bytes, "mutant").value {
            met.imported += 1;
            let read = read_contract("imported.odcs.yaml", imported.as_bytes());
            assert!(read.value.is_some(), "{imported}\n{:?}", read.findings);
        }
    }
    let contract = read_contract("mutant.yaml", bytes);
    assert!(contract.value.is_some() || !contract.findings.is_empty());
    met.trees += u64::from(document.value.is_some());
    let Some(contract) = contract.value else {
        return;
    };
    met.contracts += 1;
    assert!(diff(&contract, &contract).is_empty());
    let settings = Settings::at(DateTime::UNIX_EPOCH);
    let report = compare(origin, Some(&contract), &settings);
    let back = compare(Some(&contract), origin, &settings);
    assert_eq!(back.after.is_some(), origin.is_some());
    met.differing += u64::from(!report.findings.is_empty());
}

#[test]
fn mutants_neither_panic_nor_hang() {
    let corpus = corpus();
    let contracts: Vec<Option<Contract>> = corpus
        .iter()
        .map(|bytes| read_contract("origin.yaml", bytes).value)
        .collect();
    assert!(contracts.iter().flatten().count() >= 10);
    let seed = setting("ZONECUT_FUZZ_SEED").unwrap_or(1);
    let span = Duration::from_secs(setting("ZONECUT_FUZZ_SECONDS").unwrap_or(3));
    let mut mutator = Mutator::new(seed);
    let mut met = Met::default();
    let begun = Instant::now();
    while begun.elapsed() < span {
        let origin = mutator.below(corpus.len());
        let mutant = mutator.mutate(&corpus, origin);
        let start = Instant::now();
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            meet(&mutant, contracts[origin].as_ref(), &mut met);
        }));
        let spent = start.elapsed();
        met.mutants += 1;
        met.slowest = met.slowest.max(spent);
        if outcome.is_err() || spent > SOON {
            let kept = std::env::temp_dir().join(format!("zonecut-mutant-{seed}-{}", met.mutants));
            std::fs::write(&kept, &mutant).unwrap();
            panic!("{} after {spent:?}: {outcome:?}", kept.display());
        }
    }
    println!(
        "seed {seed}: {} mutants in {} s; {} had a tree, {} were imported, {} were contracts, {} differed; the slowest took {:?}",
        met.mutants,
        span.as_secs(),
        met.trees,
        met.imported,
        met.contracts,
        met.differing,
        met.slowest
    );
    // Mutations that only break syntax would find nothing behind it.
    assert!(met.trees > met.mutants / 10 && met.contracts > 0 && met.differing > 0);
    assert!(met.imported > 0);
}
