//! Incidents: broken promises, open until proof of the contrary.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

/// An incident as lists show it.
pub(crate) struct Listed {
    pub(crate) id: Uuid,
    pub(crate) expectation: Uuid,
    pub(crate) contract: String,
    pub(crate) object: String,
    pub(crate) kind: String,
    pub(crate) broken_at: DateTime<Utc>,
    pub(crate) opened_at: DateTime<Utc>,
    pub(crate) resolved_at: Option<DateTime<Utc>>,
}

/// An incident by itself.
pub(crate) struct Incident {
    pub(crate) id: Uuid,
    /// When the promise was broken.
    pub(crate) broken_at: DateTime<Utc>,
    /// When that was noticed.
    pub(crate) opened_at: DateTime<Utc>,
    /// When it was over.
    pub(crate) resolved_at: Option<DateTime<Utc>>,
}

/// Opens an incident of an expectation.
pub(crate) async fn open(
    connection: &mut PgConnection,
    expectation: Uuid,
    incident: &Incident,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "INSERT INTO incident (id, expectation, broken_at, opened_at) VALUES ($1, $2, $3, $4)",
        incident.id,
        expectation,
        incident.broken_at,
        incident.opened_at
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Resolves the open incident of an expectation.
pub(crate) async fn resolve(
    connection: &mut PgConnection,
    expectation: Uuid,
    at: DateTime<Utc>,
) -> Result<Option<Incident>, sqlx::Error> {
    sqlx::query_as!(
        Incident,
        r#"
        UPDATE incident SET resolved_at = $2 WHERE expectation = $1 AND resolved_at IS NULL
        RETURNING id, broken_at, opened_at, resolved_at
        "#,
        expectation,
        at
    )
    .fetch_optional(connection)
    .await
}

/// Incidents of contracts in the scope, at most `limit` before `before`, newest first; those that
/// are open, or not, where `open` says so.
pub(crate) async fn list(
    connection: &mut PgConnection,
    scope: Option<&[String]>,
    contract: Option<&str>,
    open: Option<bool>,
    before: Uuid,
    limit: i64,
) -> Result<Vec<Listed>, sqlx::Error> {
    sqlx::query_as!(
        Listed,
        r#"
        SELECT i.id, i.expectation, e.contract, e.object, e.kind, i.broken_at, i.opened_at,
               i.resolved_at
        FROM incident i
        JOIN expectation e ON e.id = i.expectation
        JOIN contract c ON c.id = e.contract
        WHERE i.id < $4
          AND ($1::text[] IS NULL OR c.domain = ANY($1))
          AND ($2::text IS NULL OR e.contract = $2)
          AND ($3::boolean IS NULL OR (i.resolved_at IS NULL) = $3)
        ORDER BY i.id DESC LIMIT $5
        "#,
        scope,
        contract,
        open,
        before,
        limit
    )
    .fetch_all(connection)
    .await
}
