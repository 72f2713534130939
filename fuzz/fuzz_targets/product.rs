//! Any bytes as a product: reading and lint agree about what can be read, and a product does not
//! differ from itself, nor from its canonical form.
#![no_main]

use chrono::DateTime;
use libfuzzer_sys::fuzz_target;
use zonecut_contract::{canonical, lint_document, lint_product, read_product};
use zonecut_evolution::{Settings, compare_products, diff_products};
use zonecut_fuzz::assert_findings;

fuzz_target!(|bytes: &[u8]| {
    let parsed = read_product("fuzz.yaml", bytes);
    assert_findings(bytes, &parsed.findings);
    let Some(product) = parsed.value else {
        assert!(!parsed.findings.is_empty());
        return;
    };
    assert!(lint_document("fuzz.yaml", bytes).readable);
    assert_findings(bytes, &lint_product(&product));
    let canonical = canonical::to_string(product.root());
    let again = read_product("canonical.json", canonical.as_bytes());
    let again = again.value.expect("the canonical form of a product is one");
    assert_eq!(product.content_hash(), again.content_hash());
    for facts in [
        diff_products(&product, &product),
        diff_products(&product, &again),
    ] {
        assert!(facts.is_empty(), "{facts:?}");
    }
    let settings = Settings::at(DateTime::UNIX_EPOCH);
    let report = compare_products(&product, Some(&again), &settings);
    assert!(report.findings.is_empty(), "{:?}", report.findings);
});
