//! The HTTP service: registry, decision plane, jobs, and the embedded admin UI.
//!
//! A library: the `zonecut serve` command calls [`serve`]. Routes know HTTP, [`app`] knows use cases,
//! [`store`] knows SQL; each knows only what follows it.

pub mod admission;
pub mod answer;
pub mod app;
pub mod attempts;
mod audit_key;
pub mod authorization;
pub mod authzen;
pub mod clock;
pub mod compute;
pub mod config;
pub mod context;
pub mod control_plane;
pub mod datasets;
pub mod decision_plane;
pub mod extract;
pub mod face;
pub mod idempotency;
pub mod identity;
pub mod ids;
pub mod jobs;
pub mod metrics;
pub mod page;
pub mod private_postgres;
pub mod problem;
pub mod recorder;
pub mod refusals;
pub mod router;
pub mod routes;
pub mod secret;
mod serve;
pub mod source;
pub mod state;
pub mod store;
mod suggestion;
pub mod trino;
mod web;
pub mod webhooks;

pub use serve::{ServeError, assemble, serve};
