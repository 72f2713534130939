//! Any bytes as `zonecut.toml`, as the command line reads it: what is wrong is told at its place, and a
//! repository can't grade governance down.
#![no_main]

#[path = "../../crates/cli/src/config/classification.rs"]
#[expect(dead_code, reason = "what an older file said is asked of git")]
mod classification;
#[path = "../../crates/cli/src/config/rules.rs"]
mod rules;

use std::sync::LazyLock;

use chrono::DateTime;
use libfuzzer_sys::fuzz_target;
use zonecut_contract::{Contract, lint_document, read_contract};
use zonecut_diagnostics::LintSeverity;
use zonecut_evolution::{RuleLevels, Settings, compare};
use zonecut_fuzz::assert_findings;

use rules::Config;

/// A change that governance objects to.
static CHANGE: LazyLock<[Contract; 2]> = LazyLock::new(|| {
    [BEFORE, AFTER].map(|text| {
        let contract = read_contract("contract", text).value;
        contract.expect("the fixture can be read")
    })
});

const BEFORE: &[u8] = include_bytes!(
    "../../crates/evolution/tests/fixtures/classification-lowered/fires/before.odcs.yaml"
);
const AFTER: &[u8] = include_bytes!(
    "../../crates/evolution/tests/fixtures/classification-lowered/fires/after.odcs.yaml"
);
const FLAWED: &[u8] =
    include_bytes!("../../crates/contract/tests/fixtures/lint/unit-unknown/fires.odcs.yaml");

fuzz_target!(|bytes: &[u8]| {
    let config = match Config::parse("zonecut.toml", bytes) {
        Ok(config) => config,
        Err(findings) => {
            assert!(!findings.is_empty());
            return assert_findings(bytes, &findings);
        }
    };
    assert!(
        config
            .overrides
            .iter()
            .all(|level| level.severity != "off" || level.reason.is_some())
    );
    let judged = |levels| {
        let settings = Settings {
            levels,
            ..Settings::at(DateTime::UNIX_EPOCH)
        };
        let [before, after] = &*CHANGE;
        compare(Some(before), Some(after), &settings).verdict
    };
    let graded = judged(&config.levels);
    assert!(graded.governance >= judged(RuleLevels::DEFAULT).governance);
    let findings = lint_document("fires.odcs.yaml", FLAWED).findings;
    let found = findings.len();
    let report = config.grade(findings);
    assert!(report.findings.len() <= found);
    let errors = report.findings.iter();
    let errors = errors.filter(|finding| finding.severity == LintSeverity::Error);
    assert_eq!(report.valid, errors.count() == 0);
});
