//! Removing what has had its time, some rows at a time. What another server is removing is left to it.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

/// What is kept for a while.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kept {
    /// Deliveries that subscribers took, by when they did.
    Deliveries,
    /// Events that nobody is owed.
    Events,
    /// Measurements, by when they came.
    Measurements,
    /// Lineage events, by when they came; what they said stays in the edges.
    LineageEvents,
}

impl Kept {
    /// As the audit log names it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Deliveries => "deliveries",
            Self::Events => "events",
            Self::Measurements => "measurements",
            Self::LineageEvents => "lineage_events",
        }
    }
}

/// Removes at most `limit` rows from before `before`; answers how many there were.
pub(crate) async fn forget(
    connection: &mut PgConnection,
    kept: Kept,
    before: DateTime<Utc>,
    limit: i64,
) -> Result<u64, sqlx::Error> {
    let query = match kept {
        Kept::Deliveries => sqlx::query!(
            r#"
            DELETE FROM webhook_delivery WHERE (webhook, event) IN (
                SELECT webhook, event FROM webhook_delivery
                WHERE state = 'delivered' AND due_at < $1
                LIMIT $2 FOR UPDATE SKIP LOCKED
            )
            "#,
            before,
            limit
        ),
        Kept::Events => sqlx::query!(
            r#"
            DELETE FROM outbox WHERE position IN (
                SELECT position FROM outbox
                WHERE at < $1
                  AND NOT EXISTS (SELECT FROM webhook_delivery WHERE event = outbox.position)
                LIMIT $2 FOR UPDATE SKIP LOCKED
            )
            "#,
            before,
            limit
        ),
        Kept::Measurements => sqlx::query!(
            r#"
            DELETE FROM measurement WHERE id IN (
                SELECT id FROM measurement
                WHERE received_at < $1 LIMIT $2 FOR UPDATE SKIP LOCKED
            )
            "#,
            before,
            limit
        ),
        Kept::LineageEvents => sqlx::query!(
            r#"
            DELETE FROM lineage_event WHERE key IN (
                SELECT key FROM lineage_event
                WHERE received_at < $1 LIMIT $2 FOR UPDATE SKIP LOCKED
            )
            "#,
            before,
            limit
        ),
    };
    Ok(query.execute(connection).await?.rows_affected())
}
