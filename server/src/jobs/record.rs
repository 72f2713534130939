//! Writes denied decisions, and refusals that anybody can cause, to the audit log, in batches.

use std::time::Duration;

use serde_json::json;
use zonecut_audit::{Outcome, Record};

use crate::app::audit::Change;
use crate::jobs::Shutdown;
use crate::recorder::Dropped;
use crate::state::AppState;
use crate::store;

const BATCH: usize = 500;
/// How often a batch is tried when the service ends.
const TRIES: u32 = 5;
/// The least time from one batch to the next.
const BETWEEN: Duration = Duration::from_secs(1);
/// The most time in which what is in no row is told at least as a count.
const COUNTED: Duration = Duration::from_secs(5);
const PAUSE: Duration = Duration::from_millis(500);

/// Runs until the service ends, and then writes what is left.
pub async fn run(state: AppState, mut shutdown: Shutdown) {
    let mut left = Vec::new();
    while left.is_empty() {
        let batch = tokio::select! {
            batch = state.recorder.next(BATCH) => batch,
            () = tokio::time::sleep(COUNTED) => {
                if !state.recorder.has_dropped() {
                    continue;
                }
                Vec::new()
            }
            _ = shutdown.wait_for(|ended| *ended) => break,
        };
        if keep(&state, &batch, &mut shutdown).await {
            // Whoever is denied thousands of times a second must not make the log cost more than the
            // decisions: the first is written at once, what follows in turns, the rest is counted.
            tokio::time::sleep(BETWEEN).await;
        } else {
            left = batch;
        }
    }
    loop {
        if left.is_empty() {
            left = state.recorder.waiting(BATCH).await;
        }
        if left.is_empty() && !state.recorder.has_dropped() {
            return;
        }
        if !keep_at_last(&state, &left).await {
            tracing::error!("denied decisions were not recorded before the end");
            return;
        }
        left.clear();
    }
}

/// Tries until the batch is written; meanwhile the queue fills, and counts what does not fit.
/// Answers false when the service ends first.
async fn keep(state: &AppState, batch: &[Record], shutdown: &mut Shutdown) -> bool {
    while !written(state, batch).await {
        tokio::select! {
            () = tokio::time::sleep(PAUSE) => {}
            _ = shutdown.wait_for(|ended| *ended) => return false,
        }
    }
    true
}

async fn keep_at_last(state: &AppState, batch: &[Record]) -> bool {
    for _ in 0..TRIES {
        if written(state, batch).await {
            return true;
        }
        tokio::time::sleep(PAUSE).await;
    }
    false
}

async fn written(state: &AppState, batch: &[Record]) -> bool {
    let dropped = state.recorder.take_dropped();
    let Err(error) = write(state, batch, &dropped).await else {
        return true;
    };
    tracing::warn!(%error, "denied decisions could not be recorded yet");
    state.recorder.give_back(dropped);
    false
}

async fn write(state: &AppState, batch: &[Record], dropped: &Dropped) -> Result<(), sqlx::Error> {
    let mut records = batch.to_vec();
    if !dropped.is_empty() {
        let detail = json!({ "dropped": dropped });
        let change = Change::new("audit.drop", "audit log").detail(detail);
        records.push(change.record(state.clock.now(), "system", Outcome::Refused));
    }
    let mut transaction = state.pool.begin().await?;
    store::audit::append(&mut transaction, records).await?;
    transaction.commit().await
}
