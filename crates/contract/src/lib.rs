//! ODCS contracts and ODPS products, read into a spanned tree and a typed model.
//!
//! Belongs here: reading YAML and JSON within limits, the official JSON Schemas, the typed view,
//! canonical form and content hash, lint. Does not belong here: comparing two versions
//! (`evolution`), access (`policy`), any I/O.

pub mod canonical;
mod documents;
pub mod finding;
mod fix;
pub mod lint;
pub mod model;
pub mod node;
pub mod place;
pub mod read;
pub mod schema;
pub mod secret;
pub mod sensitivity;
pub mod spelling;
pub mod strict;
pub mod version;

pub use canonical::ContentHash;
pub use documents::{read_contract, read_product};
pub use fix::{Fix, Fixed, fix_document};
pub use lint::{
    Catalogue, Linted, lint, lint_document, lint_document_by, lint_ports, lint_product,
};
pub use model::{Column, Contract, Element, Lifecycle, Product};
pub use node::{Document, Entry, Node, Text, Value};
pub use read::{Parsed, read_document};
pub use sensitivity::Classification;
