//! What the quality crate promises: promises of contracts, and the laws of incidents.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that panics fails, as it should"
)]

mod laws;
mod promises;
