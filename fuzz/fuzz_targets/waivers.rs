//! Any bytes as waivers: those that can be read are each reviewed, and cover nothing where nothing
//! was found.
#![no_main]

use chrono::DateTime;
use libfuzzer_sys::fuzz_target;
use zonecut_diagnostics::report::WaiverState;
use zonecut_evolution::Waivers;
use zonecut_fuzz::assert_findings;

fuzz_target!(|bytes: &[u8]| {
    let parsed = Waivers::read("zonecut.waivers.yaml", bytes);
    assert_findings(bytes, &parsed.findings);
    let Some(waivers) = parsed.value else {
        assert!(!parsed.findings.is_empty());
        return;
    };
    let reviewed = waivers.review(&[], DateTime::UNIX_EPOCH);
    assert_eq!(reviewed.is_empty(), waivers.is_empty());
    for waiver in reviewed {
        assert!(matches!(
            waiver.state,
            WaiverState::Unused | WaiverState::Expired
        ));
    }
});
