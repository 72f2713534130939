//! Ten times the contract costs ten times the time, whatever it is made of.

use std::fmt::Write;
use std::time::{Duration, Instant};

use zonecut_contract::Contract;
use zonecut_evolution::compare;

use crate::support::{contract, settings};

const HEAD: &str = "apiVersion: v3.1.0
kind: DataContract
id: c
version: 1.0.0
status: active
";

/// A contract in which each line of `count` states something of its own.
fn repeating(section: &str, count: usize, line: &dyn Fn(usize) -> String) -> Contract {
    let mut text = format!("{HEAD}{section}\n");
    for index in 0..count {
        writeln!(text, "{}", line(index)).unwrap();
    }
    contract("c", &text)
}

/// The least time of several, since a busy machine only ever adds.
fn spent(before: &Contract, after: &Contract) -> Duration {
    let once = || {
        let start = Instant::now();
        let report = compare(Some(before), Some(after), &settings());
        assert!(!report.findings.is_empty());
        start.elapsed()
    };
    (0..5).map(|_| once()).min().unwrap()
}

/// Sections, and how each entry is written before and after.
type Shape = (&'static str, fn(usize) -> String, fn(usize) -> String);

const PROPERTIES: &str = "schema:\n  - name: queries\n    properties:";

const SHAPES: &[Shape] = &[
    (
        PROPERTIES,
        |i| {
            format!(
                "    - {{id: p{i}, name: p{i}, logicalType: string, physicalType: varchar(18)}}"
            )
        },
        |i| {
            format!(
                "    - {{id: p{i}, name: p{i}, logicalType: string, physicalType: varchar(36)}}"
            )
        },
    ),
    (
        PROPERTIES,
        |i| format!("    - {{name: p{i}, primaryKey: true}}"),
        |i| format!("    - {{name: p{i}, primaryKey: false, classification: public}}"),
    ),
    (
        PROPERTIES,
        |i| {
            format!(
                "    - {{name: before{i}, customProperties: [{{property: sunset, value: '2020-01-01'}}]}}"
            )
        },
        |i| format!("    - {{name: after{i}}}"),
    ),
    (
        "schema:\n  - name: queries\n    quality:",
        |i| format!("    - {{name: rule{i}, metric: rowCount, mustBeGreaterThan: 5}}"),
        |i| format!("    - {{name: rule{i}, metric: rowCount, mustBeGreaterThan: 4}}"),
    ),
    (
        "slaProperties:",
        |i| format!("  - {{property: latency, element: e{i}, value: 4, unit: h}}"),
        |i| format!("  - {{property: latency, element: e{i}, value: 5, unit: h}}"),
    ),
    (
        "roles:",
        |i| format!("  - {{role: r{i}, access: read}}"),
        |i| format!("  - {{role: r{i}, access: write}}"),
    ),
    (
        "customProperties:\n  - property: table\n    value:",
        |i| format!("      key{i}: before"),
        |i| format!("      key{i}: after"),
    ),
];

#[test]
fn cost_is_linear() {
    for (section, before, after) in SHAPES {
        let pair = |count| {
            let before = repeating(section, count, before);
            (before, repeating(section, count, after))
        };
        // As many keys as a mapping may have.
        let (few, many) = (pair(400), pair(4_000));
        let (few, many) = (spent(&few.0, &few.1), spent(&many.0, &many.1));
        let ratio = many.as_secs_f64() / few.as_secs_f64();
        // What grows with the square takes a hundred times as long; the rest is room for caches.
        assert!(
            ratio < 30.0,
            "{}: {few:?} -> {many:?}, {ratio:.1} times",
            before(0)
        );
    }
}

#[test]
fn twenty_thousand_twins_are_compared_in_a_moment() {
    let twin = |value: usize| format!("  - {{property: latency, unit: h, value: {value}}}");
    let before = repeating("slaProperties:", 20_000, &|i| twin(i + 1));
    let after = repeating("slaProperties:", 20_000, &|i| twin(i + 50_000));
    let report = compare(Some(&before), Some(&after), &settings());
    assert!(report.findings.len() >= 20_000);
    // A busy machine takes three seconds; looking through all others takes far longer.
    let spent = spent(&before, &after);
    assert!(spent < Duration::from_secs(6), "{spent:?}");
}
