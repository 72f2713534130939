//! `POST /v1/webhooks/{id}/replay`

use http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::answer::Answer;
use crate::app::webhooks::replay_webhook;
use crate::context::Call;
use crate::extract::Path;
use crate::problem::{Problem, ProblemDocument};

/// What a replay began.
#[derive(Debug, Serialize, ToSchema)]
pub struct Replay {
    /// How many deliveries are due again.
    deliveries: u64,
}

/// Makes the deliveries that were given up due again.
#[utoipa::path(
    post,
    path = "/v1/webhooks/{id}/replay",
    operation_id = "replay_webhook",
    tag = "webhooks",
    params(("id" = Uuid, Path, description = "the webhook's identity")),
    responses(
        (status = 202, body = Replay),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn handler(call: Call, Path(id): Path<Uuid>) -> Result<Answer, Problem> {
    let unit = call.begin().await?;
    let answer = replay_webhook(unit, id, |deliveries| {
        Answer::json(StatusCode::ACCEPTED, &Replay { deliveries })
    });
    Ok(answer.await?)
}
