//! `GET /v1/products/{id}/consumers`

use serde::Serialize;
use utoipa::ToSchema;

use crate::authorization::Permission;
use crate::context::Call;
use crate::extract::Path;
use crate::problem::{Problem, ProblemDocument};
use crate::store;

/// Who reads a product.
#[derive(Debug, Serialize, ToSchema)]
pub struct Consumers {
    /// The readers: declared ones first, each by product.
    items: Vec<Consumer>,
}

/// A product that reads another.
#[derive(Debug, Serialize, ToSchema)]
pub struct Consumer {
    /// The reading product.
    product: String,
    /// Its domain.
    domain: String,
    /// The contract that it reads.
    via: String,
    /// `declared` by its input ports, or `observed` in runs.
    kind: &'static str,
}

/// Lists the products that read what this one offers, by declaration or as runs report.
#[utoipa::path(
    get,
    path = "/v1/products/{id}/consumers",
    operation_id = "list_product_consumers",
    tag = "products",
    params(("id" = String, Path, description = "the product's id")),
    responses(
        (status = 200, body = Consumers),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn handler(call: Call, Path(id): Path<String>) -> Result<axum::Json<Consumers>, Problem> {
    let mut connection = call.connection().await?;
    super::known(&call, &mut connection, &id).await?;
    let scope = call.identity.scope(Permission::ProductsRead);
    call.state.datasets.catch_up(&mut connection).await?;
    let domains = scope.domains();
    let declared = store::product::declared_consumers(&mut connection, &id, domains).await?;
    let observed = store::lineage::observed_consumers(&mut connection, &id, domains).await?;
    let shown = |kind| {
        move |row: store::product::Consumer| Consumer {
            product: row.product,
            domain: row.domain,
            via: row.via,
            kind,
        }
    };
    let declared = declared.into_iter().map(shown("declared"));
    let items = declared.chain(observed.into_iter().map(shown("observed")));
    Ok(axum::Json(Consumers {
        items: items.collect(),
    }))
}
