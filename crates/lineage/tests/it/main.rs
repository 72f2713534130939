//! What the lineage crate promises, on real events and on generated graphs.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that panics fails, as it should"
)]

mod events;
mod graphs;
mod identity;
