//! What masked values look like.

use serde_json::json;
use zonecut_mask::{CannotApply, LogicalType, Mask, Meaning, Value};

fn mask(document: &serde_json::Value) -> Mask {
    Mask::from_json(document).expect("a valid mask")
}

fn text(document: &serde_json::Value, value: &str) -> Option<String> {
    match mask(document)
        .apply(&Value::Text(value.to_owned()), None)
        .expect("applicable")
    {
        Value::Text(text) => Some(text),
        Value::Null => None,
        other => panic!("not text: {other:?}"),
    }
}

#[test]
fn addresses_become_networks() {
    let networks = json!({"type": "ip-prefix", "v4": 24, "v6": 48});
    for (raw, shown) in [
        ("192.0.2.77", Some("192.0.2.0")),
        ("::ffff:192.0.2.77", Some("192.0.2.0")),
        ("::ffff:c000:24d", Some("192.0.2.0")),
        ("2001:db8:1:2::3", Some("2001:db8:1::")),
        ("2001:DB8:1:2::3", Some("2001:db8:1::")),
        ("not an address", None),
        ("", None),
        ("192.0.2.77/32", None),
    ] {
        assert_eq!(text(&networks, raw).as_deref(), shown, "{raw}");
    }
    let only_v4 = json!({"type": "ip-prefix", "v4": 16});
    assert_eq!(text(&only_v4, "2001:db8::1"), None);
    assert_eq!(text(&only_v4, "192.0.2.1").as_deref(), Some("192.0.0.0"));
    assert_eq!(
        text(&json!({"type": "ip-prefix", "v4": 0, "v6": 0}), "192.0.2.1").as_deref(),
        Some("0.0.0.0")
    );
}

#[test]
fn names_become_their_ends() {
    let registrable = json!({"type": "domain", "to": "registrable"});
    for (raw, shown) in [
        ("www.example.com", Some("example.com")),
        ("www.example.com.", Some("example.com.")),
        ("WWW.Example.COM", Some("Example.COM")),
        ("a.b.example.co.uk", Some("example.co.uk")),
        ("co.uk", Some("co.uk")),
        ("com", Some("com")),
        (".", Some(".")),
        ("a..com", None),
        ("", None),
    ] {
        assert_eq!(text(&registrable, raw).as_deref(), shown, "{raw}");
    }
    assert_eq!(
        text(&json!({"type": "domain", "labels": 2}), "a.b.c.d.").as_deref(),
        Some("c.d.")
    );
    assert_eq!(
        text(&json!({"type": "domain", "labels": 9}), "a.b").as_deref(),
        Some("a.b")
    );
    assert_eq!(
        text(&json!({"type": "domain", "to": "tld"}), "a.b").as_deref(),
        Some("b")
    );
}

#[test]
fn partial_counts_characters_and_hides_the_length() {
    let partial = json!({"type": "partial", "first": 2, "last": 1});
    for (raw, shown) in [
        ("abcdef", "ab*f"),
        ("abcd", "ab*d"),
        ("abc", "abc"),
        ("", ""),
        ("éèàç", "éè*ç"),
    ] {
        assert_eq!(text(&partial, raw).as_deref(), Some(shown));
    }
}

#[test]
fn buckets_are_floors_also_below_zero() {
    let by_five = mask(&json!({"type": "number-bucket", "size": 5}));
    for (raw, shown) in [(7, 5), (5, 5), (0, 0), (-1, -5), (-5, -5)] {
        assert_eq!(
            by_five.apply(&Value::Integer(raw), None),
            Ok(Value::Integer(shown))
        );
    }
    assert_eq!(
        by_five.apply(&Value::Number(-0.5), None),
        Ok(Value::Number(-5.0))
    );
    assert_eq!(
        by_five.apply(&Value::Integer(i64::MIN), None),
        Ok(Value::Null)
    );
    let hours = mask(&json!({"type": "time-bucket", "seconds": 3600}));
    assert_eq!(
        hours.apply(&Value::Timestamp(-1), None),
        Ok(Value::Timestamp(-3_600_000_000))
    );
    assert_eq!(
        hours.apply(&Value::Timestamp(3_600_000_001), None),
        Ok(Value::Timestamp(3_600_000_000))
    );
}

#[test]
fn groups_and_constants() {
    let grouped = json!({"type": "enum-group", "groups": {"NOERROR": "ok"}, "other": "other"});
    assert_eq!(text(&grouped, "NOERROR").as_deref(), Some("ok"));
    assert_eq!(text(&grouped, "REFUSED").as_deref(), Some("other"));
    assert_eq!(
        text(&json!({"type": "enum-group", "groups": {"a": "b"}}), "c"),
        None
    );
    let constant = mask(&json!({"type": "constant", "value": 7}));
    assert_eq!(
        constant.apply(&Value::Integer(1), None),
        Ok(Value::Integer(7))
    );
    assert_eq!(
        constant.apply(&Value::Null, None),
        Ok(Value::Integer(7)),
        "nor whether there was a value"
    );
}

#[test]
fn keyed_tokens_name_their_key_and_need_it() {
    let hashed = mask(&json!({"type": "hash-keyed", "key": "mesh-2026", "epoch": 1}));
    let value = Value::Text("Hi There".to_owned());
    // RFC 4231, test case 1.
    let token = "mesh-2026.1.b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7";
    assert_eq!(
        hashed.apply(&value, Some(&[0x0b; 20])),
        Ok(Value::Text(token.to_owned()))
    );
    for absent in [None, Some(&b""[..])] {
        assert!(matches!(
            hashed.apply(&value, absent),
            Err(CannotApply::KeyMissing { .. })
        ));
    }
    let pseudonym = mask(&json!({"type": "ip-pseudonym", "key": "mesh-2026", "epoch": 1}));
    assert_eq!(
        pseudonym.apply(&value, Some(b"k")),
        Err(CannotApply::EngineOnly {
            mask: "ip-pseudonym"
        })
    );
}

#[test]
fn a_mask_has_a_meaning_only_for_its_own_columns() {
    let plain = |logical| Meaning {
        address: false,
        name: false,
        logical,
    };
    let address = Meaning {
        address: true,
        ..plain(LogicalType::Text)
    };
    let name = Meaning {
        name: true,
        ..plain(LogicalType::Text)
    };
    let prefix = mask(&json!({"type": "ip-prefix", "v4": 24}));
    let domain = mask(&json!({"type": "domain", "to": "tld"}));
    assert!(prefix.has_meaning_for(address) && !prefix.has_meaning_for(name));
    assert!(domain.has_meaning_for(name) && !domain.has_meaning_for(address));
    let constant = mask(&json!({"type": "constant", "value": 7}));
    assert!(constant.has_meaning_for(plain(LogicalType::Integer)));
    assert!(!constant.has_meaning_for(plain(LogicalType::Text)));
    let hour = mask(&json!({"type": "time-bucket", "seconds": 3600}));
    assert!(
        hour.has_meaning_for(plain(LogicalType::Timestamp))
            && !hour.has_meaning_for(plain(LogicalType::Date))
    );
    assert!(Mask::Null.has_meaning_for(plain(LogicalType::Other)));
}
