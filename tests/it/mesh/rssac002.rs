//! `rssac002` against files as the root server operators published them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use zonecut_contract::Contract;

use super::contract;
use crate::checkout::vectors;

fn files_below(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the folder can be listed") {
        let path = entry.expect("the folder can be listed").path();
        if path.is_dir() {
            files_below(&path, found);
        } else if path
            .extension()
            .is_some_and(|extension| extension == "yaml")
        {
            found.push(path);
        }
    }
}

/// The columns of the object for a metric.
fn columns(contract: &Contract, metric: &str) -> Vec<String> {
    let object = contract
        .object(metric)
        .unwrap_or_else(|| panic!("no object for the metric `{metric}`"));
    contract
        .columns(object)
        .into_iter()
        .map(|column| column.path)
        .collect()
}

/// The column into which a key of a metric's file goes, by the contract's `usage`.
fn column_of(metric: &str, key: &str) -> String {
    let number = key.parse::<u64>().is_ok();
    match (metric, key) {
        ("rcode-volume", _) if number => "rcode".to_owned(),
        // A mapping that early files nest the codes under, and later ones leave behind empty.
        ("rcode-volume", "rcodes") => "rcode".to_owned(),
        ("traffic-sizes", direction) if direction.ends_with("-sizes") => "direction".to_owned(),
        (_, key) => key.to_owned(),
    }
}

/// The keys and plain values at the top of a file. By lines, since keys that are numbers are no keys of a document of ours.
fn header(text: &str) -> BTreeMap<&str, &str> {
    text.lines()
        .filter(|line| !line.starts_with([' ', '-', '#']))
        .filter_map(|line| line.split_once(':'))
        .map(|(key, value)| (key.trim_matches('\''), value.trim().trim_matches('\'')))
        .collect()
}

#[test]
fn the_contract_is_what_operators_publish() {
    let Some(folder) = vectors("dns/rssac002") else {
        return;
    };
    let (second, third) = (contract("rssac002", "2.0.0"), contract("rssac002", "3.0.0"));
    let mut files = Vec::new();
    files_below(&folder, &mut files);
    assert!(files.len() > 20, "the files were found");

    for file in files {
        let place = file.display().to_string();
        let text = std::fs::read_to_string(&file).expect("a file is text");
        let published = header(&text);
        let version = published.get("version");
        let contract = if version.is_some() { &third } else { &second };
        let metric = published["metric"];
        let columns = columns(contract, metric);
        for key in published.keys().filter(|key| **key != "metric") {
            let column = column_of(metric, key);
            assert!(
                columns.contains(&column),
                "{place}: no column for `{key}` in {} of {columns:?}",
                contract.version
            );
        }
        for column in ["service", "start-period"] {
            assert!(
                published.contains_key(column),
                "{place}: `{column}` is required"
            );
        }
        assert!(
            version.is_none_or(|version| version.starts_with("rssac002v")),
            "{place}: {version:?}"
        );
    }
}
