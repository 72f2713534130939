//! Mask documents: what is accepted, what is refused, and in which words.

use serde_json::{Value, json};
use zonecut_mask::Mask;

fn refused(document: &Value) -> String {
    let errors = Mask::from_json(document).expect_err("refused");
    errors
        .iter()
        .map(|error| {
            format!(
                "{}: {} ({})",
                error.key.as_deref().unwrap_or("-"),
                error.message,
                error.help
            )
        })
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn null_may_be_quoted_or_not() {
    assert_eq!(Mask::from_json(&json!({"type": null})), Ok(Mask::Null));
    assert_eq!(Mask::from_json(&json!({"type": "null"})), Ok(Mask::Null));
    assert_eq!(
        serde_json::to_value(Mask::Null).unwrap(),
        json!({"type": "null"})
    );
}

#[test]
fn answers_are_written_as_documents_are() {
    for document in [
        json!({"type": "ip-prefix", "v4": 24, "v6": 48}),
        json!({"type": "ip-prefix", "v4": 24}),
        json!({"type": "domain", "to": "registrable"}),
        json!({"type": "domain", "to": "tld"}),
        json!({"type": "domain", "labels": 2}),
        json!({"type": "constant", "value": "redacted"}),
        json!({"type": "hash-keyed", "key": "mesh-2026", "epoch": 1}),
        json!({"type": "enum-group", "groups": {"NOERROR": "ok"}, "other": "other"}),
    ] {
        let mask = Mask::from_json(&document).unwrap();
        assert_eq!(serde_json::to_value(&mask).unwrap(), document);
    }
}

#[test]
fn one_label_is_the_top_level_domain() {
    assert_eq!(
        Mask::from_json(&json!({"type": "domain", "labels": 1})),
        Mask::from_json(&json!({"type": "domain", "to": "tld"}))
    );
}

#[test]
fn partial_of_nothing_is_null() {
    assert_eq!(
        Mask::from_json(&json!({"type": "partial", "first": 0, "last": 0})),
        Ok(Mask::Null)
    );
}

#[test]
fn flaws_are_named_all_at_once() {
    assert_eq!(
        refused(&json!({"type": "ip-prefix", "v4": 33, "vv6": 48})),
        "vv6: unknown key `vv6` of mask `ip-prefix` (did you mean `v6`?)\n\
         v4: `v4` must be a whole number from 0 to 32 (found `33`)"
    );
    assert_eq!(
        refused(&json!({"type": "ip-prefix", "v4": 32, "v6": 128})),
        "v4: `v4: 32` with `v6: 128` hides nothing (shorten one, or leave the mask out)"
    );
    assert_eq!(
        refused(&json!({"type": "ip-prefx", "v4": 24})),
        "type: unknown mask type `ip-prefx` (did you mean `ip-prefix`?)"
    );
    assert_eq!(
        refused(&json!({"type": "null", "value": 1})),
        "value: unknown key `value` of mask `null` (`null` has no other keys)"
    );
    assert_eq!(
        refused(&json!({"type": "domain", "to": "tld", "labels": 1})),
        "labels: `to` and `labels` exclude each other (keep one of them)"
    );
    assert_eq!(
        refused(&json!({"type": "hash-keyed", "key": "a secret!", "epoch": 1.5}))
            .lines()
            .count(),
        2
    );
    assert!(refused(&json!({"type": "clear"})).starts_with("type: unknown mask type `clear`"));
    assert!(refused(&json!({"v4": 24})).starts_with("-: a mask needs `type`"));
    assert!(refused(&json!("null")).starts_with("-: a mask must be a mapping"));
}
