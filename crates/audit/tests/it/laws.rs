//! Any single edit, removal, swap or insertion is found, at the first line that it touched.

use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};
use zonecut_audit::{Bounds, Chain, Entry, Head, Reason, Record, verify};

use crate::{lines, log, record};

fn detail() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((any::<String>(), inner), 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

fn records() -> impl Strategy<Value = Vec<Record>> {
    let one = (0..1_000_000_i64, any::<String>(), detail());
    prop::collection::vec(
        one.prop_map(|(at, subject, detail)| record(at, &subject, detail)),
        1..8,
    )
}

fn bounds(entries: &[Entry]) -> Bounds {
    Bounds {
        after: None,
        head: entries.last().map(Entry::head),
    }
}

proptest! {
    #[test]
    fn an_untouched_log_holds(records in records()) {
        let entries = log(records);
        let report = verify(lines(&entries), bounds(&entries));
        prop_assert_eq!(report.broken, None);
        prop_assert_eq!(report.entries, entries.len() as u64);
        prop_assert_eq!(Some(report.head), entries.last().map(Entry::head));
    }

    #[test]
    fn a_line_reads_back_as_the_entry_it_was(records in records()) {
        for entry in log(records) {
            let read: Entry = serde_json::from_str(&entry.to_line()).unwrap();
            prop_assert_eq!(read.to_line(), entry.to_line());
            prop_assert_eq!(read, entry);
        }
    }

    #[test]
    fn an_edit_of_any_byte_is_found(records in records(), line: Index, byte: Index, with: u8) {
        let mut text = lines(&log(records));
        let line = line.index(text.len());
        let byte = byte.index(text[line].len());
        prop_assume!(text[line][byte] != with);
        text[line][byte] = with;
        let broken = verify(&text, Bounds::default()).broken.unwrap();
        prop_assert_eq!(broken.line, line as u64 + 1);
        prop_assert!(matches!(broken.reason, Reason::Malformed(_) | Reason::Changed { .. }), "{}", broken);
    }

    #[test]
    fn a_changed_entry_with_its_own_right_hash_is_found(records in records(), line: Index) {
        let entries = log(records);
        let line = line.index(entries.len());
        let before = line.checked_sub(1).map_or(Head::default(), |before| entries[before].head());
        let mut text = lines(&entries);
        let forged = Chain::resume(before).append(record(0, "forged", json!({})));
        prop_assume!(forged.hash != entries[line].hash);
        text[line] = forged.to_line().into_bytes();
        let broken = verify(&text, bounds(&entries)).broken.unwrap();
        let last = line + 1 == entries.len();
        prop_assert_eq!(broken.line, if last { line as u64 + 1 } else { line as u64 + 2 });
        prop_assert!(matches!(broken.reason, Reason::Detached { .. } | Reason::Rewritten { .. }), "{}", broken);
    }

    #[test]
    fn a_removed_line_is_found(records in records(), line: Index) {
        let entries = log(records);
        let mut text = lines(&entries);
        let line = line.index(text.len());
        text.remove(line);
        let broken = verify(&text, bounds(&entries)).broken.unwrap();
        prop_assert_eq!(broken.line, line as u64 + 1);
        let (seq, last) = (line as u64 + 1, line == text.len());
        let reason = if last {
            Reason::Truncated { expected: seq, found: seq - 1 }
        } else {
            Reason::Missing { expected: seq, found: seq + 1 }
        };
        prop_assert_eq!(broken.reason, reason);
    }

    #[test]
    fn two_swapped_lines_are_found(records in records(), one: Index, other: Index) {
        let entries = log(records);
        let mut text = lines(&entries);
        let (one, other) = (one.index(text.len()), other.index(text.len()));
        prop_assume!(one != other);
        text.swap(one, other);
        let broken = verify(&text, bounds(&entries)).broken.unwrap();
        prop_assert_eq!(broken.line, one.min(other) as u64 + 1);
        prop_assert!(matches!(broken.reason, Reason::Reordered { .. }), "{}", broken);
    }

    #[test]
    fn an_inserted_line_is_found(records in records(), place: Index, forge: bool) {
        let entries = log(records);
        let mut text = lines(&entries);
        let place = place.index(text.len());
        let inserted = if forge {
            let before = place.checked_sub(1).map_or(Head::default(), |before| entries[before].head());
            Chain::resume(before).append(record(0, "forged", json!({}))).to_line().into_bytes()
        } else {
            text[place].clone()
        };
        text.insert(place, inserted);
        let broken = verify(&text, Bounds::default()).broken.unwrap();
        prop_assert_eq!(broken.line, place as u64 + 2);
        prop_assert!(matches!(broken.reason, Reason::Reordered { .. }), "{}", broken);
    }
}
