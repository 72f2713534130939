//! The standards' own examples, and single changes to one of them.

use std::fs;
use std::path::{Path, PathBuf};

use zonecut_contract::{lint_document, read_contract, read_product};
use zonecut_diagnostics::LintSeverity;

fn vectors(what: &str) -> Vec<PathBuf> {
    let folder = std::env::var_os("ZONECUT_VECTORS").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/vectors"),
        PathBuf::from,
    );
    let mut found = Vec::new();
    collect(&folder.join(what), &mut found);
    if found.is_empty() {
        println!("skipped: {what}: no documents in {}", folder.display());
    }
    found.sort();
    found
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, found);
        } else if path
            .extension()
            .is_some_and(|extension| extension == "yaml")
        {
            found.push(path);
        }
    }
}

#[test]
fn contracts_of_the_standard_are_accepted() {
    for path in vectors("odcs/examples")
        .into_iter()
        .chain(vectors("odcs-evolution-probes"))
    {
        let parsed = read_contract("a.yaml", &fs::read(&path).unwrap());
        let errors: Vec<_> = parsed
            .findings
            .iter()
            .filter(|finding| finding.rule != "newer-than-declared")
            .collect();
        assert!(
            parsed.value.is_some() && errors.is_empty(),
            "{}: {errors:?}",
            path.display()
        );
    }
}

#[test]
fn products_of_the_standard_are_accepted() {
    for path in vectors("odps") {
        let parsed = read_product("a.yaml", &fs::read(&path).unwrap());
        assert!(
            parsed.value.is_some(),
            "{}: {:?}",
            path.display(),
            parsed.findings
        );
    }
}

#[test]
fn probes_that_differ_have_different_hashes() {
    let mut hashes = std::collections::BTreeMap::new();
    for path in vectors("odcs-evolution-probes") {
        let contract = read_contract("a.yaml", &fs::read(&path).unwrap())
            .value
            .unwrap();
        if let Some(other) = hashes.insert(contract.content_hash(), path.clone()) {
            panic!("{} and {} have one hash", path.display(), other.display());
        }
    }
}

#[test]
fn lint_finds_no_error_in_documents_of_the_standard() {
    for path in vectors("odcs/examples").into_iter().chain(vectors("odps")) {
        let findings = lint_document("a.yaml", &fs::read(&path).unwrap()).findings;
        for finding in &findings {
            println!(
                "{}:{}: {:?} {}: {}",
                path.display(),
                finding.at.line,
                finding.severity,
                finding.rule,
                finding.message
            );
        }
        let errors = findings
            .iter()
            .filter(|finding| finding.severity == LintSeverity::Error);
        assert_eq!(errors.count(), 0, "{}", path.display());
    }
}
