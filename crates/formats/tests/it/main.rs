//! Imports: what becomes of a schema, and how versions of it are judged.

#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod compatibility;
mod conformance;
mod documents;
mod laws;
mod support;
