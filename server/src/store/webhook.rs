//! Webhooks, and what each is owed.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::secret::Secret;
use crate::webhooks::message::Event;

/// A webhook to be kept.
pub(crate) struct New<'a> {
    pub(crate) id: Uuid,
    pub(crate) url: &'a str,
    pub(crate) secret: &'a Secret,
    pub(crate) events: &'a [String],
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) created_by: &'a str,
}

/// A webhook as its manager sees it.
pub(crate) struct Listed {
    pub(crate) id: Uuid,
    pub(crate) url: String,
    pub(crate) events: Vec<String>,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) created_by: String,
    /// Deliveries that are still to be made.
    pub(crate) due: i64,
    /// Deliveries that were given up.
    pub(crate) dead: i64,
    /// What went wrong last with one of those.
    pub(crate) last_error: Option<String>,
}

/// A delivery to be made now.
pub(crate) struct Claimed {
    pub(crate) position: i64,
    pub(crate) attempts: i32,
    pub(crate) url: String,
    pub(crate) secret: Secret,
    pub(crate) event: Event,
}

/// Keeps a webhook.
pub(crate) async fn insert(
    connection: &mut PgConnection,
    new: &New<'_>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r#"
        INSERT INTO webhook (id, url, secret, events, created_at, created_by)
        VALUES ($1, $2, $3, $4, $5, $6)
        "#,
        new.id,
        new.url,
        new.secret.reveal(),
        new.events,
        new.created_at,
        new.created_by
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// How many webhooks there are.
pub(crate) async fn count(connection: &mut PgConnection) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(r#"SELECT count(*) AS "count!" FROM webhook"#)
        .fetch_one(connection)
        .await
}

/// At most `limit` webhooks after `after`, oldest first.
pub(crate) async fn list(
    connection: &mut PgConnection,
    after: Uuid,
    limit: i64,
) -> Result<Vec<Listed>, sqlx::Error> {
    sqlx::query_as!(
        Listed,
        r#"
        SELECT w.id, w.url, w.events, w.created_at, w.created_by,
               (SELECT count(*) FROM webhook_delivery
                WHERE webhook = w.id AND state = 'due') AS "due!",
               (SELECT count(*) FROM webhook_delivery
                WHERE webhook = w.id AND state = 'dead') AS "dead!",
               (SELECT last_error FROM webhook_delivery
                WHERE webhook = w.id AND last_error IS NOT NULL
                ORDER BY event DESC LIMIT 1) AS last_error
        FROM webhook w
        WHERE w.id > $1
        ORDER BY w.id LIMIT $2
        "#,
        after,
        limit
    )
    .fetch_all(connection)
    .await
}

/// Removes a webhook and what it is owed; whether it was there.
pub(crate) async fn delete(connection: &mut PgConnection, id: Uuid) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!("DELETE FROM webhook WHERE id = $1", id)
        .execute(connection)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// Makes the deliveries that were given up due again; how many, or nothing without such a webhook.
pub(crate) async fn replay(
    connection: &mut PgConnection,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<Option<u64>, sqlx::Error> {
    let known = sqlx::query_scalar!("SELECT id FROM webhook WHERE id = $1", id)
        .fetch_optional(&mut *connection)
        .await?;
    if known.is_none() {
        return Ok(None);
    }
    let done = sqlx::query!(
        r#"
        UPDATE webhook_delivery SET state = 'due', due_at = $2, attempts = 0
        WHERE webhook = $1 AND state = 'dead'
        "#,
        id,
        now
    )
    .execute(connection)
    .await?;
    Ok(Some(done.rows_affected()))
}

/// The webhooks that are owed a delivery now.
pub(crate) async fn with_due(
    connection: &mut PgConnection,
    now: DateTime<Utc>,
) -> Result<Vec<Uuid>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"
        SELECT id FROM webhook WHERE EXISTS (
            SELECT FROM webhook_delivery
            WHERE webhook = webhook.id AND state = 'due' AND due_at <= $1
        )
        "#,
        now
    )
    .fetch_all(connection)
    .await
}

/// Takes the next delivery of a webhook and keeps others off it until `lease`. If this process dies
/// meanwhile, another makes the delivery then.
pub(crate) async fn claim(
    connection: &mut PgConnection,
    webhook: Uuid,
    now: DateTime<Utc>,
    lease: DateTime<Utc>,
) -> Result<Option<Claimed>, sqlx::Error> {
    let row = sqlx::query!(
        r#"
        WITH next AS (
            SELECT webhook, event FROM webhook_delivery
            WHERE webhook = $1 AND state = 'due' AND due_at <= $2
            ORDER BY due_at, event LIMIT 1 FOR UPDATE SKIP LOCKED
        )
        UPDATE webhook_delivery AS d SET due_at = $3, attempts = attempts + 1
        FROM next, webhook w, outbox o
        WHERE d.webhook = next.webhook AND d.event = next.event
          AND w.id = d.webhook AND o.position = d.event
        RETURNING d.event, d.attempts, w.url, w.secret, o.id, o.at, o.type, o.subject, o.data
        "#,
        webhook,
        now,
        lease
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| Claimed {
        position: row.event,
        attempts: row.attempts,
        url: row.url,
        secret: Secret::new(row.secret),
        event: Event {
            id: row.id,
            at: row.at,
            kind: row.r#type,
            subject: row.subject,
            data: row.data,
        },
    }))
}

/// What became of a delivery.
pub(crate) enum Outcome<'a> {
    /// The subscriber took it.
    Delivered,
    /// It is to be tried again.
    Again(DateTime<Utc>, &'a str),
    /// It was given up.
    Dead(&'a str),
}

/// Keeps what became of a delivery.
pub(crate) async fn settle(
    connection: &mut PgConnection,
    webhook: Uuid,
    position: i64,
    outcome: &Outcome<'_>,
) -> Result<(), sqlx::Error> {
    let (state, due_at, last_error) = match outcome {
        Outcome::Delivered => ("delivered", None, None),
        Outcome::Again(at, error) => ("due", Some(*at), Some(*error)),
        Outcome::Dead(error) => ("dead", None, Some(*error)),
    };
    sqlx::query!(
        r#"
        UPDATE webhook_delivery
        SET state = $3, due_at = coalesce($4, due_at), last_error = $5
        WHERE webhook = $1 AND event = $2
        "#,
        webhook,
        position,
        state,
        due_at,
        last_error
    )
    .execute(connection)
    .await?;
    Ok(())
}
