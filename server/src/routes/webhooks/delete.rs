//! `DELETE /v1/webhooks/{id}`

use uuid::Uuid;

use crate::answer::Answer;
use crate::app::webhooks::delete_webhook;
use crate::context::Call;
use crate::extract::Path;
use crate::problem::{Problem, ProblemDocument};

/// Removes a webhook and the deliveries that it is owed.
#[utoipa::path(
    delete,
    path = "/v1/webhooks/{id}",
    operation_id = "delete_webhook",
    tag = "webhooks",
    params(("id" = Uuid, Path, description = "the webhook's identity")),
    responses(
        (status = 204),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn handler(call: Call, Path(id): Path<Uuid>) -> Result<Answer, Problem> {
    Ok(delete_webhook(call.begin().await?, id).await?)
}
