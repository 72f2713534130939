//! Signs checkpoints of the audit log when they are due, and goes through the log meanwhile, a part
//! each second and then again from its beginning.

use std::time::Duration;

use tokio::time::Instant;

use crate::app::checkpoint::sign_when_due;
use crate::app::verify_audit::Walk;
use crate::jobs::Shutdown;
use crate::state::AppState;

const EVERY: Duration = Duration::from_secs(1);
/// When signing is tried again after it failed.
const AGAIN: Duration = Duration::from_mins(1);
/// From the end of one walk to the beginning of the next: many times what it took, so that a long log
/// costs no more than a short one.
const PAUSE: u32 = 60;
const SHORTEST: Duration = Duration::from_mins(1);
const LONGEST: Duration = Duration::from_hours(1);

/// Runs until the service ends; the last checkpoint is signed after all other jobs have ended.
pub async fn run(state: AppState, mut shutdown: Shutdown) {
    let mut signing = Instant::now();
    let mut watch = Watch::begin();
    loop {
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            _ = shutdown.wait_for(|ended| *ended) => return,
        }
        if Instant::now() >= signing
            && let Err(error) = sign_when_due(&state).await
        {
            tracing::error!(%error, "no checkpoint of the audit log could be signed");
            signing = Instant::now() + AGAIN;
        }
        if let Err(error) = watch.step(&state).await {
            tracing::warn!(%error, "the audit log could not be gone through");
        }
    }
}

/// Walks through the log, one after the other.
struct Watch {
    /// The one under way, and when it began.
    walk: Option<(Walk, Instant)>,
    /// When the next one begins.
    due: Instant,
}

impl Watch {
    fn begin() -> Self {
        Self {
            walk: None,
            due: Instant::now(),
        }
    }

    async fn step(&mut self, state: &AppState) -> Result<(), sqlx::Error> {
        let (walk, begun) = match self.walk.take() {
            Some(under_way) => under_way,
            None if Instant::now() < self.due => return Ok(()),
            None => match Walk::begin(state).await? {
                Some(walk) => (walk, Instant::now()),
                None => return Ok(()),
            },
        };
        if let Some(walk) = walk.go_on(state).await? {
            self.walk = Some((walk, begun));
        } else {
            let pause = (begun.elapsed() * PAUSE).clamp(SHORTEST, LONGEST);
            self.due = Instant::now() + pause;
        }
        Ok(())
    }
}
