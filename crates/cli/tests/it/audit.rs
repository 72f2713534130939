//! `zonecut audit verify` on exported logs.

use chrono::DateTime;
use serde_json::{Value, json};
use zonecut_audit::{Chain, Outcome, Record};

use crate::support::Folder;

/// A log of so many entries, as the server exports it.
fn log(entries: u32) -> Vec<String> {
    let mut chain = Chain::new();
    let record = |number| Record {
        at: DateTime::UNIX_EPOCH,
        actor: "ana".to_owned(),
        action: "contract.publish".to_owned(),
        subject: format!("queries {number}"),
        outcome: Outcome::Done,
        detail: json!({ "serial": number }),
    };
    (1..=entries)
        .map(|number| chain.append(record(number)).to_line())
        .collect()
}

fn text(lines: &[String]) -> String {
    lines
        .iter()
        .fold(String::new(), |text, line| text + line + "\n")
}

#[test]
fn a_log_that_holds_prints_its_head_which_a_shorter_one_does_not_reach() {
    let folder = Folder::new();
    let lines = log(3);
    folder.write("log.ndjson", &text(&lines));
    let answer = folder.zonecut(&["audit", "verify", "log.ndjson"]);
    assert_eq!(
        (answer.exit, answer.out.starts_with("3:")),
        (0, true),
        "{}",
        answer.err
    );

    folder.write("log.ndjson", &text(&lines[..2]));
    assert_eq!(folder.zonecut(&["audit", "verify", "log.ndjson"]).exit, 0);
    let known = folder.zonecut(&["audit", "verify", "log.ndjson", "--head", answer.out.trim()]);
    assert_eq!(known.exit, 1);
    assert!(
        known
            .err
            .contains("log.ndjson:3: the log ends with entry `2`"),
        "{}",
        known.err
    );
}

#[test]
fn a_touched_log_is_refused_at_the_line() {
    let folder = Folder::new();
    let lines = log(3);
    let edited = [
        lines[0].clone(),
        lines[1].replace("ana", "eve"),
        lines[2].clone(),
    ];
    folder.write("log.ndjson", &text(&edited));
    let answer = folder.zonecut(&["audit", "verify", "log.ndjson"]);
    assert_eq!((answer.exit, answer.out.as_str()), (1, ""));
    assert!(
        answer
            .err
            .contains("log.ndjson:2: the content of entry `2` was changed"),
        "{}",
        answer.err
    );

    let answer = folder.zonecut(&["audit", "verify", "log.ndjson", "--format", "json"]);
    let report: Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!(
        (&report["holds"], &report["entries"], &report["line"]),
        (&json!(false), &json!(1), &json!(2))
    );
}

#[test]
fn what_cannot_be_read_or_understood_exits_with_2() {
    let folder = Folder::new();
    assert_eq!(
        folder.zonecut(&["audit", "verify", "nowhere.ndjson"]).exit,
        2
    );
    folder.write("log.ndjson", "");
    let answer = folder.zonecut(&["audit", "verify", "log.ndjson", "--head", "3"]);
    assert_eq!(answer.exit, 2);
    assert!(answer.err.contains("write `SEQ:HASH`"), "{}", answer.err);
}
