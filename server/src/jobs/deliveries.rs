//! Delivers events: a worker for each webhook that is owed something, so that one that hangs delays
//! nobody else.

use std::collections::HashMap;
use std::time::Duration;

use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::app::deliver::deliver_next;
use crate::jobs::Shutdown;
use crate::state::AppState;
use crate::store;

const EVERY: Duration = Duration::from_millis(500);

/// Runs until the service ends; calls under way are then waited for.
pub async fn run(state: AppState, mut shutdown: Shutdown) {
    let mut workers: HashMap<Uuid, JoinHandle<()>> = HashMap::new();
    loop {
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            _ = shutdown.wait_for(|ended| *ended) => break,
        }
        workers.retain(|_, worker| !worker.is_finished());
        match due(&state).await {
            Ok(webhooks) => {
                for webhook in webhooks {
                    let worker = || tokio::spawn(work(state.clone(), webhook, shutdown.clone()));
                    workers.entry(webhook).or_insert_with(worker);
                }
            }
            Err(error) => tracing::warn!(%error, "deliveries could not be looked at"),
        }
    }
    for worker in workers.into_values() {
        // A worker that panicked left its delivery to be made again.
        let _ = worker.await;
    }
}

async fn due(state: &AppState) -> Result<Vec<Uuid>, sqlx::Error> {
    let mut connection = state.pool.acquire().await?;
    store::webhook::with_due(&mut connection, state.clock.now()).await
}

async fn work(state: AppState, webhook: Uuid, shutdown: Shutdown) {
    while !*shutdown.borrow() {
        match deliver_next(&state, webhook).await {
            Ok(true) => {}
            Ok(false) => return,
            Err(error) => {
                tracing::warn!(%webhook, %error, "a delivery could not be made");
                return;
            }
        }
    }
}
