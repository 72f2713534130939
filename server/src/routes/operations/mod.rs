//! What operators and monitors ask: `/healthz`, `/readyz`, `/metrics`.

pub mod health;
pub mod metrics;
pub mod readiness;
