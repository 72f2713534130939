//! What a report tells of a document: which one it is, in which version.

use zonecut_contract::{Contract, Document, Lifecycle, Product};
use zonecut_diagnostics::Place;
use zonecut_diagnostics::report::Side;

/// One version of a contract or of a product.
#[derive(Clone, Copy)]
pub(crate) struct Edition<'a> {
    pub(crate) document: &'a Document,
    pub(crate) id: &'a str,
    pub(crate) name: Option<&'a str>,
    /// As declared; empty where a product has none.
    pub(crate) version: &'a str,
    /// Still proposed or drafted: nobody relies on it.
    pub(crate) is_tentative: bool,
}

impl Edition<'_> {
    pub(crate) fn side(self) -> Side {
        Side {
            version: self.version.to_owned(),
            file: self.document.file.to_string(),
        }
    }

    /// Where the version is stated.
    pub(crate) fn version_at(self) -> Option<Place> {
        let entry = self.document.root.entry("version")?;
        Some(entry.key_span.at(&self.document.file))
    }
}

impl<'a> From<&'a Contract> for Edition<'a> {
    fn from(contract: &'a Contract) -> Self {
        Self {
            document: &contract.document,
            id: &contract.id,
            name: contract.name.as_deref(),
            version: &contract.version,
            is_tentative: contract.lifecycle().is_tentative(),
        }
    }
}

impl<'a> From<&'a Product> for Edition<'a> {
    fn from(product: &'a Product) -> Self {
        Self {
            document: &product.document,
            id: &product.id,
            name: product.name.as_deref(),
            version: product.version.as_deref().unwrap_or_default(),
            is_tentative: Lifecycle::of(&product.status).is_tentative(),
        }
    }
}
