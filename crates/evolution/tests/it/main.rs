//! What the crate promises, checked from outside.

#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod conformance;
mod governance;
mod laws;
mod mutation;
mod pages;
mod report;
mod rules;
mod scale;
mod support;
mod targets;
mod waivers;
