//! Contracts and products, read whole: limits, official schema, typed view.

use std::sync::Arc;

use crate::finding::Findings;
use crate::model::{Contract, Product};
use crate::read::{self, Parsed};
use crate::schema::{self, Standard};

/// Reads an ODCS contract in YAML or JSON. The value is there exactly when the document is
/// readable and keeps the official schema of its `apiVersion`.
#[must_use]
pub fn read_contract(file: &str, bytes: &[u8]) -> Parsed<Contract> {
    read_as(Standard::Contract, file, bytes, Contract::view)
}

/// Reads an ODPS product in YAML or JSON, under the same terms.
#[must_use]
pub fn read_product(file: &str, bytes: &[u8]) -> Parsed<Product> {
    read_as(Standard::Product, file, bytes, Product::view)
}

fn read_as<T>(
    standard: Standard,
    file: &str,
    bytes: &[u8],
    view: impl FnOnce(crate::node::Document) -> Option<T>,
) -> Parsed<T> {
    let file: Arc<str> = file.into();
    let mut findings = Findings::new(&file);
    let document = read::parse(&file, bytes, &mut findings);
    if let Some(document) = &document
        && read::expands(document, &mut findings)
    {
        schema::validate(document, standard, &mut findings);
    }
    let value = document.filter(|_| !findings.has_errors()).and_then(view);
    Parsed::new(value, findings)
}
