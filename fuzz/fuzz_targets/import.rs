//! Any bytes as a schema of every format that is imported: what comes out is a contract that can be
//! read again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use zonecut_contract::read_contract;
use zonecut_formats::{Format, import};

fuzz_target!(|bytes: &[u8]| {
    for format in Format::ALL {
        if let Some(contract) = import(format, "fuzz", bytes, "fuzz").value {
            let read = read_contract("fuzz.odcs.yaml", contract.as_bytes());
            assert!(read.value.is_some(), "{contract}\n{:?}", read.findings);
        }
    }
});
