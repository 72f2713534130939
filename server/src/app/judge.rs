//! Judges a candidate against what the registry holds: the same engine and words as `zonecut check`.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use zonecut_contract::{Contract, read_contract};
use zonecut_diagnostics::CheckReport;
use zonecut_evolution::{Settings, compare_with_history, mode, publishable};

use crate::compute::Place;
use crate::store;
use crate::store::contract::Document;

/// Judges `candidate` against the version that it would follow: the active one, else the newest;
/// in a transitive mode against every published one.
///
/// # Errors
/// When the database fails.
pub async fn candidate(
    place: &Place,
    connection: &mut PgConnection,
    candidate: &Arc<Contract>,
    now: DateTime<Utc>,
) -> Result<CheckReport, sqlx::Error> {
    let before = predecessor(place, connection, &candidate.id).await?;
    let transitive = mode(before.as_ref(), Some(candidate), &Settings::at(now)).transitive;
    let history = if transitive {
        store::contract::documents(connection, &candidate.id).await?
    } else {
        Vec::new()
    };
    let candidate = Arc::clone(candidate);
    let judged = place.run(move || {
        let history: Result<Vec<_>, _> = history.iter().map(reread).collect();
        Ok(judge(before.as_ref(), &candidate, &history?, now))
    });
    judged.await
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
        omissions: Vec::new(),
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
    place: &Place,
    connection: &mut PgConnection,
    id: &str,
) -> Result<Option<Contract>, sqlx::Error> {
    let standing = store::contract::standing(connection, id).await?;
    let read = place.run(move || standing.as_ref().map(reread).transpose());
    read.await
}
