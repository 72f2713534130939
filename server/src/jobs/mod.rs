//! What the service does by itself: each job a loop that ends when the service does.

pub mod checkpoints;
pub mod deadlines;
pub mod deliveries;
pub mod follow;
pub mod forget;
pub mod record;

use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::state::AppState;

/// Told once, when the service ends.
pub type Shutdown = watch::Receiver<bool>;

/// Starts all jobs.
#[must_use]
pub fn start(state: &AppState, shutdown: &Shutdown) -> JoinSet<()> {
    let mut jobs = JoinSet::new();
    jobs.spawn(follow::run(state.clone(), shutdown.clone()));
    jobs.spawn(deadlines::run(state.clone(), shutdown.clone()));
    jobs.spawn(deliveries::run(state.clone(), shutdown.clone()));
    jobs.spawn(forget::run(state.clone(), shutdown.clone()));
    jobs.spawn(checkpoints::run(state.clone(), shutdown.clone()));
    jobs.spawn(record::run(state.clone(), shutdown.clone()));
    jobs
}
