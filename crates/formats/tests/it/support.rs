//! Importing and comparing for tests.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde_json::Value;
use zonecut_contract::{Contract, read_contract};
use zonecut_diagnostics::Verdict;
use zonecut_evolution::{Settings, compare};
use zonecut_formats::{Format, import};

/// The contract that a schema becomes.
pub fn imported(format: Format, schema: &Value) -> Contract {
    let text = yaml(format, &serde_json::to_string_pretty(schema).unwrap());
    let parsed = read_contract("imported", text.as_bytes());
    parsed
        .value
        .unwrap_or_else(|| panic!("{:#?}\n{text}", parsed.findings))
}

/// The text of the contract that a schema becomes.
pub fn yaml(format: Format, schema: &str) -> String {
    let imported = import(format, "schema", schema.as_bytes(), "test");
    imported
        .value
        .unwrap_or_else(|| panic!("{:#?}\n{schema}", imported.findings))
}

/// Whether consumers are well served in a mode.
pub fn serves(before: &Contract, after: &Contract, mode: &str) -> bool {
    let now: DateTime<Utc> = "2026-03-01T00:00:00Z".parse().unwrap();
    let mut settings = Settings::at(now);
    settings.mode = Some(mode.parse().unwrap());
    compare(Some(before), Some(after), &settings)
        .verdict
        .consumer
        != Verdict::Breaking
}

/// In which ways two versions of a schema understand each other, in the words of registries.
pub fn compatibility(format: Format, before: &Value, after: &Value) -> &'static str {
    let (before, after) = (imported(format, before), imported(format, after));
    let backward = serves(&before, &after, "backward");
    let forward = serves(&before, &after, "forward");
    assert_eq!(
        serves(&before, &after, "full"),
        backward && forward,
        "full is both"
    );
    match (backward, forward) {
        (true, true) => "both",
        (true, false) => "backward",
        (false, true) => "forward",
        (false, false) => "none",
    }
}

/// The folder of reference data, unless it is absent, which is said.
pub fn vectors(set: &str) -> Option<PathBuf> {
    let root = std::env::var_os("ZONECUT_VECTORS").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/vectors"),
        PathBuf::from,
    );
    let folder = root.join(set);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: no reference data in {}", folder.display());
    None
}
