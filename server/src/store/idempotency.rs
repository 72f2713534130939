//! Answers kept under idempotency keys.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use http::{HeaderName, HeaderValue, StatusCode};
use sqlx::PgConnection;
use sqlx::types::Json;

use crate::answer::Answer;
use crate::idempotency::RequestKey;

/// An answer that was given.
pub(crate) struct Kept {
    /// To which request.
    pub(crate) request_hash: Vec<u8>,
    /// The answer.
    pub(crate) answer: Answer,
}

/// Waits until nobody else does a request with `key`, and keeps others waiting until the transaction
/// ends.
pub(crate) async fn take_turn(
    connection: &mut PgConnection,
    key: &RequestKey,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))",
        format!("idempotency {} {}", key.credential, key.key)
    )
    .fetch_one(connection)
    .await?;
    Ok(())
}

/// What was answered under `key`.
pub(crate) async fn find(
    connection: &mut PgConnection,
    key: &RequestKey,
) -> Result<Option<Kept>, sqlx::Error> {
    let row = sqlx::query!(
        r#"
        SELECT request_hash, status, headers AS "headers: Json<BTreeMap<String, String>>", body
        FROM idempotency WHERE credential = $1 AND key = $2
        "#,
        key.credential,
        key.key
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| Kept {
        request_hash: row.request_hash,
        answer: Answer {
            status: u16::try_from(row.status)
                .ok()
                .and_then(|status| StatusCode::from_u16(status).ok())
                .unwrap_or(StatusCode::OK),
            headers: headers(&row.headers),
            body: row.body,
        },
    }))
}

/// Keeps `answer` under `key`.
pub(crate) async fn keep(
    connection: &mut PgConnection,
    key: &RequestKey,
    answer: &Answer,
    at: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let headers: BTreeMap<&str, &str> = answer
        .headers
        .iter()
        .filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)))
        .collect();
    sqlx::query!(
        r#"
        INSERT INTO idempotency (credential, key, request_hash, status, headers, body, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        "#,
        key.credential,
        key.key,
        &key.request_hash,
        answer.status.as_u16().cast_signed(),
        Json(headers) as _,
        answer.body,
        at
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Forgets what was answered before `before`.
pub(crate) async fn forget(
    connection: &mut PgConnection,
    before: DateTime<Utc>,
) -> Result<u64, sqlx::Error> {
    let done = sqlx::query!("DELETE FROM idempotency WHERE at < $1", before)
        .execute(connection)
        .await?;
    Ok(done.rows_affected())
}

fn headers(kept: &BTreeMap<String, String>) -> Vec<(HeaderName, HeaderValue)> {
    let pairs = kept.iter().filter_map(|(name, value)| {
        let name = HeaderName::try_from(name).ok()?;
        Some((name, HeaderValue::from_str(value).ok()?))
    });
    pairs.collect()
}
