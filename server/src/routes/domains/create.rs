//! `POST /v1/domains`

use crate::answer::Answer;
use crate::app::create_domain::{CreateDomainError, create_domain};
use crate::authorization::Permission;
use crate::context::Call;
use crate::extract::Json;
use crate::problem::{Code, Problem, ProblemDocument};
use crate::routes::domains::Domain;
use crate::store;

/// Registers a domain.
#[utoipa::path(
    post,
    path = "/v1/domains",
    operation_id = "create_domain",
    tag = "domains",
    request_body = Domain,
    responses(
        (status = 201, body = Domain),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn handler(call: Call, Json(domain): Json<Domain>) -> Result<Answer, Problem> {
    call.require_in(Permission::DomainsWrite, &domain.name)
        .await?;
    let answer = Answer::created(&format!("/v1/domains/{}", domain.name), &domain);
    let row = store::domain::Domain {
        name: domain.name,
        title: domain.title,
        description: domain.description,
        owner: domain.owner,
    };
    Ok(create_domain(call.begin().await?, &row, answer).await?)
}

impl From<CreateDomainError> for Problem {
    fn from(error: CreateDomainError) -> Self {
        match error {
            CreateDomainError::BadName(_) => Self::new(Code::InvalidField, error.to_string()),
            CreateDomainError::Exists(_) => Self::new(Code::Conflict, error.to_string()),
            CreateDomainError::Store(error) => error.into(),
        }
    }
}
