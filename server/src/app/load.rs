//! Reads into memory what requests are answered from without the database.

use std::collections::HashMap;
use std::sync::Arc;

use sqlx::PgConnection;
use zonecut_diagnostics::LintFinding;
use zonecut_policy::Snapshot;

use crate::app::decision_set;
use crate::decision_plane::Serving;
use crate::secret::SecretHash;
use crate::state::AppState;
use crate::store;

/// One state of the database, whatever is committed meanwhile.
const READ_ONE_STATE: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// Why the newer state is not served.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] sqlx::Error),
    /// The policies do not compile.
    #[error("serial {serial} does not compile: {}", first(.findings))]
    Uncompilable {
        /// The serial.
        serial: i64,
        /// Why.
        findings: Vec<LintFinding>,
    },
    /// The compiler failed.
    #[error("the snapshot could not be built: {0}")]
    Failed(#[from] tokio::task::JoinError),
}

/// Brings the memory to the serial of the database, if it is behind.
///
/// # Errors
/// When the newer state can't be read or does not compile; the older stays.
pub async fn refresh(state: &AppState) -> Result<(), LoadError> {
    let mut transaction = state.pool.begin_with(READ_ONE_STATE).await?;
    let serial = store::registry::serial(&mut transaction).await?;
    if state.decisions.serial() != Some(serial) {
        directory(state, &mut transaction).await?;
        let documents = &state.decisions.documents;
        let input = decision_set::input(&mut transaction, documents, serial).await?;
        let domains = input.contracts.iter();
        let domains = domains.filter_map(|it| Some((it.id.clone(), it.domain.clone()?)));
        let domains = domains.collect();
        let built = tokio::task::spawn_blocking(move || Snapshot::build(&input)).await?;
        let snapshot = built.map_err(|findings| LoadError::Uncompilable { serial, findings })?;
        state.decisions.swap(Serving {
            snapshot,
            serial,
            domains,
        });
    }
    transaction.rollback().await?;
    state.decisions.confirm(state.clock.now());
    Ok(())
}

async fn directory(state: &AppState, connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    let rows = store::credential::all_active(connection, state.clock.now()).await?;
    let identities: HashMap<_, _> = rows
        .into_iter()
        .filter_map(|row| {
            let hash = SecretHash(row.secret_hash.as_slice().try_into().ok()?);
            Some((hash, Arc::new(row.into_identity(&state.control_plane))))
        })
        .collect();
    state.directory.replace(identities);
    Ok(())
}

fn first(findings: &[LintFinding]) -> String {
    let finding = findings.first();
    finding.map_or_else(String::new, |it| format!("{}: {}", it.path, it.message))
}
