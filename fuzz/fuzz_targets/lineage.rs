//! Any bytes as an OpenLineage event: its flows are between the datasets that it names, in order,
//! and come out the same when it is delivered again.
#![no_main]

use chrono::DateTime;
use libfuzzer_sys::fuzz_target;
use zonecut_lineage::{Event, edges};

fuzz_target!(|bytes: &[u8]| {
    let Ok(json) = serde_json::from_slice(bytes) else {
        return;
    };
    let Ok(event) = Event::read(&json, DateTime::UNIX_EPOCH) else {
        return;
    };
    let (kind, flows) = edges(&event);
    assert!(flows.is_sorted() && flows.windows(2).all(|pair| pair[0] != pair[1]));
    for flow in &flows {
        let outputs = event.outputs.iter().map(|output| &output.name);
        let known = flow
            .downstream
            .iter()
            .all(|name| outputs.clone().any(|it| it == name));
        assert!(
            known && (flow.upstream.is_some() || flow.downstream.is_some()),
            "{flow:?}"
        );
    }
    let again = Event::read(&json, DateTime::UNIX_EPOCH).expect("it was read before");
    assert_eq!(event.idempotency_key(), again.idempotency_key());
    assert_eq!(edges(&again), (kind, flows));
});
