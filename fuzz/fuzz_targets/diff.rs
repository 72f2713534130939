//! Two contracts, one after the other with a byte 0xff between them: what differs is seen both
//! ways, and is judged by verdicts that keep their order.
#![no_main]

use std::collections::{BTreeMap, BTreeSet};

use chrono::DateTime;
use libfuzzer_sys::fuzz_target;
use zonecut_contract::node::{Node, Value};
use zonecut_contract::{Contract, canonical, read_contract};
use zonecut_diagnostics::{ContractReport, Perspective, Verdict};
use zonecut_evolution::{Mode, Settings, compare, diff, publishable};

fuzz_target!(|bytes: &[u8]| {
    let mut halves = bytes.splitn(2, |byte| *byte == 0xff);
    let mut next = |file| read_contract(file, halves.next()?).value;
    let (Some(before), Some(after)) = (next("before.yaml"), next("after.yaml")) else {
        return;
    };
    let (facts, back) = (diff(&before, &after), diff(&after, &before));
    assert_eq!(facts.is_empty(), back.is_empty(), "{facts:?}\n{back:?}");
    if before.content_hash() == after.content_hash() {
        assert!(facts.is_empty(), "{facts:?}");
    } else if facts.is_empty() {
        assert_eq!(unordered(before.root()), unordered(after.root()));
    }
    let judged = |mode: &str| {
        let mode: Mode = mode.parse().expect("a name of a mode");
        judge(&before, &after, mode)
    };
    let (forward, backward, full) = (judged("forward"), judged("backward"), judged("full"));
    let least = forward.verdict.consumer.max(backward.verdict.consumer);
    assert!(full.verdict.consumer >= least, "{full:?}");
    if facts.is_empty() {
        assert!(full.findings.is_empty(), "{:?}", full.findings);
    }
});

/// What a document says, whatever the order of its lists. The team has one meaning in two shapes.
fn unordered(node: &Node) -> String {
    match &node.value {
        Value::List(items) => {
            let items: BTreeSet<String> = items.iter().map(unordered).collect();
            format!("{items:?}")
        }
        Value::Map(entries) => {
            let entries = entries.iter().filter(|entry| entry.key != "team");
            let entries = entries.map(|entry| (&entry.key, unordered(&entry.node)));
            format!("{:?}", entries.collect::<BTreeMap<_, _>>())
        }
        _ => canonical::to_string(node),
    }
}

/// A report whose verdicts are those of its findings.
fn judge(before: &Contract, after: &Contract, mode: Mode) -> ContractReport {
    let settings = Settings {
        mode: Some(mode),
        ..Settings::at(DateTime::UNIX_EPOCH)
    };
    let report = compare(Some(before), Some(after), &settings);
    let verdicts = [
        (Perspective::Consumer, report.verdict.consumer),
        (Perspective::Producer, report.verdict.producer),
        (Perspective::Governance, report.verdict.governance),
    ];
    for (perspective, verdict) in verdicts {
        let about = report.findings.iter();
        let about = about.filter(|finding| finding.perspective == perspective);
        let highest = about.map(|finding| finding.severity).max();
        assert_eq!(verdict, Verdict::from(highest), "{perspective:?}");
    }
    if publishable(&report) {
        assert_ne!(report.verdict.governance, Verdict::Breaking);
    }
    report
}
