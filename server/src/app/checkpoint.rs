//! Lets the tree over the audit log grow, and signs what it has become.
//!
//! Appending to the log is not touched by it: what was appended since is read, checked and added here,
//! a batch to a transaction, by one node at a time.

use chrono::TimeDelta;
use sqlx::PgConnection;
use zonecut_audit::{Bounds, Broken, Checkpoint, Entry, Hash, NotATree, Tree, Verifier, leaf_hash};

use crate::app::verify_audit::Fault;
use crate::state::AppState;
use crate::store;
use crate::store::audit::{Filter, Part};

/// How many entries one transaction adds.
const BATCH: i64 = 1_000;

/// Nothing was signed.
#[derive(Debug, thiserror::Error)]
pub enum CheckpointError {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] sqlx::Error),
    /// An entry is not as it was appended: nothing that follows it is signed.
    #[error("the audit log was changed: {0}")]
    Broken(Broken),
    /// The nodes are not those of a tree.
    #[error("the tree over the audit log was changed: {0}")]
    NotATree(#[from] NotATree),
    /// They are those of another tree than the one that was signed last.
    #[error(
        "the tree over the audit log was changed: its first `{size}` entries have root `{found}`, and were signed with `{signed}`"
    )]
    OtherTree {
        /// How many entries were signed.
        size: u64,
        /// The root that the nodes lead to.
        found: Hash,
        /// The root that was signed.
        signed: String,
    },
}

impl CheckpointError {
    /// What it says of the log; nothing where only the database failed.
    pub(crate) fn fault(&self) -> Option<Fault> {
        let seq = match self {
            Self::Store(_) => return None,
            Self::Broken(broken) => return Some(Fault::from(broken)),
            Self::NotATree(_) => 1,
            Self::OtherTree { size, .. } => *size,
        };
        let reason = self.to_string();
        Some(Fault { seq, reason })
    }
}

/// Signs a checkpoint when one is due: enough entries are new, or some are and the last one was signed
/// long enough ago.
///
/// # Errors
/// When the log does not hold, or the database fails.
pub async fn sign_when_due(state: &AppState) -> Result<(), CheckpointError> {
    let mut connection = state.pool.acquire().await?;
    let entries = store::audit::head(&mut connection).await?;
    let last = store::audit_tree::checkpoint(&mut connection, None).await?;
    drop(connection);
    let signed = last.as_ref().map_or(0, |last| last.size.cast_unsigned());
    let new = entries.saturating_sub(signed);
    let config = &state.config;
    let wait = TimeDelta::seconds(config.audit_checkpoint_seconds.get().into());
    let now = state.clock.now();
    let long_ago = last.is_none_or(|last| now - last.at >= wait);
    if new >= u64::from(config.audit_checkpoint_entries.get()) || (new > 0 && long_ago) {
        sign(state).await?;
    }
    Ok(())
}

/// Adds all that is new to the tree and signs it, unless nothing is new or another node is at it.
///
/// # Errors
/// When the log does not hold, or the database fails.
pub async fn sign(state: &AppState) -> Result<(), CheckpointError> {
    let mut more = Ok(true);
    while let Ok(true) = more {
        more = grow(state).await;
    }
    let signed = more.map(|_| ());
    state.audit.signed(&signed);
    signed
}

/// Adds a batch, and signs when it was the last one. Answers whether there may be more.
async fn grow(state: &AppState) -> Result<bool, CheckpointError> {
    let mut transaction = state.pool.begin().await?;
    if !store::audit_tree::take_turn(&mut transaction).await? {
        return Ok(false);
    }
    let mut tree = tree(&mut transaction).await?;
    let entries = new_entries(&mut transaction, tree.size()).await?;
    let mut nodes = Vec::new();
    for entry in &entries {
        tree.push(leaf_hash(entry.to_line().as_bytes()), |node| {
            nodes.push(node);
        });
    }
    store::audit_tree::add_nodes(&mut transaction, &nodes).await?;
    let more = i64::try_from(entries.len()) == Ok(BATCH);
    if !more {
        sign_tree(state, &mut transaction, &tree).await?;
    }
    transaction.commit().await?;
    Ok(more)
}

async fn tree(connection: &mut PgConnection) -> Result<Tree, CheckpointError> {
    let size = store::audit_tree::size(connection).await?;
    let nodes = store::audit_tree::nodes(connection, Tree::edge(size)).await?;
    let edge = Tree::edge(size).filter_map(|address| nodes.get(&address).copied());
    let tree = Tree::resume(size, edge.collect())?;
    let last = store::audit_tree::checkpoint(connection, None).await?;
    // Between two batches the tree is larger than what was signed last.
    match last.filter(|last| last.size.cast_unsigned() == size) {
        Some(last) if last.root != tree.root().to_string() => Err(CheckpointError::OtherTree {
            size,
            found: tree.root(),
            signed: last.root,
        }),
        _ => Ok(tree),
    }
}

/// The entries after the first `size`, at most a batch, that follow one another and what was before.
async fn new_entries(
    connection: &mut PgConnection,
    size: u64,
) -> Result<Vec<Entry>, CheckpointError> {
    let mut part = Part {
        after: size.cast_signed() - 1,
        before: i64::MAX,
        limit: BATCH + 1,
        newest_first: false,
        filter: Filter::default(),
    };
    if size == 0 {
        (part.after, part.limit) = (0, BATCH);
    }
    let mut entries = store::audit::list(connection, &part).await?;
    let after = (size > 0 && !entries.is_empty()).then(|| entries.remove(0).head());
    let mut verifier = Verifier::new(Bounds { after, head: None });
    for entry in &entries {
        verifier.push(entry.to_line().as_bytes());
    }
    match verifier.finish().broken {
        None => Ok(entries),
        Some(broken) => Err(CheckpointError::Broken(Broken {
            line: size + broken.line,
            reason: broken.reason,
        })),
    }
}

async fn sign_tree(
    state: &AppState,
    connection: &mut PgConnection,
    tree: &Tree,
) -> Result<(), CheckpointError> {
    let last = store::audit_tree::checkpoint(connection, None).await?;
    if last.map_or(0, |last| last.size.cast_unsigned()) >= tree.size() {
        return Ok(());
    }
    let first = Part {
        after: 0,
        before: i64::MAX,
        limit: 1,
        newest_first: false,
        filter: Filter::default(),
    };
    let Some(first) = store::audit::list(connection, &first).await?.pop() else {
        return Ok(());
    };
    let checkpoint = Checkpoint {
        origin: Checkpoint::origin_of(first.hash),
        size: tree.size(),
        root: tree.root(),
        at: state.clock.now(),
    };
    let (note, key) = (
        checkpoint.sign(&state.audit.key),
        state.audit.key.verifying_key(),
    );
    store::audit_tree::add_checkpoint(connection, &checkpoint, &key, &note).await?;
    Ok(())
}
