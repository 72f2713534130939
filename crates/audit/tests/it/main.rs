//! What the chain and the tree promise, as laws over generated logs, and the forms that other
//! verifiers rely on.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test's helpers fail as tests do"
)]

mod checkpoint;
mod form;
mod laws;
mod tree;

use chrono::{DateTime, TimeZone, Utc};
use serde_json::Value;
use zonecut_audit::{Chain, Entry, Outcome, Record};

fn at(second: i64) -> DateTime<Utc> {
    Utc.timestamp_opt(1_772_359_200 + second, 0).unwrap()
}

fn record(second: i64, subject: &str, detail: Value) -> Record {
    Record {
        at: at(second),
        actor: "ana".to_owned(),
        action: "contract.publish".to_owned(),
        subject: subject.to_owned(),
        outcome: Outcome::Done,
        detail,
    }
}

fn log(records: impl IntoIterator<Item = Record>) -> Vec<Entry> {
    let mut chain = Chain::new();
    records
        .into_iter()
        .map(|record| chain.append(record))
        .collect()
}

fn lines(entries: &[Entry]) -> Vec<Vec<u8>> {
    entries
        .iter()
        .map(|entry| entry.to_line().into_bytes())
        .collect()
}
