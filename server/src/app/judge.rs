//! Judges a candidate against what the registry holds: the same engine and words as `zonecut check`.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use zonecut_contract::{Contract, read_contract};
use zonecut_diagnostics::CheckReport;
use zonecut_evolution::{Settings, compare_with_history, mode, publishable};

use crate::store;
use crate::store::contract::Document;

/// Judges `candidate` against the version that it would follow: the active one, else the newest;
/// in a transitive mode against every published one.
///
/// # Errors
/// When the database fails.
pub async fn candidate(
    connection: &mut PgConnection,
    candidate: &Contract,
    now: DateTime<Utc>,
) -> Result<CheckReport, sqlx::Error> {
    let before = predecessor(connection, &candidate.id).await?;
    let transitive = mode(before.as_ref(), Some(candidate), &Settings::at(now)).transitive;
    let history = if transitive {
        published(connection, &candidate.id).await?
    } else {
        Vec::new()
    };
    Ok(judge(before.as_ref(), candidate, &history, now))
}

/// Judges `after` as the version that follows `before`.
#[must_use]
pub fn pair(before: Option<&Contract>, after: &Contract, now: DateTime<Utc>) -> CheckReport {
    judge(before, after, &[], now)
}

fn judge(
    before: Option<&Contract>,
    after: &Contract,
    history: &[Contract],
    now: DateTime<Utc>,
) -> CheckReport {
    let older: Vec<&Contract> = history
        .iter()
        .filter(|older| before.is_none_or(|before| before.version != older.version))
        .collect();
    let report = compare_with_history(before, Some(after), &older, &Settings::at(now));
    CheckReport {
        waivers: Vec::new(),
        overrides: Vec::new(),
        publishable: publishable(&report),
        compared: None,
        contracts: vec![report],
    }
}

/// A published version, read again: it was valid then, so that it is not now is our own failure.
pub(crate) fn reread(document: &Document) -> Result<Contract, sqlx::Error> {
    let (contract, version) = (&document.contract, &document.version);
    let file = format!("contracts/{contract}/versions/{version}");
    let parsed = read_contract(&file, document.text.as_bytes());
    let message = || format!("published document `{file}` can't be read any more");
    parsed
        .value
        .ok_or_else(|| sqlx::Error::Decode(message().into()))
}

/// The active version of a contract, else the newest.
///
/// # Errors
/// When the database fails.
pub(crate) async fn predecessor(
    connection: &mut PgConnection,
    id: &str,
) -> Result<Option<Contract>, sqlx::Error> {
    let Some(contract) = store::contract::find(connection, id).await? else {
        return Ok(None);
    };
    let versions = store::contract::versions(connection, id).await?;
    let newest = versions.into_iter().next().map(|it| it.version);
    let Some(version) = contract.active_version.or(newest) else {
        return Ok(None);
    };
    let document = store::contract::document(connection, id, &version).await?;
    document.as_ref().map(reread).transpose()
}

async fn published(connection: &mut PgConnection, id: &str) -> Result<Vec<Contract>, sqlx::Error> {
    let mut contracts = Vec::new();
    for row in store::contract::versions(connection, id).await? {
        let document = store::contract::document(connection, id, &row.version).await?;
        contracts.extend(document.as_ref().map(reread).transpose()?);
    }
    Ok(contracts)
}
