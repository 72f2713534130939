//! What is fuzzed is what is shipped, and all of it. `scripts/fuzz` does the fuzzing.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use zonecut_formats::Format;

use crate::checkout::{cargo, read, tracked_files};

/// Versions by name, of what comes from a registry.
fn versions(arguments: &[&str]) -> BTreeMap<String, BTreeSet<String>> {
    let metadata = [
        &["metadata", "--locked", "--format-version", "1"],
        arguments,
    ]
    .concat();
    let metadata: Value = serde_json::from_str(&cargo(&metadata)).expect("metadata is JSON");
    let packages = metadata["packages"].as_array().expect("a list");
    let mut versions: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for package in packages.iter().filter(|it| it["source"].is_string()) {
        let text = |key: &str| package[key].as_str().expect("text").to_owned();
        versions
            .entry(text("name"))
            .or_default()
            .insert(text("version"));
    }
    versions
}

#[test]
fn the_lock_of_the_targets_is_that_of_the_workspace() {
    let shipped = versions(&[]);
    let fuzzed = versions(&["--manifest-path", "fuzz/Cargo.toml"]);
    assert!(fuzzed.contains_key("granit-parser"));
    let astray: Vec<_> = fuzzed
        .iter()
        .filter(|(name, versions)| {
            let shipped = shipped.get(*name);
            shipped.is_some_and(|shipped| !versions.is_subset(shipped))
        })
        .collect();
    assert!(
        astray.is_empty(),
        "`cp Cargo.lock fuzz/ && cargo metadata --manifest-path fuzz/Cargo.toml --format-version 1 >/dev/null` \
         mends these: {astray:?}"
    );
}

#[test]
fn every_importer_has_a_target_and_every_target_is_built() {
    let files = tracked_files();
    let targets: BTreeSet<&str> = files
        .iter()
        .filter_map(|file| {
            let name = file.strip_prefix("fuzz/fuzz_targets/")?;
            name.strip_suffix(".rs")
        })
        .collect();
    for format in Format::ALL {
        let name = format!("import_{}", format.name().replace('-', "_"));
        assert!(targets.contains(name.as_str()), "no target `{name}`");
    }
    let manifest = read("fuzz/Cargo.toml");
    for target in targets {
        let path = format!("path = \"fuzz_targets/{target}.rs\"");
        assert!(manifest.contains(&path), "fuzz/Cargo.toml lacks `{target}`");
    }
}
