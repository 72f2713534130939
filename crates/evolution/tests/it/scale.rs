//! Documents that repeat themselves cost no more than others.

use std::fmt::Write;
use std::time::{Duration, Instant};

use zonecut_evolution::compare;

use crate::support::{contract, settings};

/// A contract that states one service level, or one quality rule, again and again.
fn repeating(section: &str, entry: &str, value: usize) -> String {
    let mut text = "apiVersion: v3.1.0
kind: DataContract
id: c
version: 1.0.0
status: active
"
    .to_owned();
    writeln!(text, "{section}:").unwrap();
    for index in 0..20_000 {
        writeln!(text, "  - {{{entry}: {}}}", index + value).unwrap();
    }
    text
}

#[test]
fn twenty_thousand_twins_are_compared_in_a_moment() {
    let entry = "property: latency, unit: h, value";
    let before = contract("before", &repeating("slaProperties", entry, 1));
    let after = contract("after", &repeating("slaProperties", entry, 50_000));
    let start = Instant::now();
    let report = compare(Some(&before), Some(&after), &settings());
    let spent = start.elapsed();
    assert!(report.findings.len() >= 20_000);
    // A busy machine takes three seconds; looking through all others takes far longer.
    assert!(spent < Duration::from_secs(6), "{spent:?}");
}
