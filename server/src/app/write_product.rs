//! Registers and replaces products.

use serde_json::json;
use zonecut_contract::Product;
use zonecut_diagnostics::LintFinding;

use crate::answer::Answer;
use crate::app::audit::Change;
use crate::app::decision_set;
use crate::app::documents::Invalid;
use crate::app::events::EventKind;
use crate::app::publish_contract::unknown_domain;
use crate::app::unit::Unit;
use crate::store;
use crate::store::product::{Direction, New};

/// Why the product stays as it is.
#[derive(Debug, thiserror::Error)]
pub enum ProductError {
    /// The document is not valid.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// There is one already.
    #[error("product `{0}` is registered already: replace it instead")]
    Exists(String),
    /// There is none.
    #[error("there is no product `{0}`")]
    Missing(String),
    /// It has changed since it was read.
    #[error("product `{0}` has changed since it was read")]
    Changed(String),
    /// The product belongs to a domain in which the caller may not write.
    #[error("the product belongs to domain `{0}`")]
    Foreign(String),
    /// The policies in force can't be applied with it.
    #[error("the policies in force would not compile with this product")]
    Uncompilable(Vec<LintFinding>),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] sqlx::Error),
}

/// Whether the product is there already.
pub enum Intent<'a> {
    /// It must not be there yet.
    Register,
    /// It must be there.
    Replace {
        /// Whether the caller may take it from that domain.
        may: &'a (dyn Fn(&str) -> bool + Sync),
        /// Whether content of that hash is what the caller read.
        as_read: &'a (dyn Fn(&str) -> bool + Sync),
    },
}

/// Writes `product`; `answer` makes what is answered from its hash.
///
/// # Errors
/// When it is refused.
pub async fn write_product(
    mut unit: Unit,
    product: &Product,
    intent: Intent<'_>,
    answer: impl FnOnce(&str) -> Answer,
) -> Result<Answer, ProductError> {
    let serial = unit.take_turn().await?;
    let standing = store::product::find(unit.connection(), &product.id).await?;
    let id = || product.id.clone();
    let (action, event) = match (intent, standing) {
        (Intent::Register, Some(_)) => return Err(ProductError::Exists(id())),
        (Intent::Register, None) => ("product.register", EventKind::ProductRegistered),
        (Intent::Replace { .. }, None) => return Err(ProductError::Missing(id())),
        (Intent::Replace { may, .. }, Some(standing)) if !may(&standing.domain) => {
            return Err(ProductError::Foreign(standing.domain));
        }
        (Intent::Replace { as_read, .. }, Some(standing)) if !as_read(&standing.hash) => {
            return Err(ProductError::Changed(id()));
        }
        (Intent::Replace { .. }, Some(_)) => {
            store::product::remove(unit.connection(), &product.id).await?;
            ("product.replace", EventKind::ProductReplaced)
        }
    };
    store_product(&mut unit, product).await?;
    if let Err(findings) = decision_set::compiles(&mut unit, serial).await? {
        unit.refuse(Change::new(action, format!("product {}", product.id)))
            .await;
        return Err(ProductError::Uncompilable(findings));
    }
    let hash = product.content_hash().to_string();
    let data = json!({ "product": product.id, "hash": hash, "serial": serial });
    let change = Change::new(action, format!("product {}", product.id)).detail(data.clone());
    unit.record(change.event(event, data)).await?;
    Ok(unit.commit(answer(&hash)).await?)
}

/// Adds the product and its ports.
pub(crate) async fn store_product(unit: &mut Unit, product: &Product) -> Result<(), ProductError> {
    let (at, actor) = (unit.at(), unit.actor().to_owned());
    let domain = product.domain.as_deref().unwrap_or_default();
    let new = New {
        id: &product.id,
        domain,
        name: product.name.as_deref().unwrap_or(&product.id),
        status: &product.status,
        version: product.version.as_deref(),
        purpose: product.purpose.as_deref().unwrap_or_default(),
        tags: &product.tags,
        hash: &product.content_hash().to_string(),
        document: &product.document.text,
        search: &search_text(product),
        at,
        by: &actor,
    };
    if let Err(error) = store::product::insert(unit.connection(), &new).await {
        return Err(match store::violated(&error) {
            Some("product_domain") => unknown_domain(&product.document, domain).into(),
            _ => error.into(),
        });
    }
    let sides = [
        (Direction::Input, &product.input_ports),
        (Direction::Output, &product.output_ports),
    ];
    for (direction, ports) in sides {
        for (position, port) in (0..).zip(ports) {
            let connection = unit.connection();
            store::product::insert_port(connection, &product.id, direction, position, port).await?;
        }
    }
    Ok(())
}

fn search_text(product: &Product) -> String {
    let mut words = vec![product.id.as_str()];
    words.extend(product.name.as_deref());
    words.extend(product.purpose.as_deref());
    words.extend(product.tags.iter().map(String::as_str));
    words.join("\n").to_lowercase()
}
