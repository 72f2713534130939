//! Laws of the lattice, documents, and values.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail the test"
)]

mod documents;
mod laws;
mod values;
