//! Policy documents.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

/// A policy document as it is kept.
#[derive(Debug, Clone)]
pub(crate) struct Policy {
    pub(crate) id: String,
    pub(crate) kind: String,
    pub(crate) domain: Option<String>,
    pub(crate) name: String,
    pub(crate) hash: String,
    pub(crate) document: String,
    pub(crate) updated_at: DateTime<Utc>,
}

/// Policies by id. Those without a domain are everybody's to know.
pub(crate) async fn list(
    connection: &mut PgConnection,
    scope: Option<&[String]>,
    after: &str,
    limit: i64,
) -> Result<Vec<Policy>, sqlx::Error> {
    sqlx::query_as!(
        Policy,
        r#"
        SELECT id, kind, domain, name, hash, document, updated_at FROM policy
        WHERE id > $1 AND ($2::text[] IS NULL OR domain IS NULL OR domain = ANY($2))
        ORDER BY id LIMIT $3
        "#,
        after,
        scope,
        limit
    )
    .fetch_all(connection)
    .await
}

/// All policies, by id.
pub(crate) async fn all(connection: &mut PgConnection) -> Result<Vec<Policy>, sqlx::Error> {
    sqlx::query_as!(
        Policy,
        "SELECT id, kind, domain, name, hash, document, updated_at FROM policy ORDER BY id"
    )
    .fetch_all(connection)
    .await
}

/// The policy with that id.
pub(crate) async fn find(
    connection: &mut PgConnection,
    id: &str,
) -> Result<Option<Policy>, sqlx::Error> {
    sqlx::query_as!(
        Policy,
        "SELECT id, kind, domain, name, hash, document, updated_at FROM policy WHERE id = $1",
        id
    )
    .fetch_optional(connection)
    .await
}

/// Adds a policy; one of that id must not be there.
pub(crate) async fn insert(
    connection: &mut PgConnection,
    policy: &Policy,
    by: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r#"
        INSERT INTO policy (id, kind, domain, name, hash, document, updated_at, updated_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        "#,
        policy.id,
        policy.kind,
        policy.domain,
        policy.name,
        policy.hash,
        policy.document,
        policy.updated_at,
        by
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Replaces the document of a policy.
pub(crate) async fn replace(
    connection: &mut PgConnection,
    policy: &Policy,
    by: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r#"
        UPDATE policy SET hash = $2, document = $3, updated_at = $4, updated_by = $5 WHERE id = $1
        "#,
        policy.id,
        policy.hash,
        policy.document,
        policy.updated_at,
        by
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Removes a policy.
pub(crate) async fn remove(connection: &mut PgConnection, id: &str) -> Result<(), sqlx::Error> {
    sqlx::query!("DELETE FROM policy WHERE id = $1", id)
        .execute(connection)
        .await?;
    Ok(())
}
