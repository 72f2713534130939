//! `GET /v1/contracts/{id}/access`

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use zonecut_policy::access::AccessMatrix;

use crate::answer::Answer;
use crate::app::decide::from_served;
use crate::authorization::Permission;
use crate::context::Call;
use crate::decision_plane::Serving;
use crate::extract::{Path, Query};
use crate::problem::{Code, Problem, ProblemDocument};
use crate::state::AppState;

/// In which circumstances.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AccessQuery {
    /// What the data is wanted for; unknown when absent.
    purpose: Option<String>,
    /// Through which registered engine; none when absent.
    engine: Option<String>,
}

/// Who sees what, and the circumstances in which it can be asked.
#[derive(Debug, Serialize, ToSchema)]
pub struct ContractAccess<'a> {
    /// Roles against columns.
    #[serde(flatten)]
    matrix: AccessMatrix,
    /// The purposes that rules tell apart or domains publish.
    purposes: BTreeSet<&'a str>,
    /// The registered engines.
    engines: BTreeSet<&'a str>,
}

/// Shows who sees what of the active version: for each role, each column with its mask and reason.
#[utoipa::path(
    get,
    path = "/v1/contracts/{id}/access",
    operation_id = "show_contract_access",
    tag = "contracts",
    params(("id" = String, Path, description = "the contract's id"), AccessQuery),
    responses(
        (status = 200, body = ContractAccess),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn handler(
    call: Call,
    Path(id): Path<String>,
    Query(query): Query<AccessQuery>,
) -> Result<Answer, Problem> {
    let mut connection = call.connection().await?;
    let contract = super::known(&call, &mut connection, &id).await?;
    drop(connection);
    call.require_in(Permission::PoliciesRead, &contract.domain)
        .await?;
    let (place, state) = (call.place().await?, call.state.clone());
    place.run(move || show(&state, &id, &query)).await
}

fn show(state: &AppState, id: &str, query: &AccessQuery) -> Result<Answer, Problem> {
    let now = state.clock.now();
    from_served(state, now, |serving| matrix(serving, id, query, now))
}

fn matrix(
    serving: &Serving,
    id: &str,
    query: &AccessQuery,
    now: DateTime<Utc>,
) -> Result<Answer, Problem> {
    let (purpose, engine) = (query.purpose.as_deref(), query.engine.as_deref());
    if let Some(engine) = engine.filter(|engine| !serving.snapshot.has_engine(engine)) {
        return Err(Problem::new(
            Code::InvalidField,
            format!("there is no engine `{engine}`"),
        ));
    }
    let matrix = serving.snapshot.who_sees_what(id, purpose, engine, now);
    let none = || Problem::not_found("active version of contract", id);
    Ok(Answer::ok(&ContractAccess {
        matrix: matrix.ok_or_else(none)?,
        purposes: serving.snapshot.purposes(),
        engines: serving.snapshot.engines(),
    }))
}
