//! `fix_document` changes the words it means to change, and not a byte beside them.

use proptest::prelude::*;
use zonecut_contract::{Classification, fix_document, lint_document, read_document};

const BEFORE: &str = include_str!("../fixtures/fix/before.odcs.yaml");
const AFTER: &str = include_str!("../fixtures/fix/after.odcs.yaml");

fn fixed(text: &str) -> String {
    fix_document(Classification::usual(), "a.yaml", text.as_bytes())
        .map_or_else(|| text.to_owned(), |fixed| fixed.text)
}

fn rules(text: &str) -> Vec<String> {
    let findings = lint_document("a.yaml", text.as_bytes()).findings;
    findings.into_iter().map(|finding| finding.rule).collect()
}

#[test]
fn what_is_mechanical_is_mended_and_the_rest_stays() {
    assert_eq!(fixed(BEFORE), AFTER);
    assert_eq!(rules(AFTER), ["unknown-key", "unknown-semantic-type"]);
}

#[test]
fn line_ends_and_the_byte_order_mark_are_kept() {
    let windows = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
    assert_eq!(fixed(&windows(BEFORE)), windows(AFTER));
    let old_mac = |text: &str| text.replace('\n', "\r");
    assert_eq!(fixed(&old_mac(BEFORE)), old_mac(AFTER));
}

#[test]
fn json_is_mended_too() {
    let text = r#"{"apiVersion": "v3.1.0", "kind": "DataContract", "id": "a", "version": "v1.0.0",
 "status": "Active", "slaProperties": [{"property": "latency", "value": 5, "unit": "m"}]}"#;
    let wanted = text
        .replace("v1.0.0", "1.0.0")
        .replace("Active", "active")
        .replace("\"m\"", "\"min\"");
    assert_eq!(fixed(text), wanted);
}

#[test]
fn a_word_that_stands_for_others_as_well_is_left_alone() {
    let head = "apiVersion: v3.1.0\nkind: DataContract\nid: a\nversion: 1.0.0\nstatus: active\n";
    let anchored = format!(
        "{head}tags: [&unit m]\nslaProperties:\n  - {{property: latency, value: 5, unit: *unit}}\n"
    );
    assert_eq!(rules(&anchored), ["ambiguous-unit"]);
    assert_eq!(fixed(&anchored), anchored);
    let repeated = format!(
        "{head}slaProperties:\n  - {{property: latency, value: 5, unit: &unit m}}\ntags: [*unit]\n"
    );
    assert_eq!(fixed(&repeated), repeated);
}

#[test]
fn two_slips_do_not_become_one_key() {
    let text = "apiVersion: v3.1.0\nkind: DataContract\nid: a\nversion: 1.0.0\nstatus: active\ndescripton: {purpose: a}\ndescriptoin: {purpose: b}\n";
    let once = fixed(text);
    assert_eq!(once, text.replace("descripton:", "description:"));
    assert_eq!(rules(&once), ["unknown-key"]);
}

#[test]
fn a_key_whose_value_would_then_be_wrong_is_left_alone() {
    let text = "apiVersion: v3.1.0\nkind: DataContract\nid: a\nversion: 1.0.0\nstatus: active\ndescripton: 3\n";
    assert_eq!(fixed(text), text);
}

#[test]
fn what_cannot_be_read_is_left_alone() {
    for text in ["", "a: [", "status: Active\nstatus: Active\n"] {
        assert_eq!(
            fix_document(Classification::usual(), "a.yaml", text.as_bytes()),
            None,
            "{text}"
        );
    }
    assert_eq!(
        fix_document(Classification::usual(), "a.yaml", b"status: \xff"),
        None
    );
}

/// Documents with words that are wrong and words that are not, in several spellings.
fn documents() -> impl Strategy<Value = String> {
    let word = |words: &'static [&'static str]| {
        (prop::sample::select(words), 0..3_usize).prop_map(|(word, quotes)| {
            let quote = ["", "'", "\""][quotes];
            format!("{quote}{word}{quote}")
        })
    };
    let version = word(&["1.0.0", "v1.0.0", "1.2.", "latest", "V2.0.0."]);
    let status = word(&["active", "Active", "actve", "gone", "DRAFT "]);
    let unit = word(&["m", "min", "M", "d"]);
    let class = word(&["Public", "restrictd", "public", "mine"]);
    let key = word(&["logicalType", "logicaltype", "logicalTypo", "ownWord"]);
    let kind = word(&["string", "String", "strng", "integer"]);
    let breaks = prop::sample::select(&["\n", "\r\n"][..]);
    (version, status, unit, class, key, kind, breaks).prop_map(
        |(version, status, unit, class, key, kind, breaks)| {
            format!(
                "# ünï\napiVersion: v3.1.0\nkind: DataContract\nid: a\nversion: {version} # Active\nstatus: {status}\nslaProperties:\n  - {{property: latency, value: 5, unit: {unit}}}\nschema:\n- name: o\n  properties:\n  - {{name: p, {key}: {kind}, classification: {class}}}\n  - name: q\n    {key}:   {kind}   # m\n"
            )
            .replace('\n', breaks)
        },
    )
}

proptest! {
    #[test]
    fn mending_twice_is_mending_once(text in documents()) {
        let once = fixed(&text);
        prop_assert_eq!(fixed(&once), once);
    }

    #[test]
    fn only_the_words_named_change(text in documents()) {
        let Some(fixed) = fix_document(Classification::usual(), "a.yaml", text.as_bytes()) else {
            return Ok(());
        };
        let touched: Vec<usize> =
            fixed.fixes.iter().map(|fix| fix.span.line as usize - 1).collect();
        let (before, after): (Vec<_>, Vec<_>) =
            (text.split('\n').collect(), fixed.text.split('\n').collect());
        prop_assert_eq!(before.len(), after.len());
        for (line, (before, after)) in before.iter().zip(&after).enumerate() {
            prop_assert_eq!(before != after, touched.contains(&line), "line {}", line + 1);
        }
        prop_assert!(read_document("a.yaml", fixed.text.as_bytes()).value.is_some());
        prop_assert!(rules(&fixed.text).len() <= rules(&text).len());
    }
}
