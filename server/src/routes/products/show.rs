//! `GET /v1/products/{id}`

use chrono::{DateTime, Utc};
use http::{HeaderMap, StatusCode};
use serde::Serialize;
use utoipa::ToSchema;
use zonecut_contract::model::Port;

use crate::answer::Answer;
use crate::app::decision_set::reread_product;
use crate::context::Call;
use crate::extract::{Path, has_already};
use crate::problem::{Problem, ProblemDocument};
use crate::store::product::Product as Row;

/// A product with its document.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProductDetail {
    /// Its id.
    id: String,
    /// Its name.
    name: String,
    /// Its domain.
    domain: String,
    /// The status it states.
    status: String,
    /// What it is for.
    purpose: String,
    /// Its tags.
    tags: Vec<String>,
    /// Its version.
    version: Option<String>,
    /// The contracts that it offers.
    contracts: Vec<String>,
    /// When it was written last.
    updated_at: DateTime<Utc>,
    /// What it reads.
    input_ports: Vec<PortView>,
    /// What it offers.
    output_ports: Vec<PortView>,
    /// The ODPS document as JSON.
    #[schema(value_type = Object)]
    document: serde_json::Value,
}

/// A port of a product.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ProductPort)]
pub struct PortView {
    /// Its name.
    name: String,
    /// The contract.
    contract: Option<String>,
    /// The version of the contract.
    version: Option<String>,
}

/// Shows a product.
#[utoipa::path(
    get,
    path = "/v1/products/{id}",
    operation_id = "show_product",
    tag = "products",
    params(("id" = String, Path, description = "the product's id")),
    responses(
        (status = 200, body = ProductDetail),
        (status = 304, description = "the caller has it already"),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn handler(
    call: Call,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Answer, Problem> {
    let mut connection = call.connection().await?;
    let row = super::known(&call, &mut connection, &id).await?;
    drop(connection);
    if has_already(&headers, &row.hash) {
        let mut answer = Answer::no_content();
        answer.status = StatusCode::NOT_MODIFIED;
        return Ok(answer.with_etag(&row.hash));
    }
    let place = call.place().await?;
    place.run(move || detailed(row)).await
}

fn detailed(row: Row) -> Result<Answer, Problem> {
    let product = reread_product(&row)?;
    let mut contracts: Vec<String> = product
        .output_ports
        .iter()
        .filter_map(|port| port.contract_id.clone())
        .collect();
    contracts.sort_unstable();
    contracts.dedup();
    let detail = ProductDetail {
        name: product.name.clone().unwrap_or_else(|| product.id.clone()),
        id: product.id.clone(),
        domain: row.domain,
        status: product.status.clone(),
        purpose: product.purpose.clone().unwrap_or_default(),
        tags: product.tags.clone(),
        version: product.version.clone(),
        contracts,
        updated_at: row.updated_at,
        input_ports: product.input_ports.iter().map(PortView::of).collect(),
        output_ports: product.output_ports.iter().map(PortView::of).collect(),
        document: product.root().to_json(),
    };
    Ok(Answer::ok(&detail).with_etag(&row.hash))
}

impl PortView {
    fn of(port: &Port) -> Self {
        Self {
            name: port.name.clone(),
            contract: port.contract_id.clone(),
            version: port.version.clone(),
        }
    }
}
