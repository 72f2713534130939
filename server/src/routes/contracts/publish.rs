//! `POST /v1/contracts/{id}/versions`

use std::sync::Arc;

use serde::Serialize;
use utoipa::ToSchema;
use zonecut_contract::Contract;
use zonecut_diagnostics::CheckReport;

use crate::answer::Answer;
use crate::app::documents::{self, Invalid};
use crate::app::publish_contract::{PublishError, Published, publish_contract};
use crate::authorization::Permission;
use crate::compute::Place;
use crate::context::Call;
use crate::extract::{Path, RawDocument};
use crate::problem::{Code, Problem, ProblemDocument};

/// A version that was published.
#[derive(Debug, Serialize, ToSchema)]
pub struct PublishedVersion<'a> {
    /// The contract.
    contract: &'a str,
    /// The version.
    version: &'a str,
    /// Its content hash, which is also its entity tag.
    hash: &'a str,
    /// The serial from which it holds.
    serial: i64,
    /// What its publication meant, in the words of `zonecut check --format json`.
    report: &'a CheckReport,
}

/// Publishes a version. It never changes afterwards.
#[utoipa::path(
    post,
    path = "/v1/contracts/{id}/versions",
    operation_id = "publish_contract_version",
    tag = "contracts",
    params(("id" = String, Path, description = "the contract's id, as the document states it")),
    request_body(
        content((String = "application/yaml"), (Object = "application/json")),
        description = "an ODCS document",
    ),
    responses(
        (status = 201, body = PublishedVersion),
        (status = 409, description = "`breaking-not-paid` or `not-publishable` with `report`, or `version-exists`",
         body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, description = "`invalid-document` or `invalid-policy`, with `findings`",
         body = ProblemDocument, content_type = "application/problem+json"),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn handler(
    call: Call,
    Path(id): Path<String>,
    document: RawDocument,
) -> Result<Answer, Problem> {
    let contract = read(&call.place().await?, &id, document).await?;
    let domain = contract.domain.as_deref().unwrap_or_default();
    call.require_in(Permission::ContractsPublish, domain)
        .await?;
    // Moving a contract takes it from one domain and gives it to another.
    let may = |domain: &str| call.identity.may_in(Permission::ContractsPublish, domain);
    let published = publish_contract(call.begin().await?, &contract, may, show).await;
    match published {
        Ok(answer) => Ok(answer),
        Err(PublishError::Foreign(domain)) => Err(call
            .forbidden_in(Permission::ContractsPublish, &domain)
            .await),
        // The refusal has a report as well.
        Err(error) => Err(Place::uncounted().run(move || error.into()).await),
    }
}

fn show(published: &Published) -> Answer {
    let location = format!(
        "/v1/contracts/{}/versions/{}",
        published.contract, published.version
    );
    let shown = PublishedVersion {
        contract: &published.contract,
        version: &published.version,
        hash: &published.hash,
        serial: published.serial,
        report: &published.report,
    };
    Answer::created(&location, &shown).with_etag(&published.hash)
}

/// Reads a document that must be about the contract `id`.
pub(super) async fn read(
    place: &Place,
    id: &str,
    document: RawDocument,
) -> Result<Arc<Contract>, Problem> {
    let contract = documents::contract(place, document.file, document.bytes).await?;
    if contract.id != id {
        let message = format!("the document is about contract `{}`", contract.id);
        let help = format!("send it to that contract, or state `id: {id}`");
        return Err(documents::finding(&contract.document, "id", id, message, help).into());
    }
    Ok(Arc::new(contract))
}

impl From<Invalid> for Problem {
    fn from(error: Invalid) -> Self {
        Self::new(Code::InvalidDocument, error.to_string()).with("findings", error.0)
    }
}

impl From<PublishError> for Problem {
    fn from(error: PublishError) -> Self {
        let detail = error.to_string();
        match error {
            PublishError::Invalid(error) => error.into(),
            PublishError::VersionExists { .. } => Self::new(Code::VersionExists, detail),
            PublishError::NotPaid { report, .. } => {
                Self::new(Code::BreakingNotPaid, detail).with("report", report)
            }
            PublishError::NotPublishable(report) => {
                Self::new(Code::NotPublishable, detail).with("report", report)
            }
            PublishError::Foreign(_) => Self::new(Code::Forbidden, detail),
            PublishError::Uncompilable(findings) => {
                Self::new(Code::InvalidPolicy, detail).with("findings", findings)
            }
            PublishError::Store(error) => error.into(),
        }
    }
}
