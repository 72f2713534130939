//! Removes what has had its time: kept answers after a day, ended sessions and codes, and evidence
//! after the days that the configuration says.

use std::time::Duration;

use chrono::TimeDelta;

use crate::app::retention::forget_old;
use crate::jobs::Shutdown;
use crate::state::AppState;
use crate::store;

const EVERY: Duration = Duration::from_mins(10);
/// How long an answer is kept under its idempotency key.
const ANSWERS: TimeDelta = TimeDelta::hours(24);
const ENDED: TimeDelta = TimeDelta::days(1);

/// Runs until the service ends.
pub async fn run(state: AppState, mut shutdown: Shutdown) {
    loop {
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            _ = shutdown.wait_for(|ended| *ended) => return,
        }
        if let Err(error) = forget(&state).await {
            tracing::warn!(%error, "what has had its time could not be removed");
        }
    }
}

async fn forget(state: &AppState) -> Result<(), sqlx::Error> {
    let now = state.clock.now();
    let mut connection = state.pool.acquire().await?;
    store::idempotency::forget(&mut connection, now - ANSWERS).await?;
    store::credential::forget(&mut connection, now - ENDED).await?;
    drop(connection);
    forget_old(state).await
}
