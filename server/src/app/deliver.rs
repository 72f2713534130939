//! Makes the deliveries that a webhook is owed, one after the other, at least once each.

use chrono::TimeDelta;
use uuid::Uuid;

use crate::state::AppState;
use crate::store;
use crate::store::webhook::{Claimed, Outcome};
use crate::webhooks::client::Call;

/// Longer than a call can take, so that nobody else makes it meanwhile.
const LEASE: TimeDelta = TimeDelta::seconds(60);
/// After so many failures, about eight hours, a person should look.
const MOST_ATTEMPTS: i32 = 18;
const LONGEST_PAUSE: TimeDelta = TimeDelta::hours(1);

/// Makes the next delivery that `webhook` is owed; whether there was one.
///
/// # Errors
/// When the database fails; then the delivery is made again later.
pub async fn deliver_next(state: &AppState, webhook: Uuid) -> Result<bool, sqlx::Error> {
    let now = state.clock.now();
    let mut connection = state.pool.acquire().await?;
    let claimed = store::webhook::claim(&mut connection, webhook, now, now + LEASE).await?;
    // A subscriber that hangs must not hold a connection.
    drop(connection);
    let Some(delivery) = claimed else {
        return Ok(false);
    };
    let call = Call {
        webhook,
        url: &delivery.url,
        secret: &delivery.secret,
        timestamp: now.timestamp(),
        body: delivery.event.body(),
    };
    let sent = state.webhooks.send(call).await;
    let outcome = match &sent {
        Ok(()) => Outcome::Delivered,
        Err(reason) => failed(state, webhook, &delivery, reason),
    };
    let mut connection = state.pool.acquire().await?;
    store::webhook::settle(&mut connection, webhook, delivery.position, &outcome).await?;
    Ok(true)
}

fn failed<'a>(state: &AppState, webhook: Uuid, delivery: &Claimed, reason: &'a str) -> Outcome<'a> {
    let event = delivery.event.id;
    if delivery.attempts >= MOST_ATTEMPTS {
        tracing::warn!(%webhook, %event, reason, "a delivery was given up");
        return Outcome::Dead(reason);
    }
    tracing::info!(%webhook, %event, reason, attempts = delivery.attempts, "a delivery failed");
    Outcome::Again(state.clock.now() + pause(delivery.attempts), reason)
}

/// One second after the first failure, then twice as long each time, up to an hour.
fn pause(attempts: i32) -> TimeDelta {
    let exponent = u32::try_from(attempts - 1).unwrap_or(0).min(20);
    TimeDelta::seconds(1 << exponent).min(LONGEST_PAUSE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pause_doubles_up_to_an_hour() {
        let pauses = [1, 2, 3, 12, 13, 1_000].map(|attempts| pause(attempts).num_seconds());
        assert_eq!(pauses, [1, 2, 4, 2_048, 3_600, 3_600]);
    }
}
