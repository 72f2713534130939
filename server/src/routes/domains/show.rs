//! `GET /v1/domains/{name}`

use crate::authorization::Permission;
use crate::context::Call;
use crate::extract::Path;
use crate::problem::{Problem, ProblemDocument};
use crate::routes::domains::Domain;
use crate::store;

/// Shows a domain.
#[utoipa::path(
    get,
    path = "/v1/domains/{name}",
    operation_id = "show_domain",
    tag = "domains",
    params(("name" = String, Path, description = "the domain's name")),
    responses(
        (status = 200, body = Domain),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn handler(call: Call, Path(name): Path<String>) -> Result<axum::Json<Domain>, Problem> {
    let mut connection = call.connection().await?;
    let found = store::domain::find(&mut connection, &name).await?;
    let known = found.filter(|it| call.identity.may_in(Permission::DomainsRead, &it.name));
    let domain = known.ok_or_else(|| Problem::not_found("domain", &name))?;
    Ok(axum::Json(domain.into()))
}
