//! `GET /v1/policies/{id}`

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::context::Call;
use crate::extract::Path;
use crate::problem::{Problem, ProblemDocument};
use crate::routes::policies::known;

/// A policy document.
#[derive(Debug, Serialize, ToSchema)]
pub struct PolicyDetail {
    /// Kind, domain or `global`, name.
    id: String,
    /// `Policy`, `Guardrail`, `Roles` or `Engine`.
    kind: String,
    /// Its domain; null when it is everybody's.
    domain: Option<String>,
    /// Its name.
    name: String,
    /// The hash of its text.
    hash: String,
    /// When it was written last.
    updated_at: DateTime<Utc>,
    /// Its text, byte for byte.
    document: String,
}

/// Shows a policy document.
#[utoipa::path(
    get,
    path = "/v1/policies/{id}",
    operation_id = "show_policy",
    tag = "policies",
    params(("id" = String, Path, description = "kind, domain or `global`, name: `roles.resolvers.noc`")),
    responses(
        (status = 200, body = PolicyDetail),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn handler(call: Call, Path(id): Path<String>) -> Result<Answer, Problem> {
    let mut connection = call.connection().await?;
    let policy = known(&call, &mut connection, &id).await?;
    let hash = policy.hash.clone();
    let detail = PolicyDetail {
        id: policy.id,
        kind: policy.kind,
        domain: policy.domain,
        name: policy.name,
        hash: policy.hash,
        updated_at: policy.updated_at,
        document: policy.document,
    };
    Ok(Answer::ok(&detail).with_etag(&hash))
}
