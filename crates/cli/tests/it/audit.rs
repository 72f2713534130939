//! `zonecut audit verify` on exported logs.

use std::collections::HashMap;

use chrono::DateTime;
use serde_json::{Value, json};
use zonecut_audit::{Chain, Checkpoint, Entry, Outcome, Plan, Record, SigningKey, Tree, leaf_hash};

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

/// What an auditor keeps and asks for, about the log of `lines`, in files of `folder`.
fn evidence(folder: &Folder, lines: &[String], key: &SigningKey) {
    let first: Entry = serde_json::from_str(&lines[0]).unwrap();
    let (mut tree, mut hashes, mut notes) = (Tree::new(), HashMap::new(), Vec::new());
    for line in lines {
        tree.push(leaf_hash(line.as_bytes()), |node| {
            hashes.insert(node.address, node.hash);
        });
        let checkpoint = Checkpoint {
            origin: Checkpoint::origin_of(first.hash),
            size: tree.size(),
            root: tree.root(),
            at: DateTime::UNIX_EPOCH,
        };
        notes.push(json!({ "note": checkpoint.sign(key) }));
    }
    let path = |plan: Option<Plan>| {
        plan.unwrap()
            .hashes(|node| hashes.get(&node).copied())
            .unwrap()
    };
    let keys = json!({"items": [{"key": key.verifying_key()}]});
    folder.write("keys.json", &keys.to_string());
    let checkpoints = [&notes[1], &notes[3]].map(ToString::to_string);
    folder.write("checkpoints.ndjson", &text(&checkpoints));
    let inclusion = json!({
        "seq": 3, "line": lines[2], "path": path(Plan::inclusion(3, 5)), "checkpoint": notes[4],
    });
    folder.write("inclusion.json", &inclusion.to_string());
    let consistency = json!({
        "from": notes[1], "to": notes[4], "path": path(Plan::consistency(2, 5)),
    });
    folder.write("consistency.json", &consistency.to_string());
}

fn key(byte: u8) -> SigningKey {
    SigningKey::from_seed(&[byte; 32]).unwrap()
}

const VERIFY: [&str; 5] = ["audit", "verify", "log.ndjson", "--keys", "keys.json"];

#[test]
fn a_log_is_held_against_checkpoints_and_proofs() {
    let folder = Folder::new();
    let lines = log(5);
    folder.write("log.ndjson", &text(&lines));
    evidence(&folder, &lines, &key(1));
    let signed = [&VERIFY[..], &["--checkpoints", "checkpoints.ndjson"]].concat();
    let answer = folder.zonecut(&signed);
    assert_eq!(answer.exit, 0, "{}", answer.err);
    assert!(
        answer
            .err
            .contains("the first 4 are those that were signed"),
        "{}",
        answer.err
    );
    let proofs = ["--proof", "inclusion.json", "--proof", "consistency.json"];
    let answer = folder.zonecut(&[&signed[..], &proofs].concat());
    assert_eq!(answer.exit, 0, "{}", answer.err);
    assert!(
        answer.err.contains("the first 5 are those"),
        "{}",
        answer.err
    );
    assert!(answer.err.contains("2 of 2 proofs hold"), "{}", answer.err);
    let alone = [
        "audit",
        "verify",
        "--keys",
        "keys.json",
        "--proof",
        "inclusion.json",
    ];
    let answer = folder.zonecut(&alone);
    assert_eq!(
        (answer.exit, answer.out.as_str()),
        (0, ""),
        "{}",
        answer.err
    );
}

#[test]
fn a_log_written_anew_from_an_entry_on_is_named_there() {
    let folder = Folder::new();
    let lines = log(5);
    evidence(&folder, &lines, &key(1));
    // The third says another thing, and it and all after it are chained anew.
    let mut chain = Chain::new();
    let forged: Vec<_> = lines
        .iter()
        .map(|line| {
            let entry: Entry = serde_json::from_str(line).unwrap();
            let actor = if entry.seq == 3 {
                "eve".to_owned()
            } else {
                entry.actor
            };
            let Entry {
                at,
                action,
                subject,
                outcome,
                detail,
                ..
            } = entry;
            chain
                .append(Record {
                    at,
                    actor,
                    action,
                    subject,
                    outcome,
                    detail,
                })
                .to_line()
        })
        .collect();
    folder.write("log.ndjson", &text(&forged));
    assert_eq!(folder.zonecut(&VERIFY).exit, 0, "the chain alone holds");
    let answer = folder.zonecut(&[&VERIFY[..], &["--checkpoints", "checkpoints.ndjson"]].concat());
    assert_eq!((answer.exit, answer.out.as_str()), (1, ""));
    assert!(
        answer
            .err
            .contains("log.ndjson:3: entries `3` to `4` are not those that were signed"),
        "{}",
        answer.err
    );
}

#[test]
fn forged_checkpoints_and_proofs_are_refused_and_foreign_keys_too() {
    let folder = Folder::new();
    let lines = log(5);
    folder.write("log.ndjson", &text(&lines));
    evidence(&folder, &lines, &key(1));
    let with = |arguments: &[&str]| folder.zonecut(&[&VERIFY[..], arguments].concat());

    let proof = folder.read("inclusion.json");
    folder.write("inclusion.json", &proof.replace("ana", "eve"));
    let answer = with(&["--proof", "inclusion.json"]);
    assert_eq!(answer.exit, 1);
    assert!(
        answer
            .err
            .contains("inclusion.json: the proof leads to the root"),
        "{}",
        answer.err
    );
    folder.write("inclusion.json", &proof.replace("\"seq\":3", "\"seq\":2"));
    let answer = with(&["--proof", "inclusion.json"]);
    assert!(
        answer.err.contains("its line is not entry `2`"),
        "{}",
        answer.err
    );

    let checkpoints = folder.read("checkpoints.ndjson");
    folder.write(
        "checkpoints.ndjson",
        &checkpoints.replacen("\\n4\\n", "\\n3\\n", 1),
    );
    let answer = with(&["--checkpoints", "checkpoints.ndjson", "--format", "json"]);
    let report: Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!(
        (answer.exit, &report["holds"], &report["line"]),
        (1, &json!(false), &json!(2))
    );
    assert_eq!(report["file"], "checkpoints.ndjson");

    folder.write("checkpoints.ndjson", &checkpoints);
    let keys = json!({"items": [{"key": key(2).verifying_key()}]});
    folder.write("keys.json", &keys.to_string());
    let answer = with(&["--checkpoints", "checkpoints.ndjson"]);
    assert_eq!(answer.exit, 1);
    assert!(
        answer.err.contains("by none of the keys given"),
        "{}",
        answer.err
    );

    folder.write("keys.json", "{}");
    assert_eq!(with(&["--proof", "inclusion.json"]).exit, 2);
    assert_eq!(folder.zonecut(&["audit", "verify"]).exit, 2);
    let without_keys = [
        "audit",
        "verify",
        "log.ndjson",
        "--checkpoints",
        "checkpoints.ndjson",
    ];
    assert_eq!(folder.zonecut(&without_keys).exit, 2);
}
