//! What a change of the mask shows, to whom.

use zonecut_diagnostics::Perspective::{Consumer, Governance};
use zonecut_diagnostics::Severity::{self, Breaking, Note, Warning};

use crate::support::{found, with_property};

/// How grave governance finds it that a transform turns into another. Readers always hear of it once.
fn governance(before: &str, after: &str) -> Severity {
    let document = |transform: &str| {
        with_property(&format!(
            "tags: [pii], customProperties: [{{property: transform, value: {transform}}}]"
        ))
    };
    let findings = found(&document(before), &document(after));
    let of = |perspective| {
        let mut found = findings
            .iter()
            .filter(|finding| finding.perspective == perspective);
        let first = found.next().map(|finding| finding.severity);
        assert!(found.next().is_none(), "{before} {after} {findings:#?}");
        first
    };
    assert_eq!(
        of(Consumer),
        Some(Warning),
        "{before} {after} {findings:#?}"
    );
    of(Governance).unwrap_or_else(|| panic!("{before} {after} {findings:#?}"))
}

#[test]
fn to_show_more_is_breaking_and_to_show_less_a_note() {
    for (more, less) in [
        (
            "{type: ip-prefix, v4: 24, v6: 48}",
            "{type: ip-prefix, v4: 16, v6: 32}",
        ),
        (
            "{type: ip-prefix, v4: 24, v6: 48}",
            "{type: ip-prefix, v4: 24}",
        ),
        ("{type: domain, to: registrable}", "{type: domain, to: tld}"),
        (
            "{type: domain, to: registrable}",
            "{type: domain, labels: 2}",
        ),
        ("{type: domain, labels: 4}", "{type: domain, labels: 3}"),
        (
            "{type: partial, first: 3, last: 2}",
            "{type: partial, first: 2}",
        ),
        (
            "{type: time-bucket, seconds: 60}",
            "{type: time-bucket, seconds: 3600}",
        ),
        (
            "{type: number-bucket, size: 5}",
            "{type: number-bucket, size: 10}",
        ),
        ("{type: hash-keyed, key: k, epoch: 1}", "'null'"),
        (
            "{type: hash-keyed, key: k, epoch: 1}",
            "{type: constant, value: x}",
        ),
        ("hash-keyed", "{type: 'null'}"),
        ("ip-prefix", "constant"),
        (
            "{type: ip-pseudonym, key: k, epoch: 1}",
            "{type: ip-token, key: k, epoch: 1}",
        ),
        (
            "{type: ip-token, key: k, epoch: 1}",
            "{type: hash-keyed, key: k, epoch: 2}",
        ),
        (
            "{type: enum-group, groups: {a: x, b: y, c: y}}",
            "{type: enum-group, groups: {a: z, b: z, c: z}}",
        ),
        (
            "{type: enum-group, groups: {a: x, b: y}, other: z}",
            "{type: enum-group, groups: {a: x, b: y}, other: y}",
        ),
        (
            "{type: enum-group, groups: {a: x, b: y}, other: y}",
            "{type: enum-group, groups: {a: x, b: x}, other: x}",
        ),
    ] {
        assert_eq!(governance(less, more), Breaking, "{less} -> {more}");
        assert_eq!(governance(more, less), Note, "{more} -> {less}");
    }
}

#[test]
fn what_shows_something_else_shows_something_new() {
    for (one, other) in [
        (
            "{type: ip-prefix, v4: 24, v6: 32}",
            "{type: ip-prefix, v4: 16, v6: 48}",
        ),
        (
            "{type: time-bucket, seconds: 3600}",
            "{type: time-bucket, seconds: 5400}",
        ),
        ("ip-prefix", "hash-keyed"),
        (
            "{type: ip-prefix, v4: 24}",
            "{type: hash-keyed, key: k, epoch: 1}",
        ),
        ("hmac", "truncate"),
        ("ip-prefix", "truncate"),
        (
            "{type: enum-group, groups: {a: x, b: y, c: y}}",
            "{type: enum-group, groups: {a: x, b: x, c: y}}",
        ),
    ] {
        assert_eq!(governance(one, other), Breaking, "{one} -> {other}");
        assert_eq!(governance(other, one), Breaking, "{other} -> {one}");
    }
}

#[test]
fn another_epoch_shows_no_more_and_another_key_is_held_by_others() {
    let mask =
        |kind: &str, key: &str, epoch: u32| format!("{{type: {kind}, key: {key}, epoch: {epoch}}}");
    for kind in ["hash-keyed", "ip-pseudonym", "ip-token"] {
        assert_eq!(governance(&mask(kind, "k", 1), &mask(kind, "k", 2)), Note);
        assert_eq!(
            governance(&mask(kind, "k", 1), &mask(kind, "m", 1)),
            Warning
        );
    }
}

#[test]
fn parameters_that_nobody_stated_are_not_known_to_be_weaker() {
    assert_eq!(
        governance("ip-prefix", "{type: ip-prefix, v4: 24}"),
        Warning
    );
    assert_eq!(
        governance("{type: ip-prefix, v4: 24}", "ip-prefix"),
        Breaking
    );
}

#[test]
fn a_mask_written_otherwise_is_the_same_mask() {
    for (one, other) in [
        ("{type: domain, to: tld}", "{type: domain, labels: 1}"),
        ("ip-prefix", "{type: ip-prefix}"),
        ("'null'", "{type: null}"),
        (
            "{type: partial, first: 2}",
            "{type: partial, first: 2, last: 0}",
        ),
    ] {
        let document = |transform: &str| {
            with_property(&format!(
                "customProperties: [{{property: transform, value: {transform}}}]"
            ))
        };
        let findings = found(&document(one), &document(other));
        let rules: Vec<_> = findings
            .iter()
            .map(|finding| finding.rule.as_str())
            .collect();
        assert_eq!(rules, ["respelled"], "{one} {other}");
    }
}

#[test]
fn what_is_left_blank_is_withdrawn() {
    let rule_of = |before: &str, after: &str| {
        let findings = found(&with_property(before), &with_property(after));
        let grave = findings
            .iter()
            .find(|finding| finding.perspective == Governance && finding.severity == Breaking);
        grave.map(|finding| finding.rule.clone())
    };
    let mask = |value: &str| format!("customProperties: [{{property: transform, value: {value}}}]");
    for blank in ["null", "''", "' '"] {
        let rule = rule_of(&mask("ip-prefix"), &mask(blank));
        assert_eq!(rule.as_deref(), Some("transform-removed"), "{blank}");
    }
    let rule = rule_of("encryptedName: token", "encryptedName: ' '");
    assert_eq!(rule.as_deref(), Some("encrypted-name-removed"));
}

#[test]
fn how_personal_data_comes_to_be_concerns_governance() {
    let logic = |tags: &str, logic: &str| with_property(&format!("tags: [{tags}]{logic}"));
    let grave = |tags: &str| {
        let findings = found(
            &logic(tags, ", transformLogic: hmac(ip)"),
            &logic(tags, ", transformLogic: ip"),
        );
        findings
            .iter()
            .filter(|finding| finding.perspective == Governance)
            .map(|finding| (finding.rule.clone(), finding.severity))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        grave("pii"),
        [("transform-logic-changed".to_owned(), Warning)]
    );
    assert_eq!(grave("dns"), []);
}
