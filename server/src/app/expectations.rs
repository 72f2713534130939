//! Holds contracts to their promises: begins to, learns what was measured, notices silence.
//!
//! Whatever happens ends in [`settle`], which opens or resolves the incident in the same unit.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;
use zonecut_contract::Contract;
use zonecut_quality::{Expectation, Promise, Transition, promises};

use crate::answer::Answer;
use crate::app::audit::Change;
use crate::app::events::EventKind;
use crate::app::unit::Unit;
use crate::state::AppState;
use crate::store;
use crate::store::expectation::Row;
use crate::store::incident::Incident;

/// How many deadlines one unit sees to.
const BATCH: i64 = 100;

/// Holds the promises of the version that is now active, and withdraws those of the version before
/// that it no longer makes. What was measured stays known.
///
/// # Errors
/// When the database fails.
pub(crate) async fn hold(unit: &mut Unit, contract: &Contract) -> Result<(), sqlx::Error> {
    let (promises, errors) = if contract.lifecycle().decides() {
        promises(contract)
    } else {
        (Vec::new(), Vec::new())
    };
    for error in errors {
        tracing::warn!(contract = contract.id, %error, "a promise can't be held");
    }
    let rows = store::expectation::of_contract(unit.connection(), &contract.id).await?;
    for row in &rows {
        match promises.iter().find(|promise| row.is_for(promise)) {
            Some(promise) => renew(unit, row, promise).await?,
            None if row.withdrawn_at.is_none() => withdraw(unit, row).await?,
            None => {}
        }
    }
    let new = promises
        .iter()
        .filter(|promise| !rows.iter().any(|row| row.is_for(promise)));
    for promise in new {
        let expectation = Expectation {
            kind: promise.kind,
            limit: promise.limit,
            since: unit.at(),
            evidence: None,
            open_since: None,
        };
        let id = unit.next_id();
        let connection = unit.connection();
        store::expectation::insert(connection, id, &contract.id, promise, &expectation).await?;
    }
    Ok(())
}

/// A promise made before goes on with what is known. One made again after it was withdrawn starts
/// anew, and so does one that was kept and is stricter now: nobody promised that before.
async fn renew(unit: &mut Unit, row: &Row, promise: &Promise) -> Result<(), sqlx::Error> {
    let mut expectation = row.expectation()?;
    let stricter = promise.limit < expectation.limit && expectation.open_since.is_none();
    expectation.limit = promise.limit;
    if stricter || row.withdrawn_at.is_some() {
        expectation.since = unit.at();
        expectation.evidence = None;
    }
    settle(unit, row, expectation).await
}

async fn withdraw(unit: &mut Unit, row: &Row) -> Result<(), sqlx::Error> {
    let mut expectation = row.expectation()?;
    if expectation.open_since.take().is_some() {
        resolve(unit, row, "the promise was withdrawn").await?;
    }
    let now = Some(unit.at());
    store::expectation::update(unit.connection(), row.id, &expectation, now).await
}

/// Brings the incident in line with what is known, and keeps both.
pub(crate) async fn settle(
    unit: &mut Unit,
    row: &Row,
    mut expectation: Expectation,
) -> Result<(), sqlx::Error> {
    match expectation.settle(unit.at()) {
        Some(Transition::Opened { broken_at }) => open(unit, row, broken_at).await?,
        Some(Transition::Resolved) => resolve(unit, row, "the promise is kept again").await?,
        None => {}
    }
    store::expectation::update(unit.connection(), row.id, &expectation, None).await
}

/// An incident as subscribers and readers of the audit log are told of it.
#[derive(Serialize)]
struct Told<'a> {
    incident: Uuid,
    expectation: Uuid,
    contract: &'a str,
    object: &'a str,
    column: Option<&'a str>,
    kind: &'a str,
    driver: Option<&'a str>,
    state: &'static str,
    broken_at: DateTime<Utc>,
    opened_at: DateTime<Utc>,
    resolved_at: Option<DateTime<Utc>>,
    reason: &'a str,
}

impl<'a> Told<'a> {
    fn new(row: &'a Row, incident: &Incident, reason: &'a str) -> Self {
        let some = |text: &'a str| (!text.is_empty()).then_some(text);
        Self {
            incident: incident.id,
            expectation: row.id,
            contract: &row.contract,
            object: &row.object,
            column: some(&row.column_path),
            kind: &row.kind,
            driver: some(&row.driver),
            state: match incident.resolved_at {
                None => "open",
                Some(_) => "resolved",
            },
            broken_at: incident.broken_at,
            opened_at: incident.opened_at,
            resolved_at: incident.resolved_at,
            reason,
        }
    }

    fn change(&self, action: &'static str, event: EventKind) -> Change {
        let data = json!(self);
        Change::new(action, format!("incident {}", self.incident))
            .detail(data.clone())
            .event(event, data)
    }
}

async fn open(unit: &mut Unit, row: &Row, broken_at: DateTime<Utc>) -> Result<(), sqlx::Error> {
    let incident = Incident {
        id: unit.next_id(),
        broken_at,
        opened_at: unit.at(),
        resolved_at: None,
    };
    store::incident::open(unit.connection(), row.id, &incident).await?;
    let told = Told::new(row, &incident, "the promise is broken");
    unit.note(told.change("incident.open", EventKind::IncidentOpened))
        .await
}

async fn resolve(unit: &mut Unit, row: &Row, reason: &str) -> Result<(), sqlx::Error> {
    let at = unit.at();
    let Some(incident) = store::incident::resolve(unit.connection(), row.id, at).await? else {
        return Ok(());
    };
    let told = Told::new(row, &incident, reason);
    unit.note(told.change("incident.resolve", EventKind::IncidentResolved))
        .await
}

/// Opens an incident for every deadline that passed in silence.
///
/// # Errors
/// When the database fails; what was not committed is seen to the next time.
pub async fn notice_silence(state: &AppState) -> Result<(), sqlx::Error> {
    loop {
        let mut connection = state.pool.acquire().await?;
        // Most of the time nothing is due, and nobody's turn need be taken to see that.
        if !store::expectation::any_due(&mut connection, state.clock.now()).await? {
            return Ok(());
        }
        drop(connection);
        let mut unit = Unit::begin(state, "system".to_owned(), None).await?;
        unit.take_turn().await?;
        let now = unit.at();
        let due = store::expectation::due(unit.connection(), now, BATCH).await?;
        for row in &due {
            settle(&mut unit, row, row.expectation()?).await?;
        }
        unit.commit(Answer::no_content()).await?;
        if due.is_empty() {
            return Ok(());
        }
    }
}
