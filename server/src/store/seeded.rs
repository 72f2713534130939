//! What was loaded from a folder of documents.

use sqlx::PgConnection;

/// The hash of the document of that kind and id when it was loaded last.
pub(crate) async fn hash(
    connection: &mut PgConnection,
    kind: &str,
    id: &str,
) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar!(
        "SELECT hash FROM seeded WHERE kind = $1 AND id = $2",
        kind,
        id
    )
    .fetch_optional(connection)
    .await
}

/// Remembers that it was loaded.
pub(crate) async fn remember(
    connection: &mut PgConnection,
    kind: &str,
    id: &str,
    hash: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r#"
        INSERT INTO seeded (kind, id, hash) VALUES ($1, $2, $3)
        ON CONFLICT (kind, id) DO UPDATE SET hash = excluded.hash
        "#,
        kind,
        id,
        hash
    )
    .execute(connection)
    .await?;
    Ok(())
}
