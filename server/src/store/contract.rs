//! Contracts and their versions.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

/// A contract as lists show it.
pub(crate) struct Summary {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) domain: String,
    pub(crate) active_version: Option<String>,
    pub(crate) status: Option<String>,
    pub(crate) versions: i64,
    pub(crate) updated_at: DateTime<Utc>,
}

/// A contract without its versions.
pub(crate) struct Contract {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) domain: String,
    pub(crate) active_version: Option<String>,
}

/// A version without its document.
pub(crate) struct Publication {
    /// Its place among all publications.
    pub(crate) position: i64,
    pub(crate) version: String,
    pub(crate) status: String,
    pub(crate) hash: String,
    pub(crate) published_at: DateTime<Utc>,
    pub(crate) published_by: String,
}

/// The document of a version.
pub(crate) struct Document {
    pub(crate) contract: String,
    pub(crate) domain: String,
    pub(crate) version: String,
    pub(crate) hash: String,
    pub(crate) text: String,
}

/// What a contract is to be, seen from its newest version.
pub(crate) struct Newest<'a> {
    pub(crate) id: &'a str,
    pub(crate) domain: &'a str,
    pub(crate) name: &'a str,
    /// What is searched: names, tags, columns; lower case.
    pub(crate) search: &'a str,
    pub(crate) at: DateTime<Utc>,
}

/// A version to be published.
pub(crate) struct NewVersion<'a> {
    pub(crate) contract: &'a str,
    pub(crate) version: &'a str,
    pub(crate) status: &'a str,
    pub(crate) hash: &'a str,
    pub(crate) document: &'a str,
    pub(crate) serial: i64,
    pub(crate) at: DateTime<Utc>,
    pub(crate) by: &'a str,
}

/// Contracts in the scope, by id, whose search text holds `needle` and whose domain is `domain`.
pub(crate) async fn list(
    connection: &mut PgConnection,
    scope: Option<&[String]>,
    needle: Option<&str>,
    domain: Option<&str>,
    after: &str,
    limit: i64,
) -> Result<Vec<Summary>, sqlx::Error> {
    sqlx::query_as!(
        Summary,
        r#"
        SELECT c.id, c.name, c.domain, c.active_version, v.status AS "status?",
               (SELECT count(*) FROM contract_version WHERE contract = c.id) AS "versions!",
               c.updated_at
        FROM contract c
        LEFT JOIN contract_version v ON v.contract = c.id AND v.version = c.active_version
        WHERE c.id > $1
          AND ($2::text[] IS NULL OR c.domain = ANY($2))
          AND ($3::text IS NULL OR strpos(c.search, $3) > 0)
          AND ($4::text IS NULL OR c.domain = $4)
        ORDER BY c.id LIMIT $5
        "#,
        after,
        scope,
        needle,
        domain,
        limit
    )
    .fetch_all(connection)
    .await
}

/// The contract with that id.
pub(crate) async fn find(
    connection: &mut PgConnection,
    id: &str,
) -> Result<Option<Contract>, sqlx::Error> {
    sqlx::query_as!(
        Contract,
        "SELECT id, name, domain, active_version FROM contract WHERE id = $1",
        id
    )
    .fetch_optional(connection)
    .await
}

/// Versions of a contract, at most `limit` published before `before`, the newest publication first.
pub(crate) async fn versions(
    connection: &mut PgConnection,
    id: &str,
    before: i64,
    limit: i64,
) -> Result<Vec<Publication>, sqlx::Error> {
    sqlx::query_as!(
        Publication,
        r#"
        SELECT position, version, status, hash, published_at, published_by
        FROM contract_version WHERE contract = $1 AND position < $2
        ORDER BY position DESC LIMIT $3
        "#,
        id,
        before,
        limit
    )
    .fetch_all(connection)
    .await
}

/// The document that a new version follows: the active one, else the newest.
pub(crate) async fn standing(
    connection: &mut PgConnection,
    id: &str,
) -> Result<Option<Document>, sqlx::Error> {
    sqlx::query_as!(
        Document,
        r#"
        SELECT v.contract, c.domain, v.version, v.hash, v.document AS text
        FROM contract_version v JOIN contract c ON c.id = v.contract
        WHERE v.contract = $1
        ORDER BY v.version = c.active_version DESC NULLS LAST, v.position DESC LIMIT 1
        "#,
        id
    )
    .fetch_optional(connection)
    .await
}

/// The documents of all versions of a contract, the newest publication first.
pub(crate) async fn documents(
    connection: &mut PgConnection,
    id: &str,
) -> Result<Vec<Document>, sqlx::Error> {
    sqlx::query_as!(
        Document,
        r#"
        SELECT v.contract, c.domain, v.version, v.hash, v.document AS text
        FROM contract_version v JOIN contract c ON c.id = v.contract
        WHERE v.contract = $1 ORDER BY v.position DESC
        "#,
        id
    )
    .fetch_all(connection)
    .await
}

/// The document of one version.
pub(crate) async fn document(
    connection: &mut PgConnection,
    id: &str,
    version: &str,
) -> Result<Option<Document>, sqlx::Error> {
    sqlx::query_as!(
        Document,
        r#"
        SELECT v.contract, c.domain, v.version, v.hash, v.document AS text
        FROM contract_version v JOIN contract c ON c.id = v.contract
        WHERE v.contract = $1 AND v.version = $2
        "#,
        id,
        version
    )
    .fetch_optional(connection)
    .await
}

/// The active version of every contract whose status lets it decide; the column holds the one
/// spelling of a status.
pub(crate) async fn active_documents(
    connection: &mut PgConnection,
) -> Result<Vec<Document>, sqlx::Error> {
    sqlx::query_as!(
        Document,
        r#"
        SELECT v.contract, c.domain, v.version, v.hash, v.document AS text
        FROM contract c
        JOIN contract_version v ON v.contract = c.id AND v.version = c.active_version
        WHERE v.status IN ('active', 'deprecated')
        ORDER BY c.id
        "#
    )
    .fetch_all(connection)
    .await
}

/// Writes what a contract is now, seen from its newest version.
pub(crate) async fn upsert(
    connection: &mut PgConnection,
    newest: &Newest<'_>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r#"
        INSERT INTO contract (id, domain, name, search, updated_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (id) DO UPDATE SET
            domain = excluded.domain, name = excluded.name,
            search = excluded.search, updated_at = excluded.updated_at
        "#,
        newest.id,
        newest.domain,
        newest.name,
        newest.search,
        newest.at
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Adds a version.
pub(crate) async fn insert_version(
    connection: &mut PgConnection,
    new: &NewVersion<'_>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r#"
        INSERT INTO contract_version
            (contract, version, status, hash, document, serial, published_at, published_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        "#,
        new.contract,
        new.version,
        new.status,
        new.hash,
        new.document,
        new.serial,
        new.at,
        new.by
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Makes a version the one that decides.
pub(crate) async fn activate(
    connection: &mut PgConnection,
    id: &str,
    version: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "UPDATE contract SET active_version = $2 WHERE id = $1",
        id,
        version
    )
    .execute(connection)
    .await?;
    Ok(())
}
