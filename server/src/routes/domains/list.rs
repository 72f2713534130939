//! `GET /v1/domains`

use crate::authorization::Permission;
use crate::context::Call;
use crate::extract::Query;
use crate::page::{Page, PageQuery};
use crate::problem::{Problem, ProblemDocument};
use crate::routes::domains::Domain;
use crate::store;

/// Lists the domains that the caller may know of, by name.
#[utoipa::path(
    get,
    path = "/v1/domains",
    operation_id = "list_domains",
    tag = "domains",
    params(PageQuery),
    responses(
        (status = 200, body = Page<Domain>),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn handler(
    call: Call,
    Query(query): Query<PageQuery>,
) -> Result<axum::Json<Page<Domain>>, Problem> {
    let window = query.window()?;
    let scope = call.identity.scope(Permission::DomainsRead);
    let mut connection = call.connection().await?;
    let rows = store::domain::list(
        &mut connection,
        scope.domains(),
        &window.after,
        window.rows(),
    )
    .await?;
    Ok(axum::Json(window.page(
        rows,
        |row| row.name.clone(),
        Domain::from,
    )))
}
