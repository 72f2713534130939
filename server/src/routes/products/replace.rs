//! `PUT /v1/products/{id}`

use crate::answer::Answer;
use crate::app::documents;
use crate::app::write_product::{Intent, ProductError, write_product};
use crate::authorization::Permission;
use crate::context::Call;
use crate::extract::{IfMatch, Path, RawDocument};
use crate::problem::{Problem, ProblemDocument};
use crate::routes::products::register::WrittenProduct;

/// Replaces a product. `If-Match` names the content that it replaces.
#[utoipa::path(
    put,
    path = "/v1/products/{id}",
    operation_id = "replace_product",
    tag = "products",
    params(
        ("id" = String, Path, description = "the product's id, as the document states it"),
        ("If-Match" = String, Header, description = "the entity tag that was read, or `*`"),
    ),
    request_body(
        content((String = "application/yaml"), (Object = "application/json")),
        description = "an ODPS document",
    ),
    responses(
        (status = 200, body = WrittenProduct),
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
    super::known(&call, &mut connection, &id).await?;
    drop(connection);
    let place = call.place().await?;
    let product = documents::product(&place, document.file, document.bytes).await?;
    drop(place);
    if product.id != id {
        let message = format!("the document is about product `{}`", product.id);
        let help = format!("send it to that product, or state `id: {id}`");
        return Err(documents::finding(&product.document, "id", &id, message, help).into());
    }
    let domain = product.domain.as_deref().unwrap_or_default();
    call.require_in(Permission::ProductsWrite, domain).await?;
    let answer = |hash: &str| Answer::ok(&WrittenProduct { id: &id, hash }).with_etag(hash);
    // Moving a product takes it from one domain and gives it to another.
    let intent = Intent::Replace {
        may: &|domain| call.identity.may_in(Permission::ProductsWrite, domain),
        as_read: &|hash| if_match.allows(hash),
    };
    match write_product(call.begin().await?, &product, intent, answer).await {
        Err(ProductError::Foreign(domain)) => {
            Err(call.forbidden_in(Permission::ProductsWrite, &domain).await)
        }
        written => Ok(written?),
    }
}
