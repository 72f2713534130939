//! The serial: the number that names a state of the registry.

use sqlx::PgConnection;

/// The channel on which a new serial is announced.
pub const CHANNEL: &str = "zonecut_serial";

/// The serial that this transaction sees.
pub(crate) async fn serial(connection: &mut PgConnection) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!("SELECT serial FROM registry_state")
        .fetch_one(connection)
        .await
}

/// Waits for the writers' turn and keeps it until the transaction ends; answers the next serial.
pub(crate) async fn take_turn(connection: &mut PgConnection) -> Result<i64, sqlx::Error> {
    let serial = sqlx::query_scalar!("SELECT serial FROM registry_state FOR UPDATE")
        .fetch_one(connection)
        .await?;
    Ok(serial + 1)
}

/// Moves to the next serial and announces it when the transaction commits.
pub(crate) async fn advance(connection: &mut PgConnection) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        r#"
        WITH next AS (UPDATE registry_state SET serial = serial + 1 RETURNING serial)
        SELECT serial AS "serial!" FROM next, pg_notify($1, serial::text)
        "#,
        CHANNEL
    )
    .fetch_one(connection)
    .await
}
