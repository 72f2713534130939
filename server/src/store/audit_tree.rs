//! The Merkle tree over the audit log, its signed checkpoints, and the keys that sign them: added to,
//! never changed.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use zonecut_audit::{Address, Hash, KeyId, Node, VerifyingKey};

/// Whoever holds this lock lets the tree grow.
const TURN: i64 = 0x7a63_6175_6469_7401;

/// A signed checkpoint.
#[derive(Debug, Clone)]
pub(crate) struct Checkpoint {
    /// How many entries it covers.
    pub(crate) size: i64,
    /// When it was signed.
    pub(crate) at: DateTime<Utc>,
    /// The root of the tree, in hexadecimal.
    pub(crate) root: String,
    /// The id of the key that signed it.
    pub(crate) key_id: String,
    /// The signed note.
    pub(crate) note: String,
}

/// A public key.
#[derive(Debug)]
pub(crate) struct Key {
    /// As a verifier reads it.
    pub(crate) verifier: String,
    /// Its id.
    pub(crate) id: String,
    /// When it signed first.
    pub(crate) first_used_at: DateTime<Utc>,
}

/// Takes the turn to let the tree grow, until the transaction ends; answers false when another has it.
pub(crate) async fn take_turn(connection: &mut PgConnection) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(r#"SELECT pg_try_advisory_xact_lock($1) AS "turn!""#, TURN)
        .fetch_one(connection)
        .await
}

/// How many leaves the tree has.
pub(crate) async fn size(connection: &mut PgConnection) -> Result<u64, sqlx::Error> {
    let size = sqlx::query_scalar!(
        r#"SELECT coalesce(max(position) + 1, 0) AS "size!" FROM audit_node WHERE level = 0"#
    )
    .fetch_one(connection)
    .await?;
    Ok(size.cast_unsigned())
}

/// The nodes at `addresses`, those that are there.
pub(crate) async fn nodes(
    connection: &mut PgConnection,
    addresses: impl Iterator<Item = Address>,
) -> Result<HashMap<Address, Hash>, sqlx::Error> {
    let (levels, positions): (Vec<_>, Vec<_>) = addresses.map(columns).unzip();
    let rows = sqlx::query!(
        r#"
        SELECT level AS "level!", position AS "position!", hash
        FROM unnest($1::smallint[], $2::bigint[]) AS asked (level, position)
        JOIN audit_node USING (level, position)
        "#,
        &levels,
        &positions
    )
    .fetch_all(connection)
    .await?;
    let nodes = rows.into_iter().map(|row| {
        let hash = <[u8; 32]>::try_from(row.hash.as_slice())
            .map_err(|error| sqlx::Error::Decode(Box::new(error)))?;
        let address = Address {
            level: u32::from(row.level.cast_unsigned()),
            position: row.position.cast_unsigned(),
        };
        Ok((address, Hash::from(hash)))
    });
    nodes.collect()
}

/// Adds nodes.
pub(crate) async fn add_nodes(
    connection: &mut PgConnection,
    nodes: &[Node],
) -> Result<(), sqlx::Error> {
    let (levels, positions): (Vec<_>, Vec<_>) = nodes.iter().map(|it| columns(it.address)).unzip();
    let hashes: Vec<_> = nodes.iter().map(|it| it.hash.as_bytes().to_vec()).collect();
    sqlx::query!(
        r#"
        INSERT INTO audit_node (level, position, hash)
        SELECT * FROM unnest($1::smallint[], $2::bigint[], $3::bytea[])
        "#,
        &levels,
        &positions,
        &hashes
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Adds a checkpoint, and its key where it signs for the first time.
pub(crate) async fn add_checkpoint(
    connection: &mut PgConnection,
    checkpoint: &zonecut_audit::Checkpoint,
    key: &VerifyingKey,
    note: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r#"
        WITH key AS (
            INSERT INTO audit_key (key, id, first_used_at) VALUES ($4, $5, $2) ON CONFLICT DO NOTHING
        )
        INSERT INTO audit_checkpoint (size, at, root, key, note) VALUES ($1, $2, $3, $4, $6)
        "#,
        checkpoint.size.cast_signed(),
        checkpoint.at,
        checkpoint.root.to_string(),
        key.to_string(),
        KeyId::to_string(&key.id()),
        note
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Checkpoints of more than `after` entries, the smallest first.
pub(crate) async fn checkpoints(
    connection: &mut PgConnection,
    after: i64,
    limit: i64,
) -> Result<Vec<Checkpoint>, sqlx::Error> {
    sqlx::query_as!(
        Checkpoint,
        r#"
        SELECT size, at, root, k.id AS key_id, note
        FROM audit_checkpoint JOIN audit_key k USING (key)
        WHERE size > $1 ORDER BY size LIMIT $2
        "#,
        after,
        limit
    )
    .fetch_all(connection)
    .await
}

/// The checkpoint of exactly `size` entries, or the last one.
pub(crate) async fn checkpoint(
    connection: &mut PgConnection,
    size: Option<i64>,
) -> Result<Option<Checkpoint>, sqlx::Error> {
    sqlx::query_as!(
        Checkpoint,
        r#"
        SELECT size, at, root, k.id AS key_id, note
        FROM audit_checkpoint JOIN audit_key k USING (key)
        WHERE size = coalesce($1, (SELECT max(size) FROM audit_checkpoint))
        "#,
        size
    )
    .fetch_optional(connection)
    .await
}

/// The keys that ever signed, the first one first.
pub(crate) async fn keys(connection: &mut PgConnection) -> Result<Vec<Key>, sqlx::Error> {
    sqlx::query_as!(
        Key,
        "SELECT key AS verifier, id, first_used_at FROM audit_key ORDER BY first_used_at, key"
    )
    .fetch_all(connection)
    .await
}

fn columns(address: Address) -> (i16, i64) {
    // A level is a bit of a 64-bit size.
    let level = i16::try_from(address.level).unwrap_or(i16::MAX);
    (level, address.position.cast_signed())
}
