//! Measurements as they came.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

/// A batch, a column per field.
#[derive(Default)]
pub(crate) struct Batch {
    pub(crate) contracts: Vec<String>,
    pub(crate) objects: Vec<String>,
    pub(crate) kinds: Vec<String>,
    pub(crate) at: Vec<DateTime<Utc>>,
    pub(crate) values: Vec<Option<f64>>,
}

/// Keeps a batch.
pub(crate) async fn insert(
    connection: &mut PgConnection,
    batch: &Batch,
    received_at: DateTime<Utc>,
    received_by: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r#"
        INSERT INTO measurement (contract, object, kind, at, value, received_at, received_by)
        SELECT contract, object, kind, at, value, $6, $7
        FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::float8[])
            AS given (contract, object, kind, at, value)
        "#,
        &batch.contracts,
        &batch.objects,
        &batch.kinds,
        &batch.at,
        &batch.values as &[Option<f64>],
        received_at,
        received_by
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The domains of those of these contracts that are registered.
pub(crate) async fn domains(
    connection: &mut PgConnection,
    contracts: &[String],
) -> Result<Vec<(String, String)>, sqlx::Error> {
    let rows = sqlx::query!(
        "SELECT id, domain FROM contract WHERE id = ANY($1)",
        contracts
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.domain)).collect())
}
