//! `POST /v1/products`

use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::app::documents;
use crate::app::write_product::{Intent, write_product};
use crate::authorization::Permission;
use crate::context::Call;
use crate::extract::RawDocument;
use crate::problem::{Problem, ProblemDocument};

/// A product that was written.
#[derive(Debug, Serialize, ToSchema)]
pub struct WrittenProduct<'a> {
    /// Its id.
    pub(super) id: &'a str,
    /// Its content hash, which is also its entity tag.
    pub(super) hash: &'a str,
}

/// Registers a product.
#[utoipa::path(
    post,
    path = "/v1/products",
    operation_id = "register_product",
    tag = "products",
    request_body(
        content((String = "application/yaml"), (Object = "application/json")),
        description = "an ODPS document",
    ),
    responses(
        (status = 201, body = WrittenProduct),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn handler(call: Call, document: RawDocument) -> Result<Answer, Problem> {
    let place = call.place().await?;
    let product = documents::product(&place, document.file, document.bytes).await?;
    drop(place);
    let domain = product.domain.as_deref().unwrap_or_default();
    call.require_in(Permission::ProductsWrite, domain).await?;
    let id = &product.id;
    let answer = |hash: &str| {
        Answer::created(&format!("/v1/products/{id}"), &WrittenProduct { id, hash }).with_etag(hash)
    };
    Ok(write_product(call.begin().await?, &product, Intent::Register, answer).await?)
}
