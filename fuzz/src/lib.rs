//! What holds for any bytes, whatever they are read as: the promises that several targets share.
//!
//! Belongs here: promises about findings and trees. Does not belong here: what only one target
//! promises, which stands in that target.

use zonecut_contract::node::{Entry, Node, Value};
use zonecut_contract::{ContentHash, canonical, read_contract, read_document};
use zonecut_diagnostics::{LintFinding, Span};
use zonecut_evolution::diff;
use zonecut_formats::{Format, import};

/// Findings stand in order, each at a place that the text has, and say something.
///
/// # Panics
/// Where they do not.
pub fn assert_findings(text: &[u8], findings: &[LintFinding]) {
    let lines = lines(text);
    for finding in findings {
        let span = Span {
            line: finding.at.line,
            column: finding.at.column,
        };
        assert!(is_within(&lines, span), "outside of the text: {finding:?}");
        assert!(!finding.message.is_empty(), "{finding:?}");
    }
    let ordered = findings.is_sorted_by(|one, next| one.at <= next.at);
    assert!(ordered, "not in order: {findings:?}");
}

/// The tree stands in the text, and its canonical form is a document that says the same.
///
/// # Panics
/// Where it does not.
pub fn assert_tree(text: &[u8], root: &Node) {
    let lines = lines(text);
    assert_places(&lines, root);
    let canonical = canonical::to_string(root);
    let again = read_document("canonical.json", canonical.as_bytes());
    let again = again.value.unwrap_or_else(|| {
        panic!("can't be read again: {canonical}\n{:?}", again.findings);
    });
    assert_eq!(
        ContentHash::of(root),
        ContentHash::of(&again.root),
        "{canonical}"
    );
}

fn assert_places(lines: &[usize], node: &Node) {
    assert!(is_within(lines, node.span), "outside of the text: {node:?}");
    match &node.value {
        Value::List(items) => items.iter().for_each(|item| assert_places(lines, item)),
        Value::Map(entries) => {
            for Entry { key_span, node, .. } in entries {
                assert!(is_within(lines, *key_span), "outside of the text: {node:?}");
                assert_places(lines, node);
            }
        }
        _ => {}
    }
}

/// How many characters each line has: YAML ends lines with LF, CR or both.
fn lines(text: &[u8]) -> Vec<usize> {
    let text = String::from_utf8_lossy(text).replace("\r\n", "\n");
    let lines = text.split(['\n', '\r']);
    lines.map(|line| line.chars().count()).collect()
}

/// Places count from 1, and the end of a line is a place too.
fn is_within(lines: &[usize], span: Span) -> bool {
    let line = (span.line as usize).checked_sub(1);
    let length = line.and_then(|line| lines.get(line));
    length.is_some_and(|length| (1..=length + 1).contains(&(span.column as usize)))
}

/// A contract written from a schema can be read and is written the same way again.
///
/// # Panics
/// Where it can't.
pub fn assert_import(format: Format, bytes: &[u8]) {
    let imported = import(format, "fuzz", bytes, "fuzz");
    assert_findings(bytes, &imported.findings);
    let Some(text) = imported.value else {
        assert!(!imported.findings.is_empty());
        return;
    };
    let contract = read_contract("fuzz.odcs.yaml", text.as_bytes());
    let Some(contract) = contract.value else {
        panic!("can't be read: {text}\n{:?}", contract.findings);
    };
    assert!(diff(&contract, &contract).is_empty());
    assert_eq!(import(format, "fuzz", bytes, "fuzz").value, Some(text));
}
