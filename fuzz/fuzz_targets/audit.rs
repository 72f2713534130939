//! Any bytes as an exported audit log, of which no line may go; and any JSON as the detail of an
//! entry, which comes back as it was from a store that keeps values.
#![no_main]

use chrono::DateTime;
use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use zonecut_audit::{Bounds, Chain, Entry, Outcome, Record, verify};

fuzz_target!(|bytes: &[u8]| {
    read(bytes);
    if let Ok(detail) = serde_json::from_slice(bytes) {
        write(detail);
    }
});

fn read(bytes: &[u8]) {
    let lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
    let report = verify(&lines, Bounds::default());
    assert_eq!(report.head.seq, report.entries);
    let held = usize::try_from(report.entries).expect("lines fit into memory");
    assert_eq!(report.broken.is_none(), held == lines.len());
    let known = Bounds {
        head: Some(report.head),
        ..Bounds::default()
    };
    assert_eq!(verify(&lines[..held], known).broken, None);
    for gone in 0..held {
        let kept = [&lines[..gone], &lines[gone + 1..held]].concat();
        assert!(verify(kept, known).broken.is_some());
    }
}

fn write(detail: Value) {
    let entry = Chain::new().append(Record {
        at: DateTime::UNIX_EPOCH,
        actor: "ana".to_owned(),
        action: "contract.publish".to_owned(),
        subject: "queries 1.1.0".to_owned(),
        outcome: Outcome::Done,
        detail,
    });
    let line = entry.to_line();
    assert_eq!(verify([&line], Bounds::default()).broken, None, "{line}");
    let kept: Entry = serde_json::from_str(&line).expect("an entry is JSON");
    assert_eq!(kept.to_line(), line);
}
