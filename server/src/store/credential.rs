//! Tokens, sessions and sign-in codes.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use crate::control_plane::ControlPlane;
use crate::identity::{Identity, RoleBinding};
use crate::secret::SecretHash;

/// What a credential is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// For programs; presented with each request.
    Token,
    /// For a browser; in a cookie.
    Session,
    /// Good for one sign-in.
    Code,
}

impl Kind {
    const fn word(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::Session => "session",
            Self::Code => "code",
        }
    }
}

/// A credential to be kept.
pub(crate) struct New<'a> {
    pub(crate) id: Uuid,
    pub(crate) kind: Kind,
    pub(crate) secret: SecretHash,
    pub(crate) principal: &'a str,
    pub(crate) roles: &'a [RoleBinding],
    pub(crate) parent: Option<Uuid>,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) created_by: &'a str,
    pub(crate) expires_at: Option<DateTime<Utc>>,
}

/// A credential that may call.
pub(crate) struct Active {
    pub(crate) id: Uuid,
    pub(crate) secret_hash: Vec<u8>,
    pub(crate) principal: String,
    pub(crate) roles: Json<Vec<RoleBinding>>,
    pub(crate) expires_at: Option<DateTime<Utc>>,
}

/// A token as its manager sees it.
pub(crate) struct Token {
    pub(crate) id: Uuid,
    pub(crate) principal: String,
    pub(crate) roles: Json<Vec<RoleBinding>>,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) created_by: String,
    pub(crate) expires_at: Option<DateTime<Utc>>,
}

impl Active {
    /// Who that is under `plane`.
    pub(crate) fn into_identity(self, plane: &ControlPlane) -> Identity {
        Identity::new(
            plane,
            self.id,
            self.principal,
            self.roles.0,
            self.expires_at,
        )
    }
}

/// Keeps a credential.
pub(crate) async fn insert(
    connection: &mut PgConnection,
    new: &New<'_>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r#"
        INSERT INTO credential
            (id, kind, secret_hash, principal, parent, created_at, created_by, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        "#,
        new.id,
        new.kind.word(),
        &new.secret.0,
        new.principal,
        new.parent,
        new.created_at,
        new.created_by,
        new.expires_at
    )
    .execute(&mut *connection)
    .await?;
    let roles: Vec<String> = new.roles.iter().map(|it| it.role.clone()).collect();
    let domains: Vec<String> = new.roles.iter().map(|it| it.domain.clone()).collect();
    sqlx::query!(
        r#"
        INSERT INTO credential_role (credential, role, domain)
        SELECT $1, role, domain FROM unnest($2::text[], $3::text[]) AS given (role, domain)
        ON CONFLICT DO NOTHING
        "#,
        new.id,
        &roles,
        &domains
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The credential of one of those kinds with that secret, unless it has ended.
pub(crate) async fn find_active(
    connection: &mut PgConnection,
    kinds: &[Kind],
    secret: SecretHash,
    now: DateTime<Utc>,
) -> Result<Option<Active>, sqlx::Error> {
    let kinds: Vec<_> = kinds.iter().map(|kind| kind.word().to_owned()).collect();
    sqlx::query_as!(
        Active,
        r#"
        SELECT id, secret_hash, principal, expires_at, (
            SELECT coalesce(jsonb_agg(jsonb_build_object('role', role, 'domain', domain)), '[]')
            FROM credential_role WHERE credential = id
        ) AS "roles!: Json<Vec<RoleBinding>>"
        FROM credential
        WHERE secret_hash = $1 AND kind = ANY($3)
          AND ended_at IS NULL AND (expires_at IS NULL OR expires_at > $2)
        "#,
        &secret.0,
        now,
        &kinds
    )
    .fetch_optional(connection)
    .await
}

/// All tokens and sessions that have not ended.
pub(crate) async fn all_active(
    connection: &mut PgConnection,
    now: DateTime<Utc>,
) -> Result<Vec<Active>, sqlx::Error> {
    sqlx::query_as!(
        Active,
        r#"
        SELECT id, secret_hash, principal, expires_at, (
            SELECT coalesce(jsonb_agg(jsonb_build_object('role', role, 'domain', domain)), '[]')
            FROM credential_role WHERE credential = id
        ) AS "roles!: Json<Vec<RoleBinding>>"
        FROM credential
        WHERE kind IN ('token', 'session')
          AND ended_at IS NULL AND (expires_at IS NULL OR expires_at > $1)
        "#,
        now
    )
    .fetch_all(connection)
    .await
}

/// Uses up the sign-in code with that secret; nothing when it was used or has run out.
pub(crate) async fn use_code(
    connection: &mut PgConnection,
    secret: SecretHash,
    now: DateTime<Utc>,
) -> Result<Option<Active>, sqlx::Error> {
    sqlx::query_as!(
        Active,
        r#"
        UPDATE credential SET ended_at = $2
        WHERE secret_hash = $1 AND kind = 'code' AND ended_at IS NULL AND expires_at > $2
        RETURNING id, secret_hash, principal, expires_at, (
            SELECT coalesce(jsonb_agg(jsonb_build_object('role', role, 'domain', domain)), '[]')
            FROM credential_role WHERE credential = id
        ) AS "roles!: Json<Vec<RoleBinding>>"
        "#,
        &secret.0,
        now
    )
    .fetch_optional(connection)
    .await
}

/// Tokens that have not ended, at most `limit` after the one called `after`, oldest first.
pub(crate) async fn list_tokens(
    connection: &mut PgConnection,
    after: Uuid,
    limit: i64,
) -> Result<Vec<Token>, sqlx::Error> {
    sqlx::query_as!(
        Token,
        r#"
        SELECT id, principal, created_at, created_by, expires_at, (
            SELECT coalesce(jsonb_agg(jsonb_build_object('role', role, 'domain', domain)), '[]')
            FROM credential_role WHERE credential = id
        ) AS "roles!: Json<Vec<RoleBinding>>"
        FROM credential
        WHERE kind = 'token' AND ended_at IS NULL AND id > $1
        ORDER BY id LIMIT $2
        "#,
        after,
        limit
    )
    .fetch_all(connection)
    .await
}

/// Ends a credential of that kind and what came from it; answers all that ended.
pub(crate) async fn end(
    connection: &mut PgConnection,
    id: Uuid,
    kind: Kind,
    now: DateTime<Utc>,
) -> Result<Vec<Uuid>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"
        UPDATE credential SET ended_at = $3
        WHERE ended_at IS NULL
          AND EXISTS (SELECT FROM credential WHERE id = $1 AND kind = $2 AND ended_at IS NULL)
          AND (id = $1 OR parent = $1)
        RETURNING id
        "#,
        id,
        kind.word(),
        now
    )
    .fetch_all(connection)
    .await
}

/// Ends the sign-in codes of a principal that are still good.
pub(crate) async fn end_codes(
    connection: &mut PgConnection,
    principal: &str,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r#"
        UPDATE credential SET ended_at = $2
        WHERE kind = 'code' AND principal = $1 AND ended_at IS NULL
        "#,
        principal,
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Whether an administrator's token was ever made.
pub(crate) async fn any_token(connection: &mut PgConnection) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(r#"SELECT EXISTS (SELECT FROM credential WHERE kind = 'token') AS "some!""#)
        .fetch_one(connection)
        .await
}

/// Removes sessions and codes that ended before `before`.
pub(crate) async fn forget(
    connection: &mut PgConnection,
    before: DateTime<Utc>,
) -> Result<u64, sqlx::Error> {
    let done = sqlx::query!(
        "DELETE FROM credential WHERE kind <> 'token' AND (ended_at < $1 OR expires_at < $1)",
        before
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected())
}
