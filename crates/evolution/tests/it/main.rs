//! What the crate promises, checked from outside.

#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod conformance;
mod dns_events;
mod every_key;
mod governance;
mod laws;
mod levels;
mod lists;
mod masks;
mod official;
mod pages;
mod physical_types;
mod probes;
mod promises;
mod report;
mod rules;
mod scale;
mod secrets;
mod silence;
mod support;
mod targets;
mod waivers;
