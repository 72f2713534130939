//! The documents tell the truth: what they name exists.

use std::collections::BTreeSet;

use crate::checkout::{is_a, read, root, tracked_files};

/// The rows of ARCHITECTURE's table of invariants: what is promised, and the tests that guard it.
fn invariants() -> Vec<(String, Vec<String>)> {
    let text = read("ARCHITECTURE.md");
    let (_, section) = text
        .split_once("## Invariants")
        .expect("ARCHITECTURE.md has its invariants");
    section
        .lines()
        .filter(|line| line.starts_with("| ") && line.contains(".rs"))
        .map(|line| {
            let cells: Vec<_> = line.trim_matches('|').split('|').map(str::trim).collect();
            let [promise, tests] = cells[..] else {
                panic!("two cells in `{line}`")
            };
            (
                promise.to_owned(),
                tests
                    .split('`')
                    .filter(|part| part.contains(".rs"))
                    .map(str::to_owned)
                    .collect(),
            )
        })
        .collect()
}

#[test]
fn every_invariant_names_a_test_that_exists() {
    let invariants = invariants();
    assert!(
        invariants.len() >= 7,
        "the design has seven invariants, found {}",
        invariants.len()
    );
    for (promise, tests) in invariants {
        assert!(!tests.is_empty(), "`{promise}` names no test");
        for test in tests {
            let (file, name) = test
                .split_once("::")
                .unwrap_or_else(|| panic!("`{test}` is not `file::test`"));
            assert!(
                read(file).contains(&format!("fn {name}(")),
                "{file} has no test `{name}`, which guards `{promise}`"
            );
        }
    }
}

#[test]
fn links_lead_somewhere() {
    let mut followed = 0;
    for document in tracked_files().iter().filter(|file| is_a(file, "md")) {
        let folder = root().join(document);
        let folder = folder.parent().expect("a document lies in a folder");
        for link in read(document)
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next())
        {
            let target = link.split('#').next().unwrap_or_default();
            if target.is_empty() || target.contains("://") || target.starts_with("mailto:") {
                continue;
            }
            followed += 1;
            assert!(
                folder.join(target).exists(),
                "{document} links to `{target}`, which is not there"
            );
        }
    }
    assert!(followed > 10, "the documents link to each other");
}

#[test]
fn makefile_targets_named_in_documents_exist() {
    let makefile = read("Makefile");
    for document in [
        "README.md",
        "CONTRIBUTING.md",
        "docs/operations.md",
        "docs/performance.md",
    ] {
        for target in read(document)
            .split("`make ")
            .skip(1)
            .filter_map(|rest| rest.split(['`', ' ']).next())
        {
            assert!(
                makefile.contains(&format!("\n{target}:")),
                "{document} names `make {target}`, which is not there"
            );
        }
    }
}

#[test]
fn dashboards_and_alerts_ask_for_metrics_that_are_there() {
    let served = read("server/src/metrics.rs");
    let metric = regex::Regex::new(r"zonecut_[a-z_]+").expect("a pattern");
    for file in ["deploy/dashboard.json", "deploy/alerts.yml"] {
        let text = read(file);
        let asked: BTreeSet<_> = metric
            .find_iter(&text)
            .map(|found| found.as_str())
            .collect();
        assert!(asked.len() > 2, "{file} asks for metrics: {asked:?}");
        for name in asked {
            assert!(
                served.contains(&format!("\"{name}\"")),
                "{file} asks for `{name}`, which is not served"
            );
        }
    }
}

#[test]
fn every_setting_is_documented_and_every_documented_setting_is_there() {
    let source = read("server/src/config.rs");
    let (_, fields) = source
        .split_once("pub struct Config {")
        .expect("the configuration is a struct");
    let (fields, _) = fields.split_once("\n}").expect("the struct ends");
    let there: BTreeSet<_> = fields
        .lines()
        .filter_map(|line| line.trim().strip_prefix("pub ")?.split_once(':'))
        .map(|(name, _)| name)
        .collect();
    let page = read("docs/operations.md");
    let documented: BTreeSet<_> = page
        .lines()
        .skip_while(|line| !line.starts_with("| key |"))
        .take_while(|line| line.starts_with('|'))
        .filter_map(|line| Some(line.strip_prefix("| `")?.split_once('`')?.0))
        .collect();
    assert_eq!(documented, there);
}
