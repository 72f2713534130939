//! Events, and with each the deliveries it owes to subscribers.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::app::audit::Event;

/// Adds an event about `subject`, due at once for every webhook that asked for its kind.
pub(crate) async fn append(
    connection: &mut PgConnection,
    id: Uuid,
    at: DateTime<Utc>,
    subject: &str,
    event: &Event,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r#"
        WITH event AS (
            INSERT INTO outbox (id, at, type, subject, data) VALUES ($1, $2, $3, $4, $5)
            RETURNING position, type
        )
        INSERT INTO webhook_delivery (webhook, event, state, due_at, attempts)
        SELECT webhook.id, event.position, 'due', $2, 0
        FROM event JOIN webhook ON webhook.events && ARRAY[event.type, '*']
        "#,
        id,
        at,
        event.kind.as_str(),
        subject,
        event.data
    )
    .execute(connection)
    .await?;
    Ok(())
}
