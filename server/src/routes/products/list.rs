//! `GET /v1/products`

use serde::Deserialize;
use utoipa::IntoParams;

use crate::authorization::Permission;
use crate::context::Call;
use crate::extract::Query;
use crate::page::{Page, window};
use crate::problem::{Problem, ProblemDocument};
use crate::routes::products::ProductSummary;
use crate::store;
use crate::store::product::Filter;

/// Which products.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ProductQuery {
    /// In ids, names, purposes and tags, and in the columns of the contracts offered; in any case.
    q: Option<String>,
    /// Of that domain.
    domain: Option<String>,
    /// In that status.
    status: Option<String>,
    /// At most so many, 1 to 500.
    limit: Option<u16>,
    /// Where the page before said to go on.
    cursor: Option<String>,
}

/// Lists and searches products, by id.
#[utoipa::path(
    get,
    path = "/v1/products",
    operation_id = "list_products",
    tag = "products",
    params(ProductQuery),
    responses(
        (status = 200, body = Page<ProductSummary>),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn handler(
    call: Call,
    Query(query): Query<ProductQuery>,
) -> Result<axum::Json<Page<ProductSummary>>, Problem> {
    let window = window(query.limit, query.cursor.as_deref())?;
    let scope = call.identity.scope(Permission::ProductsRead);
    let needle = query.q.map(|q| q.trim().to_lowercase());
    let filter = Filter {
        scope: scope.domains(),
        needle: needle.as_deref(),
        domain: query.domain.as_deref(),
        status: query.status.as_deref(),
    };
    let mut connection = call.connection().await?;
    let rows = store::product::list(&mut connection, &filter, &window.after, window.rows()).await?;
    Ok(axum::Json(window.page(
        rows,
        |row| row.id.clone(),
        ProductSummary::from,
    )))
}
