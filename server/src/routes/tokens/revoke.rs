//! `DELETE /v1/tokens/{id}`

use uuid::Uuid;

use crate::answer::Answer;
use crate::app::tokens::revoke_token;
use crate::context::Call;
use crate::extract::Path;
use crate::problem::{Problem, ProblemDocument};

/// Revokes a token and the sessions that came from it.
#[utoipa::path(
    delete,
    path = "/v1/tokens/{id}",
    operation_id = "revoke_token",
    tag = "tokens",
    params(("id" = Uuid, Path, description = "the token's identity")),
    responses(
        (status = 204),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn handler(call: Call, Path(id): Path<Uuid>) -> Result<Answer, Problem> {
    Ok(revoke_token(call.begin().await?, id).await?)
}
