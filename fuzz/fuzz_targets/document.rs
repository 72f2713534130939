//! Any bytes as a document: a tree that can be written and read again, or a finding that says why
//! not; and what is mended stays mended.
#![no_main]

use libfuzzer_sys::fuzz_target;
use zonecut_contract::{Classification, fix_document, lint_document, read_document};
use zonecut_fuzz::{assert_findings, assert_tree};

fuzz_target!(|bytes: &[u8]| {
    let parsed = read_document("fuzz.yaml", bytes);
    assert_findings(bytes, &parsed.findings);
    let linted = lint_document("fuzz.yaml", bytes);
    assert_findings(bytes, &linted.findings);
    match &parsed.value {
        Some(document) => assert_tree(bytes, &document.root),
        None => {
            assert!(!parsed.findings.is_empty());
            assert!(!linted.readable);
        }
    }
    if let Some(fixed) = fix_document(Classification::usual(), "fuzz.yaml", bytes) {
        assert!(!fixed.fixes.is_empty());
        assert!(
            read_document("fixed.yaml", fixed.text.as_bytes())
                .value
                .is_some()
        );
    }
});
