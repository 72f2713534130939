//! Removes evidence that has had its time. What is owed to a subscriber stays until it is taken, and
//! the audit log, contracts and incidents stay for good.

use chrono::TimeDelta;

use crate::state::AppState;
use crate::store;
use crate::store::retention::Kept;

/// How many rows one statement removes, so that none holds locks for long.
const BATCH: u16 = 1_000;

/// Removes what is older than the configuration says, a batch at a time.
///
/// # Errors
/// When the database fails; what is left is removed the next time.
pub async fn forget_old(state: &AppState) -> Result<(), sqlx::Error> {
    let config = &state.config;
    // Deliveries before the events that they name.
    for (kept, days) in [
        (Kept::Deliveries, config.keep_events_days),
        (Kept::Events, config.keep_events_days),
        (Kept::Measurements, config.keep_measurements_days),
        (Kept::LineageEvents, config.keep_lineage_events_days),
    ] {
        let before = state.clock.now() - TimeDelta::days(days.get().into());
        let mut removed = 0;
        loop {
            let mut connection = state.pool.acquire().await?;
            let batch =
                store::retention::forget(&mut connection, kept, before, BATCH.into()).await?;
            removed += batch;
            if batch < BATCH.into() {
                break;
            }
        }
        if removed > 0 {
            tracing::info!(?kept, removed, "what has had its time was removed");
        }
    }
    Ok(())
}
