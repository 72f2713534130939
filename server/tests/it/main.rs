//! The server against the real things it stands on.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test's helpers fail as tests do"
)]

mod audit;
mod audit_proofs;
mod authorization;
mod authzen;
mod contracts;
mod decisions;
mod draining;
mod faces;
mod limits;
mod lineage;
mod load;
mod nodes;
mod openapi;
mod ownership;
mod pages;
mod private_postgres;
mod problems;
mod quality;
mod refusals;
mod retention;
mod roles;
mod seeds;
mod sessions;
mod starting;
mod support;
mod trino;
mod webhooks;
mod writes;
