//! The line, the hash over it, and the head.

use serde_json::json;
use zonecut_audit::{Bounds, Chain, Entry, Head, Reason, verify};

use crate::{lines, log, record};

/// The hash was computed with `sha256sum` over the documented text.
#[test]
fn an_entry_has_the_documented_line_and_hash() {
    let entry = &log([record(
        0,
        "queries 1.1.0",
        json!({"b": [1.5, "\u{1}é"], "a": 2.0}),
    )])[0];
    assert_eq!(
        entry.to_line(),
        concat!(
            r#"{"seq":1,"at":"2026-03-01T10:00:00.000000Z","actor":"ana","action":"contract.publish","#,
            r#""subject":"queries 1.1.0","outcome":"done","detail":{"a":2,"b":[1.5,"\u0001é"]},"#,
            r#""previous":"0000000000000000000000000000000000000000000000000000000000000000","#,
            r#""hash":"141be484e384ac787b62ba1cf264d8185275e47cbeee844c4f73d6123337a226"}"#,
        )
    );
}

#[test]
fn a_resumed_chain_continues_where_it_ended() {
    let whole = log([record(0, "a", json!({})), record(1, "b", json!(null))]);
    let mut resumed = Chain::resume(whole[0].head());
    assert_eq!(resumed.append(record(1, "b", json!(null))), whole[1]);
    assert_eq!(resumed.head(), whole[1].head());
}

#[test]
fn a_head_reads_back_and_says_what_it_should_be() {
    let head = log([record(0, "a", json!({}))])[0].head();
    assert_eq!(head.to_string().parse(), Ok(head));
    for wrong in ["", "1", "1:", "x:00", &head.to_string().to_uppercase()] {
        let error = wrong.parse::<Head>().unwrap_err().to_string();
        assert!(
            error.starts_with(&format!("`{wrong}` is not a head")),
            "{error}"
        );
    }
}

#[test]
fn an_empty_log_holds_and_a_known_head_says_that_it_should_not() {
    let nothing: [&[u8]; 0] = [];
    assert_eq!(verify(nothing, Bounds::default()).broken, None);
    let known = log([record(0, "a", json!({}))])[0].head();
    let report = verify(
        nothing,
        Bounds {
            after: None,
            head: Some(known),
        },
    );
    let broken = report.broken.unwrap();
    assert_eq!(
        broken.to_string(),
        "line 1: the log ends with entry `0`, but is known to reach `1`: its end is missing"
    );
}

#[test]
fn a_part_of_a_log_holds_after_the_entry_before_it() {
    let entries = log((0..5).map(|n| record(n, "a", json!({ "n": n }))));
    let part = &lines(&entries)[2..];
    let after = Some(entries[1].head());
    assert_eq!(verify(part, Bounds { after, head: None }).broken, None);
    let broken = verify(part, Bounds::default()).broken.unwrap();
    assert_eq!(
        (broken.line, broken.reason),
        (
            1,
            Reason::Missing {
                expected: 1,
                found: 3
            }
        )
    );
    let wrong = Some(Head {
        seq: 2,
        hash: entries[0].hash,
    });
    let broken = verify(
        part,
        Bounds {
            after: wrong,
            head: None,
        },
    )
    .broken
    .unwrap();
    assert!(
        matches!(broken.reason, Reason::Detached { seq: 3, .. }),
        "{broken}"
    );
}

#[test]
fn a_log_written_anew_is_told_by_a_known_head() {
    let old = log((0..3).map(|n| record(n, "a", json!({ "n": n }))));
    let new = log((0..3).map(|n| record(n, "b", json!({ "n": n }))));
    assert_eq!(verify(lines(&new), Bounds::default()).broken, None);
    let broken = verify(
        lines(&new),
        Bounds {
            after: None,
            head: Some(old[1].head()),
        },
    )
    .broken
    .unwrap();
    assert_eq!(broken.line, 2);
    assert!(
        matches!(broken.reason, Reason::Rewritten { seq: 2, .. }),
        "{broken}"
    );
}

#[test]
fn what_is_no_entry_is_named_with_its_line() {
    let mut text = lines(&log([record(0, "a", json!({}))]));
    let spelled_anew = String::from_utf8(text[0].clone())
        .unwrap()
        .replace("\"hash\":", "\"hash\": ");
    for wrong in ["", "{}", "null", &spelled_anew] {
        text.truncate(1);
        text.push(wrong.as_bytes().to_vec());
        let broken = verify(&text, Bounds::default()).broken.unwrap();
        assert_eq!(broken.line, 2);
        assert!(matches!(broken.reason, Reason::Malformed(_)), "{broken}");
    }
}

#[test]
fn a_store_that_keeps_json_by_value_gives_the_same_line_back() {
    let entry = &log([record(
        0,
        "a",
        json!({"z": 1e17, "a": {"y": -0.0, "b": 0.1}, "n": 1e300}),
    )])[0];
    let stored = Entry {
        detail: json!({"n": 1e300, "a": {"b": 0.1, "y": 0}, "z": 100_000_000_000_000_000_u64}),
        ..entry.clone()
    };
    assert_eq!(stored.to_line(), entry.to_line());
}
