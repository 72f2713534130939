//! Two contracts, one after the other with a byte 0xff between them: none differs from itself, and
//! whatever differs can be judged.
#![no_main]

use chrono::DateTime;
use libfuzzer_sys::fuzz_target;
use zonecut_contract::read_contract;
use zonecut_evolution::{Settings, compare, diff};

fuzz_target!(|bytes: &[u8]| {
    let mut halves = bytes.splitn(2, |byte| *byte == 0xff);
    let mut next = |file| read_contract(file, halves.next()?).value;
    let (before, after) = (next("before.yaml"), next("after.yaml"));
    for contract in before.iter().chain(&after) {
        assert!(diff(contract, contract).is_empty());
    }
    let settings = Settings::at(DateTime::UNIX_EPOCH);
    let report = compare(before.as_ref(), after.as_ref(), &settings);
    assert_eq!(report.after.is_some(), after.is_some());
});
