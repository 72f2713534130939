//! Signed checkpoints, their keys, and a log held against them.

use serde_json::json;
use zonecut_audit::{
    Bounds, Checkpoint, Entry, NotSigned, Reason, SigningKey, Tree, Verifier, VerifyingKey,
    leaf_hash,
};

use crate::{at, lines, log, record};

fn key(byte: u8) -> SigningKey {
    SigningKey::from_seed(&[byte; 32]).unwrap()
}

/// The checkpoint over the first `size` of `entries`.
fn checkpoint(entries: &[Entry], size: usize) -> Checkpoint {
    let mut tree = Tree::new();
    for entry in &entries[..size] {
        tree.push(leaf_hash(entry.to_line().as_bytes()), |_| ());
    }
    Checkpoint {
        origin: Checkpoint::origin_of(entries[0].hash),
        size: tree.size(),
        root: tree.root(),
        at: at(60),
    }
}

fn five(subject: &str) -> Vec<Entry> {
    log((0..5).map(|n| record(n, subject, json!({ "n": n }))))
}

/// Holds `entries` against `checkpoints`.
fn held(entries: &[Entry], checkpoints: Vec<Checkpoint>) -> zonecut_audit::Report {
    let mut verifier = Verifier::new(Bounds::default()).signed_by(checkpoints);
    for line in lines(entries) {
        verifier.push(&line);
    }
    verifier.finish()
}

/// The signature was checked with `openssl pkeyutl -verify -rawin` over the first four lines.
#[test]
fn a_checkpoint_has_the_documented_form() {
    let note = checkpoint(&five("a"), 3).sign(&key(7));
    insta::assert_snapshot!(note);
}

#[test]
fn a_checkpoint_opens_with_the_key_that_signed_it_and_no_other() {
    let (signed, mine) = (checkpoint(&five("a"), 3), key(1));
    let note = signed.sign(&mine);
    let keys = [key(2).verifying_key(), mine.verifying_key()];
    let opened = Checkpoint::open(&note, &keys);
    assert_eq!(opened, Ok((signed.clone(), mine.verifying_key().id())));
    let unknown = Checkpoint::open(&note, &keys[..1]).unwrap_err();
    assert!(
        matches!(unknown, NotSigned::Unknown { size: 3, .. }),
        "{unknown}"
    );
    // A witness signed as well, and stands first.
    let witness = signed.sign(&key(3));
    let (text, last) = witness.split_once("\n\n").unwrap();
    let (_, ours) = note.split_once("\n\n").unwrap();
    let both = format!("{text}\n\n{last}{ours}");
    assert_eq!(
        Checkpoint::open(&both, &keys),
        Ok((signed, mine.verifying_key().id()))
    );
}

#[test]
fn a_note_with_any_byte_changed_does_not_open() {
    let mine = key(1);
    let keys = [mine.verifying_key()];
    let note = checkpoint(&five("a"), 3).sign(&mine).into_bytes();
    for place in 0..note.len() {
        for flip in [1, 2, 0x20, 0x80] {
            let mut wrong = note.clone();
            wrong[place] ^= flip;
            let Ok(wrong) = String::from_utf8(wrong) else {
                continue;
            };
            assert!(Checkpoint::open(&wrong, &keys).is_err(), "{wrong}");
        }
    }
    for end in 0..note.len() {
        let cut = String::from_utf8_lossy(&note[..end]);
        assert!(Checkpoint::open(&cut, &keys).is_err(), "{cut}");
    }
}

#[test]
fn what_is_wrong_with_a_note_is_said() {
    let mine = key(1);
    let note = checkpoint(&five("a"), 3).sign(&mine);
    let open =
        |note: &str, keys: &[VerifyingKey]| Checkpoint::open(note, keys).unwrap_err().to_string();
    let said = [
        open("", &[]),
        open(&note, &[key(2).verifying_key()]),
        open(&note.replacen("\n3\n", "\n4\n", 1), &[mine.verifying_key()]),
        open(
            &note.replacen("\n3\n", "\n03\n", 1),
            &[mine.verifying_key()],
        ),
    ];
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn a_log_is_the_one_that_was_signed() {
    let entries = five("a");
    let report = held(
        &entries,
        vec![checkpoint(&entries, 4), checkpoint(&entries, 2)],
    );
    assert_eq!((report.broken, report.entries, report.signed), (None, 5, 4));
}

#[test]
fn a_log_written_anew_after_a_checkpoint_is_told_with_the_first_that_may_be_another() {
    let old = five("a");
    // The same two first, then others: the chain holds throughout.
    let new = log((0..5).map(|n| record(n, if n < 2 { "a" } else { "b" }, json!({ "n": n }))));
    let signed = vec![checkpoint(&old, 2), checkpoint(&old, 5)];
    let report = held(&new, signed);
    let broken = report.broken.unwrap();
    assert_eq!(
        (broken.line, broken.reason),
        (
            3,
            Reason::NotAsSigned {
                from: 3,
                to: 5,
                at: at(60)
            }
        )
    );
    assert_eq!(
        (report.entries, report.head, report.signed),
        (2, new[1].head(), 2)
    );
}

#[test]
fn a_log_that_ends_before_a_checkpoint_or_is_another_is_told() {
    let entries = five("a");
    let broken = held(&entries[..3], vec![checkpoint(&entries, 5)])
        .broken
        .unwrap();
    assert_eq!(
        (broken.line, broken.reason),
        (
            4,
            Reason::Truncated {
                expected: 5,
                found: 3
            }
        )
    );
    let other = held(&five("b"), vec![checkpoint(&entries, 5)]);
    assert_eq!(other.entries, 0);
    let broken = other.broken.unwrap();
    assert!(matches!(broken.reason, Reason::OtherLog { .. }), "{broken}");
}

#[test]
fn keys_read_back_and_nothing_else_reads_as_one() {
    let seed = [9; 32];
    let pem = SigningKey::pem_of(&seed);
    let read = SigningKey::from_pem(&pem).unwrap();
    assert_eq!(read.verifying_key(), key(9).verifying_key());
    assert!(!format!("{read:?}").contains(&hex::encode(seed)));
    for wrong in [
        "",
        "secret",
        &pem[..pem.len() - 2],
        &pem.replace("PRIVATE", "PUBLIC"),
    ] {
        assert!(SigningKey::from_pem(wrong).is_err(), "{wrong}");
    }
    let public = read.verifying_key();
    let text = public.to_string();
    assert_eq!(text.parse(), Ok(public));
    for place in 0..text.len() {
        let mut wrong = text.clone().into_bytes();
        wrong[place] ^= 1;
        let wrong = String::from_utf8(wrong).unwrap();
        let error = wrong.parse::<VerifyingKey>().unwrap_err().to_string();
        assert!(error.contains("is not a verifier key"), "{error}");
    }
}
