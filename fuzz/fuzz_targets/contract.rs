//! Any bytes as a contract: reading and lint agree about what can be read, a contract does not
//! differ from itself, nor from its canonical form, and what it promises can be watched.
#![no_main]

use libfuzzer_sys::fuzz_target;
use zonecut_contract::{canonical, lint, lint_document, read_contract};
use zonecut_evolution::diff;
use zonecut_fuzz::assert_findings;

fuzz_target!(|bytes: &[u8]| {
    let parsed = read_contract("fuzz.yaml", bytes);
    assert_findings(bytes, &parsed.findings);
    let Some(contract) = parsed.value else {
        assert!(!parsed.findings.is_empty());
        return;
    };
    assert!(lint_document("fuzz.yaml", bytes).readable);
    assert_findings(bytes, &lint(&contract));
    let canonical = canonical::to_string(contract.root());
    let again = read_contract("canonical.json", canonical.as_bytes());
    let again = again
        .value
        .expect("the canonical form of a contract is one");
    assert_eq!(contract.content_hash(), again.content_hash());
    for facts in [diff(&contract, &contract), diff(&contract, &again)] {
        assert!(facts.is_empty(), "{facts:?}");
    }
    let (_, errors) = zonecut_quality::promises(&contract);
    for error in errors {
        assert!(!error.to_string().is_empty());
    }
});
