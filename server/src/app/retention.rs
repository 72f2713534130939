//! Removes evidence that has had its time. What is owed to a subscriber stays until it is taken, and
//! the audit log, contracts and incidents stay for good.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use serde_json::json;

use crate::answer::Answer;
use crate::app::audit::Change;
use crate::app::unit::Unit;
use crate::state::AppState;
use crate::store;
use crate::store::retention::Kept;

/// How many rows of a kind one transaction removes, so that none holds locks for long.
const BATCH: u16 = 1_000;

/// Removes what is older than the configuration says, a batch at a time.
///
/// # Errors
/// When the database fails; what is left is removed the next time.
pub async fn forget_old(state: &AppState) -> Result<(), sqlx::Error> {
    while forget_batch(state).await? {}
    Ok(())
}

/// Removes a batch of each kind, and tells the audit log how many there were, or does neither.
/// Answers whether there may be more.
async fn forget_batch(state: &AppState) -> Result<bool, sqlx::Error> {
    let mut unit = Unit::begin(state, "system".to_owned(), None).await?;
    // Before any row is locked: whoever removes a webhook has the turn and then wants its rows.
    unit.take_turn().await?;
    let config = &state.config;
    let mut removed = BTreeMap::new();
    // Deliveries before the events that they name.
    for (kept, days) in [
        (Kept::Deliveries, config.keep_events_days),
        (Kept::Events, config.keep_events_days),
        (Kept::Measurements, config.keep_measurements_days),
        (Kept::LineageEvents, config.keep_lineage_events_days),
    ] {
        let before = unit.at() - TimeDelta::days(days.get().into());
        let rows = store::retention::forget(unit.connection(), kept, before, BATCH.into()).await?;
        if rows > 0 {
            removed.insert(kept.name(), rows);
        }
    }
    if removed.is_empty() {
        return Ok(false);
    }
    let more = removed.values().any(|rows| *rows >= BATCH.into());
    let change = Change::new("retention.forget", "evidence").detail(json!({ "removed": removed }));
    unit.note(change).await?;
    unit.commit(Answer::no_content()).await?;
    Ok(more)
}
