//! The policy crate against its documents: the shipped mesh, the laws, the reference evaluator.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests fail the test"
)]

mod agreement;
mod documents;
mod laws;
mod lowering;
mod mesh;
mod questions;
mod reference;
mod schemas;
mod world;
