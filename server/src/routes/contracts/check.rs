//! `POST /v1/contracts/{id}/checks`

use zonecut_diagnostics::CheckReport;

use crate::answer::Answer;
use crate::app::judge;
use crate::context::Call;
use crate::extract::{Path, RawDocument};
use crate::problem::{Problem, ProblemDocument};
use crate::routes::contracts::publish::read;
use crate::store;

/// Judges a candidate against the registry without publishing it: the report of
/// `zonecut check --format json`.
#[utoipa::path(
    post,
    path = "/v1/contracts/{id}/checks",
    operation_id = "check_contract",
    tag = "contracts",
    params(("id" = String, Path, description = "the contract's id, as the document states it")),
    request_body(
        content((String = "application/yaml"), (Object = "application/json")),
        description = "an ODCS document",
    ),
    responses(
        (status = 200, body = CheckReport, description = "the report"),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn handler(
    call: Call,
    Path(id): Path<String>,
    document: RawDocument,
) -> Result<Answer, Problem> {
    let place = call.place().await?;
    let contract = read(&place, &id, document).await?;
    let mut connection = call.connection().await?;
    if store::contract::find(&mut connection, &id).await?.is_some() {
        super::known(&call, &mut connection, &id).await?;
    }
    let now = call.state.clock.now();
    let report = judge::candidate(&place, &mut connection, &contract, now).await?;
    drop(connection);
    // A report may be as long as the contract.
    Ok(place.run(move || Answer::ok(&report)).await)
}
