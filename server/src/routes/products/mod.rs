//! `/v1/products`

pub mod consumers;
pub mod list;
pub mod register;
pub mod replace;
pub mod show;

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::write_product::ProductError;
use crate::authorization::Permission;
use crate::context::Call;
use crate::problem::{Code, Problem};
use crate::store;
use crate::store::Connection;

/// A product in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProductSummary {
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
}

impl From<store::product::Summary> for ProductSummary {
    fn from(row: store::product::Summary) -> Self {
        Self {
            id: row.id,
            name: row.name,
            domain: row.domain,
            status: row.status,
            purpose: row.purpose,
            tags: row.tags,
            version: row.version,
            contracts: row.contracts,
            updated_at: row.updated_at,
        }
    }
}

/// The product with that id, if the caller may know of it.
async fn known(
    call: &Call,
    connection: &mut Connection,
    id: &str,
) -> Result<store::product::Product, Problem> {
    let found = store::product::find(connection, id).await?;
    let known = found.filter(|it| call.identity.may_in(Permission::ProductsRead, &it.domain));
    known.ok_or_else(|| Problem::not_found("product", id))
}

impl From<ProductError> for Problem {
    fn from(error: ProductError) -> Self {
        let detail = error.to_string();
        match error {
            ProductError::Invalid(error) => error.into(),
            ProductError::Exists(_) => Self::new(Code::Conflict, detail),
            ProductError::Missing(_) => Self::new(Code::NotFound, detail),
            ProductError::Foreign(_) => Self::new(Code::Forbidden, detail),
            ProductError::Changed(_) => Self::new(Code::PreconditionFailed, detail),
            ProductError::Uncompilable(findings) => {
                Self::new(Code::InvalidPolicy, detail).with("findings", findings)
            }
            ProductError::Store(error) => error.into(),
        }
    }
}
