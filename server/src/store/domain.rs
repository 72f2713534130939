//! Domains.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

/// A domain as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Domain {
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) owner: Option<String>,
}

/// Adds a domain.
pub(crate) async fn insert(
    connection: &mut PgConnection,
    domain: &Domain,
    at: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r#"
        INSERT INTO domain (name, title, description, owner, created_at)
        VALUES ($1, $2, $3, $4, $5)
        "#,
        domain.name,
        domain.title,
        domain.description,
        domain.owner,
        at
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The domain of that name.
pub(crate) async fn find(
    connection: &mut PgConnection,
    name: &str,
) -> Result<Option<Domain>, sqlx::Error> {
    sqlx::query_as!(
        Domain,
        "SELECT name, title, description, owner FROM domain WHERE name = $1",
        name
    )
    .fetch_optional(connection)
    .await
}

/// At most `limit` domains after `after`, by name; those in `scope` only, where there is one.
pub(crate) async fn list(
    connection: &mut PgConnection,
    scope: Option<&[String]>,
    after: &str,
    limit: i64,
) -> Result<Vec<Domain>, sqlx::Error> {
    sqlx::query_as!(
        Domain,
        r#"
        SELECT name, title, description, owner FROM domain
        WHERE name > $1 AND ($2::text[] IS NULL OR name = ANY($2))
        ORDER BY name LIMIT $3
        "#,
        after,
        scope,
        limit
    )
    .fetch_all(connection)
    .await
}
