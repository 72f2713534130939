//! One file per command.

pub mod audit;
pub mod check;
pub mod completions;
pub mod diff;
pub mod import;
pub mod lint;
pub mod new;
pub mod policy;
pub mod serve;
