//! Takes measurements: all of a batch or none of it.

use std::collections::BTreeMap;

use serde_json::json;
use zonecut_quality::{Measurement, MeasurementError};

use crate::answer::Answer;
use crate::app::audit::Change;
use crate::app::expectations;
use crate::app::judge;
use crate::app::unit::Unit;
use crate::compute::Place;
use crate::store;
use crate::store::measurement::Batch;

/// A measurement and what it is about.
pub struct Reported {
    /// The contract.
    pub contract: String,
    /// The object of the contract.
    pub object: String,
    /// What was seen.
    pub measurement: Measurement,
}

/// Why a batch is not taken.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// One of them proves nothing.
    #[error("`measurements[{0}]`: {1}")]
    Measurement(usize, MeasurementError),
    /// It is of an object that the contract does not have.
    #[error("`measurements[{0}].object`: contract `{1}` has no object `{2}`")]
    UnknownObject(usize, String, String),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] sqlx::Error),
}

/// Takes the batch: what it proves closes or opens incidents before it is acknowledged.
///
/// # Errors
/// When one of the batch proves nothing.
pub async fn report_measurements(
    mut unit: Unit,
    reported: &[Reported],
    answer: Answer,
) -> Result<Answer, ReportError> {
    unit.take_turn().await?;
    check_objects(&mut unit, reported).await?;
    let (now, actor) = (unit.at(), unit.actor().to_owned());
    let mut batch = Batch::default();
    for (index, one) in reported.iter().enumerate() {
        let evidence = one.measurement.evidence(now);
        let evidence = evidence.map_err(|error| ReportError::Measurement(index, error))?;
        let kind = one.measurement.kind;
        batch.contracts.push(one.contract.clone());
        batch.objects.push(one.object.clone());
        batch.kinds.push(kind.as_str().to_owned());
        batch.at.push(one.measurement.at);
        batch.values.push(one.measurement.value);
        let Some(evidence) = evidence else { continue };
        let connection = unit.connection();
        let rows =
            store::expectation::measured(connection, &one.contract, &one.object, kind).await?;
        for row in &rows {
            let mut expectation = row.expectation()?;
            expectation.learn(evidence);
            expectations::settle(&mut unit, row, expectation).await?;
        }
    }
    store::measurement::insert(unit.connection(), &batch, now, &actor).await?;
    let mut contracts = batch.contracts;
    contracts.sort();
    contracts.dedup();
    let subject = format!("{} measurements", reported.len());
    let detail = json!({ "contracts": contracts });
    unit.note(Change::new("measurements.report", subject).detail(detail))
        .await?;
    Ok(unit.commit(answer).await?)
}

/// A measurement of what no contract names proves nothing, and would look as if it did.
async fn check_objects(unit: &mut Unit, reported: &[Reported]) -> Result<(), ReportError> {
    let mut objects: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (index, one) in reported.iter().enumerate() {
        if !objects.contains_key(one.contract.as_str()) {
            let place = Place::uncounted();
            let contract = judge::predecessor(&place, unit.connection(), &one.contract).await?;
            let named = contract
                .iter()
                .flat_map(zonecut_contract::Contract::objects);
            let named = named.map(|it| it.name.clone()).collect();
            objects.insert(&one.contract, named);
        }
        let known = objects.get(one.contract.as_str());
        if !known.is_some_and(|names| names.contains(&one.object)) {
            let (contract, object) = (one.contract.clone(), one.object.clone());
            return Err(ReportError::UnknownObject(index, contract, object));
        }
    }
    Ok(())
}
