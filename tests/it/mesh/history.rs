//! The histories the mesh ships: every step is publishable, and the steps that broke readers are known.

use chrono::DateTime;
use zonecut_contract::Contract;
use zonecut_diagnostics::Verdict;
use zonecut_evolution::{Settings, compare, publishable};

use super::contracts;

/// Neighbouring versions of one contract, oldest first.
fn steps() -> Vec<(Contract, Contract)> {
    let contracts: Vec<_> = contracts()
        .into_iter()
        .map(|(_, contract)| contract)
        .collect();
    contracts
        .windows(2)
        .filter(|pair| pair[0].id == pair[1].id)
        .map(|pair| (pair[0].clone(), pair[1].clone()))
        .collect()
}

#[test]
fn every_step_pays_for_what_it_breaks() {
    let settings = Settings::at(DateTime::UNIX_EPOCH);
    let mut breaking = Vec::new();
    for (before, after) in steps() {
        let report = compare(Some(&before), Some(&after), &settings);
        let step = format!("{} {} -> {}", before.id, before.version, after.version);
        assert!(publishable(&report), "{step}: {:#?}", report.findings);
        assert!(!report.findings.is_empty(), "{step} changes something");
        // No step takes a larger number than it needs.
        assert_eq!(
            report.version.required, after.version,
            "{step}: {:#?}",
            report.findings
        );
        if report.verdict.consumer == Verdict::Breaking {
            breaking.push(step);
        }
    }
    let known = [
        "recursive-queries-br 1.1.0 -> 2.0.0",
        "rssac002 2.0.0 -> 3.0.0",
        "zeek-dns 1.1.0 -> 2.0.0",
    ];
    assert_eq!(breaking, known);
}
