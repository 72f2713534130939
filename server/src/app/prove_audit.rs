//! Proofs that an entry is in the signed log, and that a later checkpoint continues an earlier one.

use sqlx::PgConnection;
use zonecut_audit::{Entry, Hash, Plan};

use crate::store;
use crate::store::audit::{Filter, Part};
use crate::store::audit_tree::Checkpoint;

/// That an entry is in the log that a checkpoint was signed over.
pub(crate) struct EntryProof {
    /// The entry.
    pub(crate) entry: Entry,
    /// The hashes from its sibling up to the root.
    pub(crate) path: Vec<Hash>,
    /// What they lead to.
    pub(crate) checkpoint: Checkpoint,
}

/// That the log at one checkpoint begins with what it was at another.
pub(crate) struct GrowthProof {
    /// The earlier one.
    pub(crate) from: Checkpoint,
    /// The later one.
    pub(crate) to: Checkpoint,
    /// The hashes that lead to both roots.
    pub(crate) path: Vec<Hash>,
}

/// There is no proof.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ProveError {
    /// The log has no such entry.
    #[error("there is no entry `{0}`")]
    NoEntry(i64),
    /// No checkpoint was signed over so many entries.
    #[error("there is no checkpoint of `{0}` entries")]
    NoCheckpoint(i64),
    /// The checkpoint asked for, or the last one, was signed before the entry was appended.
    #[error("no checkpoint covers entry `{0}` yet: the next one will")]
    NotSigned(i64),
    /// The order is the wrong way round.
    #[error("`from` is `{from}`, more than the `{to}` entries of the checkpoint")]
    Backwards {
        /// The size of the checkpoint named first.
        from: i64,
        /// The size of the one that should continue it.
        to: i64,
    },
    /// The stored tree lacks nodes.
    #[error("the tree over the audit log lacks nodes")]
    Incomplete,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] sqlx::Error),
}

/// Proves that the entry `seq` is in the log of the checkpoint of `size` entries, or of the last one.
pub(crate) async fn prove_entry(
    connection: &mut PgConnection,
    seq: i64,
    size: Option<i64>,
) -> Result<EntryProof, ProveError> {
    let part = Part {
        after: seq.saturating_sub(1),
        before: seq.saturating_add(1),
        limit: 1,
        newest_first: false,
        filter: Filter::default(),
    };
    let entry = store::audit::list(connection, &part).await?.pop();
    let entry = entry.ok_or(ProveError::NoEntry(seq))?;
    let checkpoint = match (store::audit_tree::checkpoint(connection, size).await?, size) {
        (Some(checkpoint), _) => checkpoint,
        (None, Some(size)) => return Err(ProveError::NoCheckpoint(size)),
        (None, None) => return Err(ProveError::NotSigned(seq)),
    };
    let plan = Plan::inclusion(entry.seq, checkpoint.size.cast_unsigned());
    let plan = plan.ok_or(ProveError::NotSigned(seq))?;
    let path = path(connection, &plan).await?;
    Ok(EntryProof {
        entry,
        path,
        checkpoint,
    })
}

/// Proves that the checkpoint of `to` entries continues that of `from`.
pub(crate) async fn prove_growth(
    connection: &mut PgConnection,
    from: i64,
    to: i64,
) -> Result<GrowthProof, ProveError> {
    let earlier = store::audit_tree::checkpoint(connection, Some(from)).await?;
    let later = store::audit_tree::checkpoint(connection, Some(to)).await?;
    let earlier = earlier.ok_or(ProveError::NoCheckpoint(from))?;
    let later = later.ok_or(ProveError::NoCheckpoint(to))?;
    let plan = Plan::consistency(from.cast_unsigned(), to.cast_unsigned());
    let plan = plan.ok_or(ProveError::Backwards { from, to })?;
    let path = path(connection, &plan).await?;
    Ok(GrowthProof {
        from: earlier,
        to: later,
        path,
    })
}

async fn path(connection: &mut PgConnection, plan: &Plan) -> Result<Vec<Hash>, ProveError> {
    let nodes = store::audit_tree::nodes(connection, plan.addresses()).await?;
    let hashes = plan.hashes(|address| nodes.get(&address).copied());
    hashes.ok_or(ProveError::Incomplete)
}
