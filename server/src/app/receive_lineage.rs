//! Takes an OpenLineage event: once, whatever the number of deliveries.

use std::collections::HashMap;

use serde_json::{Value, json};
use zonecut_lineage::{DatasetEdge, EdgeKind, Event, EventError, EventKind, Name, Warning, edges};

use crate::answer::Answer;
use crate::app::audit::Change;
use crate::app::unit::Unit;
use crate::store;
use crate::store::lineage::NewEvent;

/// Why an event is not taken.
#[derive(Debug, thiserror::Error)]
pub enum ReceiveLineageError {
    /// It is about nothing.
    #[error(transparent)]
    Event(#[from] EventError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] sqlx::Error),
}

/// What became of an event.
pub struct Received {
    /// Whether it had come in before.
    pub duplicate: bool,
    /// Flaws that were read past.
    pub warnings: Vec<Warning>,
}

/// Takes the event; `answer` makes what is answered.
///
/// # Errors
/// When it is about nothing.
pub async fn receive_lineage(
    mut unit: Unit,
    body: &Value,
    answer: impl FnOnce(&Received) -> Answer,
) -> Result<Answer, ReceiveLineageError> {
    let now = unit.at();
    let event = Event::read(body, now)?;
    let key = event.idempotency_key();
    // All that takes long for a large event, before others have to wait for us.
    let flows = edges(&event);
    let datasets = datasets(&event, &flows.1);
    let serial = unit.take_turn().await? - 1;
    let duplicate = store::lineage::has_event(unit.connection(), &key).await?;
    let received = Received {
        duplicate,
        warnings: event.warnings.clone(),
    };
    let state = unit.state().clone();
    let known = state.datasets.at(unit.connection(), serial).await?;
    if !duplicate {
        let connection = unit.connection();
        let ids = store::lineage::datasets(connection, &datasets, &known.resolver).await?;
        keep(&mut unit, &event, &key, &flows, &ids).await?;
        let subject = format!("lineage event {key}");
        let detail = json!({ "job": event.job, "warnings": event.warnings.len() });
        unit.note(Change::new("lineage.receive", subject).detail(detail))
            .await?;
    }
    let answer = unit.commit(answer(&received)).await?;
    state.datasets.learn(known);
    Ok(answer)
}

async fn keep(
    unit: &mut Unit,
    event: &Event,
    key: &str,
    (kind, flows): &(EdgeKind, Vec<DatasetEdge>),
    ids: &HashMap<Name, i64>,
) -> Result<(), sqlx::Error> {
    let job = match &event.job {
        Some(name) => Some(store::lineage::job(unit.connection(), name).await?),
        None => None,
    };
    let (now, actor) = (unit.at(), unit.actor().to_owned());
    // A clock that runs ahead must not make an edge look alive for longer.
    let at = event.time.min(now);
    let (run_id, state) = match &event.kind {
        EventKind::Run { run_id, state } => (Some(run_id.as_str()), state.as_str()),
        EventKind::Job => (None, "JOB"),
        EventKind::Dataset => (None, "DATASET"),
    };
    let new = NewEvent {
        key,
        job,
        run_id,
        state,
        at,
        producer: &event.producer,
        warnings: &event.warnings,
        received_at: now,
        received_by: &actor,
    };
    store::lineage::insert_event(unit.connection(), &new).await?;
    let Some(job) = job else { return Ok(()) };
    let id = |name: &Option<Name>| name.as_ref().and_then(|name| ids.get(name).copied());
    let ends: Vec<_> = flows
        .iter()
        .map(|flow| (id(&flow.upstream), id(&flow.downstream)))
        .collect();
    store::lineage::see_edges(unit.connection(), job, *kind, &ends, at).await
}

/// Every dataset that the event names, each once, with what it is also called: what it read and
/// wrote, and the ends of flows.
fn datasets(event: &Event, flows: &[DatasetEdge]) -> HashMap<Name, Vec<Name>> {
    let mut named: HashMap<Name, Vec<Name>> = HashMap::new();
    for dataset in event.inputs.iter().chain(&event.outputs) {
        let symlinks = named.entry(dataset.name.clone()).or_default();
        symlinks.extend(dataset.symlinks.iter().cloned());
    }
    for upstream in flows.iter().filter_map(|flow| flow.upstream.as_ref()) {
        named.entry(upstream.clone()).or_default();
    }
    named
}
