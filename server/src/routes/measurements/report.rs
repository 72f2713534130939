//! `POST /v1/measurements`

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use zonecut_quality::{Kind, Measurement};

use crate::answer::Answer;
use crate::app::report_measurements::{ReportError, Reported, report_measurements};
use crate::authorization::Permission;
use crate::context::Call;
use crate::extract::Json;
use crate::problem::{Code, Problem, ProblemDocument};
use crate::store;

const LARGEST_BATCH: usize = 1_000;

/// Measurements, taken together or not at all.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportMeasurements {
    /// 1 to 1000 of them.
    measurements: Vec<NewMeasurement>,
}

/// What was measured.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMeasurement {
    /// The contract's id.
    contract: String,
    /// The object's name.
    object: String,
    /// `freshness`, `frequency` or `latency`.
    #[schema(value_type = String)]
    kind: Kind,
    /// When it was measured.
    at: DateTime<Utc>,
    /// `freshness`: the age of the newest data in seconds, 0 when absent. `frequency`: how many
    /// deliveries, 1 when absent. `latency`: in seconds.
    #[serde(default)]
    value: Option<f64>,
}

/// What became of a batch.
#[derive(Debug, Serialize, ToSchema)]
pub struct Accepted {
    /// How many were taken.
    accepted: usize,
}

/// Takes measurements. What they prove closes or opens incidents before this answers.
#[utoipa::path(
    post,
    path = "/v1/measurements",
    operation_id = "report_measurements",
    tag = "quality",
    request_body = ReportMeasurements,
    responses(
        (status = 202, body = Accepted),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn handler(call: Call, Json(body): Json<ReportMeasurements>) -> Result<Answer, Problem> {
    let accepted = body.measurements.len();
    if !(1..=LARGEST_BATCH).contains(&accepted) {
        let detail = format!("`measurements` holds 1 to {LARGEST_BATCH}");
        return Err(Problem::new(Code::InvalidField, detail));
    }
    admit(&call, &body.measurements).await?;
    let reported = body.measurements.into_iter().map(|one| Reported {
        contract: one.contract,
        object: one.object,
        measurement: Measurement {
            kind: one.kind,
            at: one.at,
            value: one.value,
        },
    });
    let answer = Answer::json(StatusCode::ACCEPTED, &Accepted { accepted });
    let reported: Vec<_> = reported.collect();
    Ok(report_measurements(call.begin().await?, &reported, answer).await?)
}

/// Whether the caller may measure each contract.
async fn admit(call: &Call, measurements: &[NewMeasurement]) -> Result<(), Problem> {
    let mut ids: Vec<_> = measurements.iter().map(|it| it.contract.clone()).collect();
    ids.sort();
    ids.dedup();
    let mut connection = call.connection().await?;
    let domains = store::measurement::domains(&mut connection, &ids).await?;
    drop(connection);
    let domains: BTreeMap<_, _> = domains.into_iter().collect();
    for (index, one) in measurements.iter().enumerate() {
        let known = domains.get(&one.contract).filter(|domain| {
            let may = |permission| call.identity.may_in(permission, domain);
            may(Permission::ContractsRead) || may(Permission::MeasurementsWrite)
        });
        let Some(domain) = known else {
            let contract = &one.contract;
            let detail = format!("`measurements[{index}].contract`: there is no `{contract}`");
            return Err(Problem::new(Code::NotFound, detail));
        };
        call.require_in(Permission::MeasurementsWrite, domain)
            .await?;
    }
    Ok(())
}

impl From<ReportError> for Problem {
    fn from(error: ReportError) -> Self {
        match error {
            ReportError::Measurement(..) => Self::new(Code::InvalidField, error.to_string()),
            ReportError::UnknownObject(..) => Self::new(Code::NotFound, error.to_string()),
            ReportError::Store(error) => error.into(),
        }
    }
}
