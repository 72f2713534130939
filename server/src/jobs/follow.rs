//! Follows the registry like a DNS secondary: on notification, and by polling once a second.

use std::time::Duration;

use sqlx::postgres::PgListener;

use crate::app::load;
use crate::jobs::Shutdown;
use crate::state::AppState;
use crate::store::registry::CHANNEL;

const POLL: Duration = Duration::from_secs(1);

/// Runs until the service ends. What fails is tried again with the next tick; until then the node
/// goes on with what it has.
pub async fn run(state: AppState, mut shutdown: Shutdown) {
    let mut listener = listen(&state).await;
    loop {
        tokio::select! {
            () = announced(&mut listener) => {}
            () = state.changed.notified() => {}
            () = tokio::time::sleep(POLL) => {}
            _ = shutdown.wait_for(|ended| *ended) => return,
        }
        if listener.is_none() {
            listener = listen(&state).await;
        }
        if let Err(error) = load::refresh(&state).await {
            tracing::warn!(%error, "still serving the older state of the registry");
        }
    }
}

async fn listen(state: &AppState) -> Option<PgListener> {
    let mut listener = PgListener::connect_with(&state.pool).await.ok()?;
    listener.listen(CHANNEL).await.ok()?;
    Some(listener)
}

/// Returns when something was announced; never, without a connection to hear it on.
async fn announced(listener: &mut Option<PgListener>) {
    let Some(open) = listener else {
        return std::future::pending().await;
    };
    // `None` is a lost connection, which may have swallowed an announcement.
    if !matches!(open.try_recv().await, Ok(Some(_))) {
        *listener = None;
    }
}
