//! The real binary, in real folders and real git repositories.

#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod audit;
mod base;
mod ci;
mod classification;
mod files;
mod fix;
mod formats;
mod git;
mod history;
mod import;
mod named_paths;
mod new;
mod policy;
mod ports;
mod products;
mod repositories;
mod schemas;
mod secrets;
mod submodules;
mod support;
mod threads;
mod waivers;
