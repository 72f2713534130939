//! Policy documents, compiled into a snapshot that answers who may see what.
//!
//! Belongs here: reading policy documents, what they mean together with contracts, products and
//! agreements, the compiled [`Snapshot`], decisions, and how masks and filters are written in the
//! SQL of each engine. Does not belong here: what a masked value looks like (`mask`), HTTP,
//! storage, the clock (times and identifiers are parameters).

pub mod access;
mod answer;
mod catalog;
mod compile;
mod decide;
pub mod documents;
pub mod filter;
mod findings;
mod input;
mod lint;
pub mod lower;
mod matching;
mod memo;
mod named;
mod questions;
pub mod request;
pub mod response;
mod roles;
mod snapshot;
mod symbols;
pub mod tables;
pub mod testing;
pub mod viewer;

pub use documents::{PolicyDocument, read_policies};
pub use input::{Agreement, SnapshotInput};
pub use questions::Questions;
pub use request::{Action, DecisionRequest, ObjectRequest};
pub use response::{Access, ColumnDecision, DecisionResponse, ObjectDecision};
pub use snapshot::Snapshot;

/// `` `a`, `b` ``.
fn quoted<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words
        .map(|word| format!("`{word}`"))
        .collect::<Vec<_>>()
        .join(", ")
}
