//! `POST /v1/policies`

use crate::answer::Answer;
use crate::app::write_policy::{Intent, read, write_policy};
use crate::context::Call;
use crate::extract::RawDocument;
use crate::problem::{Problem, ProblemDocument};
use crate::routes::policies::{WrittenPolicy, may_write};

/// Adds a policy document. It holds within a second on every node.
#[utoipa::path(
    post,
    path = "/v1/policies",
    operation_id = "create_policy",
    tag = "policies",
    request_body(
        content((String = "application/yaml"), (Object = "application/json")),
        description = "one policy document, `apiVersion: zonecut/v1`",
    ),
    responses(
        (status = 201, body = WrittenPolicy),
        (status = 422, description = "`invalid-policy` with `findings`",
         body = ProblemDocument, content_type = "application/problem+json"),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn handler(call: Call, document: RawDocument) -> Result<Answer, Problem> {
    let incoming = read(&call.place().await?, document.file, document.bytes).await?;
    may_write(&call, incoming.document.domain.as_deref()).await?;
    let unit = call.begin().await?;
    let answer = write_policy(unit, Intent::Add(&incoming), |written| {
        Answer::created(
            &format!("/v1/policies/{}", written.id),
            &WrittenPolicy::of(written),
        )
        .with_etag(&written.hash)
    });
    Ok(answer.await?)
}
