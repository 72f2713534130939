//! `PUT /v1/policies/{id}`

use crate::answer::Answer;
use crate::app::write_policy::{Intent, PolicyError, read, write_policy};
use crate::context::Call;
use crate::extract::{IfMatch, Path, RawDocument};
use crate::problem::{Problem, ProblemDocument};
use crate::routes::policies::{WrittenPolicy, known, may_write};

/// Replaces a policy document. `If-Match` names the content that it replaces.
#[utoipa::path(
    put,
    path = "/v1/policies/{id}",
    operation_id = "replace_policy",
    tag = "policies",
    params(
        ("id" = String, Path, description = "kind, domain or `global`, name: `roles.resolvers.noc`"),
        ("If-Match" = String, Header, description = "the entity tag that was read, or `*`"),
    ),
    request_body(
        content((String = "application/yaml"), (Object = "application/json")),
        description = "one policy document of that kind, domain and name",
    ),
    responses(
        (status = 200, body = WrittenPolicy),
        (status = 422, description = "`invalid-policy` with `findings`",
         body = ProblemDocument, content_type = "application/problem+json"),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn handler(
    call: Call,
    Path(id): Path<String>,
    if_match: IfMatch,
    document: RawDocument,
) -> Result<Answer, Problem> {
    let mut connection = call.connection().await?;
    let standing = known(&call, &mut connection, &id).await?;
    drop(connection);
    may_write(&call, standing.domain.as_deref()).await?;
    let incoming = read(&call.place().await?, document.file, document.bytes).await?;
    let stated = incoming.document.id();
    if stated != id {
        return Err(PolicyError::WrongId {
            path: id,
            document: stated,
        }
        .into());
    }
    let as_read = |hash: &str| if_match.allows(hash);
    let unit = call.begin().await?;
    let answer = write_policy(unit, Intent::Replace(&incoming, &as_read), |written| {
        Answer::ok(&WrittenPolicy::of(written)).with_etag(&written.hash)
    });
    Ok(answer.await?)
}
