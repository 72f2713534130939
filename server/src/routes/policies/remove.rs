//! `DELETE /v1/policies/{id}`

use crate::answer::Answer;
use crate::app::write_policy::{Intent, write_policy};
use crate::context::Call;
use crate::extract::{IfMatch, Path};
use crate::problem::{Problem, ProblemDocument};
use crate::routes::policies::{known, may_write};

/// Removes a policy document. `If-Match` names the content that goes.
#[utoipa::path(
    delete,
    path = "/v1/policies/{id}",
    operation_id = "remove_policy",
    tag = "policies",
    params(
        ("id" = String, Path, description = "kind, domain or `global`, name: `roles.resolvers.noc`"),
        ("If-Match" = String, Header, description = "the entity tag that was read, or `*`"),
    ),
    responses(
        (status = 204),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn handler(
    call: Call,
    Path(id): Path<String>,
    if_match: IfMatch,
) -> Result<Answer, Problem> {
    let mut connection = call.connection().await?;
    let standing = known(&call, &mut connection, &id).await?;
    drop(connection);
    may_write(&call, standing.domain.as_deref()).await?;
    let as_read = |hash: &str| if_match.allows(hash);
    let unit = call.begin().await?;
    let intent = Intent::Remove(&id, &as_read);
    Ok(write_policy(unit, intent, |_| Answer::no_content()).await?)
}
