//! Any bytes as a document: a tree or a finding, never neither.
#![no_main]

use libfuzzer_sys::fuzz_target;
use zonecut_contract::read_document;

fuzz_target!(|bytes: &[u8]| {
    let parsed = read_document("fuzz.yaml", bytes);
    assert!(parsed.value.is_some() || !parsed.findings.is_empty());
});
