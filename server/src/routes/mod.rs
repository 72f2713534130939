//! One folder per resource, one file per verb: request and response, operation doc, handler, errors.

#![expect(
    clippy::missing_errors_doc,
    reason = "what a handler answers is in its operation's documentation"
)]

pub mod access;
pub mod audit;
pub mod contracts;
pub mod decisions;
pub mod domains;
pub mod expectations;
pub mod incidents;
pub mod lineage;
pub mod measurements;
pub mod opa;
pub mod operations;
pub mod policies;
pub mod products;
pub mod session;
pub mod tokens;
pub mod webhooks;
