//! Reading contracts for tests.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use zonecut_contract::{Contract, read_contract};
use zonecut_diagnostics::{ContractReport, Finding, Perspective, Severity, Verdict};
use zonecut_evolution::{Settings, compare, rules};

/// Settings on a fixed day.
pub fn settings() -> Settings<'static> {
    let now: DateTime<Utc> = "2026-03-01T00:00:00Z".parse().unwrap();
    Settings::at(now)
}

/// A contract that must be readable.
pub fn contract(file: &str, text: &str) -> Contract {
    let parsed = read_contract(file, text.as_bytes());
    parsed
        .value
        .unwrap_or_else(|| panic!("{file}: {:#?}", parsed.findings))
}

/// The contract in a file, when the file is there; named by its file name alone.
pub fn read(path: &Path) -> Option<Contract> {
    let text = std::fs::read_to_string(path).ok()?;
    let name = path.file_name().unwrap().to_str().unwrap();
    Some(contract(name, &text))
}

/// The root of the repository.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The folder of reference data, unless it is absent, which is said.
pub fn vectors(set: &str) -> Option<PathBuf> {
    let root = std::env::var_os("ZONECUT_VECTORS")
        .map_or_else(|| repository().join("../shared/vectors"), PathBuf::from);
    let folder = root.join(set);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: no reference data in {}", folder.display());
    None
}

/// The verdict on the change itself: whether the version pays is stated apart from it.
pub fn verdict(report: &ContractReport, perspective: Perspective) -> Verdict {
    report
        .findings
        .iter()
        .filter(|finding| {
            finding.perspective == perspective && finding.rule != rules::VERSION_TOO_SMALL
        })
        .map(|finding| finding.severity)
        .max()
        .into()
}

/// A small contract with `section` below its head.
pub fn with(section: &str) -> String {
    format!(
        "apiVersion: v3.1.0\nkind: DataContract\nid: c\nversion: 1.0.0\nstatus: active\n{section}"
    )
}

/// A small contract whose only property, `queries.it`, says `keys`, in flow style.
pub fn with_property(keys: &str) -> String {
    with(&format!(
        "schema:\n  - name: queries\n    properties: [{{name: it, {keys}}}]\n"
    ))
}

/// What is found in a change, but for what it costs.
pub fn found(before: &str, after: &str) -> Vec<Finding> {
    let (before, after) = (contract("before", before), contract("after", after));
    let report = compare(Some(&before), Some(&after), &settings());
    let told = report.findings.into_iter();
    told.filter(|finding| finding.rule != rules::VERSION_TOO_SMALL)
        .collect()
}

/// Findings in short: the rule, whom it concerns, how grave it is.
pub fn short(findings: &[Finding]) -> Vec<(&str, Perspective, Severity)> {
    let short = findings
        .iter()
        .map(|finding| (finding.rule.as_str(), finding.perspective, finding.severity));
    short.collect()
}
