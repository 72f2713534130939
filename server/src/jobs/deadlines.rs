//! Notices silence: once a second, looks for deadlines that have passed.

use std::time::Duration;

use crate::app::expectations::notice_silence;
use crate::jobs::Shutdown;
use crate::state::AppState;

const EVERY: Duration = Duration::from_secs(1);

/// Runs until the service ends.
pub async fn run(state: AppState, mut shutdown: Shutdown) {
    loop {
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            _ = shutdown.wait_for(|ended| *ended) => return,
        }
        if let Err(error) = notice_silence(&state).await {
            tracing::warn!(%error, "deadlines could not be looked at");
        }
    }
}
