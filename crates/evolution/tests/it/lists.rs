//! Closed lists of values, wherever they stand.

use zonecut_diagnostics::Perspective::{Consumer, Producer};
use zonecut_diagnostics::Severity::{Breaking, Note};
use zonecut_evolution::diff;

use crate::support::{contract, found, short, with_property};

const OWN: &str = "customProperties: [{property: enum, value: LIST}]";
const NATIVE: &str = "enum: LIST";
const VALID: &str =
    "quality: [{metric: invalidValues, mustBe: 0, arguments: {validValues: LIST, pattern: a}}]";
const ALONE: &str = "quality: [{metric: invalidValues, mustBe: 0, arguments: {validValues: LIST}}]";
const OLD_VALID: &str = "quality: [{rule: invalidValues, mustBe: 0, validValues: LIST}]";

/// A property with the list in one of its places.
fn list(place: &str, values: &str) -> String {
    let values = if place == NATIVE {
        let items: Vec<String> = values
            .trim_matches(['[', ']'])
            .split(", ")
            .map(|value| format!("{{value: {value}, label: L{value}}}"))
            .collect();
        format!("[{}]", items.join(", "))
    } else {
        values.to_owned()
    };
    let text = with_property(&place.replace("LIST", &values));
    match place {
        OLD_VALID => text.replace("v3.1.0", "v3.0.2"),
        _ => text.replace("v3.1.0", "v3.2.0"),
    }
}

/// The same without the list.
fn none(place: &str) -> String {
    let text = list(place, "[a]");
    let cut = [
        "customProperties: [{property: enum, value: [a]}]",
        "enum: [{value: a, label: La}]",
        "validValues: [a], ",
        "arguments: {validValues: [a]}",
        ", validValues: [a]",
    ];
    cut.iter().fold(text, |text, part| text.replace(part, ""))
}

const PLACES: [&str; 5] = [OWN, NATIVE, VALID, ALONE, OLD_VALID];

#[test]
fn a_value_more_or_less_is_a_value_wherever_the_list_stands() {
    for place in PLACES {
        let (few, many) = (list(place, "[a, c]"), list(place, "[a, b, c]"));
        let grown = found(&few, &many);
        assert_eq!(
            short(&grown),
            [("enum-value-added", Consumer, Breaking)],
            "{place}"
        );
        assert!(
            grown[0].message.contains("value `b`"),
            "{}",
            grown[0].message
        );
        let shrunk = found(&many, &few);
        assert_eq!(
            short(&shrunk),
            [("enum-value-removed", Producer, Breaking)],
            "{place}"
        );
        assert!(
            shrunk[0].message.contains("value `b`"),
            "{}",
            shrunk[0].message
        );
        let turned = list(place, "[c, a]");
        assert_eq!(short(&found(&few, &turned)), [], "{place}");
    }
}

#[test]
fn a_list_that_comes_or_goes_is_one_fact_and_one_finding() {
    for place in PLACES {
        let (with, without) = (list(place, "[a, b, c]"), none(place));
        for (before, after, rule, whom) in [
            (&with, &without, "enum-value-added", Consumer),
            (&without, &with, "enum-value-removed", Producer),
        ] {
            let (old, new) = (contract("old", before), contract("new", after));
            let facts = diff(&old, &new);
            assert_eq!(facts.len(), 1, "{place} {facts:#?}");
            let findings = found(before, after);
            assert_eq!(short(&findings), [(rule, whom, Breaking)], "{place}");
            let message = &findings[0].message;
            assert!(message.contains("`a`, `b`, `c`"), "{message}");
            assert!(!message.contains('{'), "{message}");
        }
    }
}

#[test]
fn a_long_list_is_cut_short() {
    let values: Vec<String> = (0..90).map(|number| format!("T{number}")).collect();
    let with = list(NATIVE, &format!("[{}]", values.join(", ")));
    let findings = found(&with, &none(NATIVE));
    assert_eq!(findings.len(), 1);
    let message = &findings[0].message;
    assert!(
        message.contains("90 values") && message.len() < 200,
        "{message}"
    );
}

#[test]
fn the_list_of_the_standard_counts_where_both_stand() {
    let both = |own: &str, native: &str| {
        let text = with_property(&format!(
            "customProperties: [{{property: enum, value: {own}}}], enum: [{native}]"
        ));
        text.replace("v3.1.0", "v3.2.0")
    };
    let (a, ab) = ("{value: a}", "{value: a}, {value: b}");
    // Nobody reads our list any more.
    let findings = found(&both("[a]", ab), &both("[a, b]", ab));
    assert_eq!(short(&findings), [("document-changed", Consumer, Note)]);
    // The same list, in its new place.
    let moved = found(&list(OWN, "[a, b]"), &list(NATIVE, "[a, b]"));
    assert!(
        moved.iter().all(|finding| finding.severity == Note),
        "{moved:#?}"
    );
    let grown = found(&list(OWN, "[a]"), &list(NATIVE, "[a, b]"));
    let graver: Vec<_> = short(&grown).into_iter().filter(|it| it.2 > Note).collect();
    assert_eq!(graver, [("enum-value-added", Consumer, Breaking)]);
    let covered = found(&both("[a, b]", a), &list(OWN, "[a, b]"));
    let graver: Vec<_> = short(&covered)
        .into_iter()
        .filter(|it| it.2 > Note)
        .collect();
    assert_eq!(graver, [("enum-value-added", Consumer, Breaking)]);
}
