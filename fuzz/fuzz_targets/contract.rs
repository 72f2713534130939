//! Any bytes as a contract and as a product, read and linted: the two agree about what is valid.
#![no_main]

use libfuzzer_sys::fuzz_target;
use zonecut_contract::{lint_document, read_contract, read_product};

fuzz_target!(|bytes: &[u8]| {
    let contract = read_contract("fuzz.yaml", bytes).value;
    let product = read_product("fuzz.yaml", bytes).value;
    let linted = lint_document("fuzz.yaml", bytes);
    assert!(linted.readable || (contract.is_none() && product.is_none()));
});
