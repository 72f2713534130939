//! ODCS contracts and ODPS products, read into a spanned tree and a typed model.
//!
//! Belongs here: reading YAML and JSON within limits, the official JSON Schemas, the typed view,
//! canonical form and content hash. Does not belong here: comparing two versions (`evolution`),
//! access (`policy`), any I/O.

pub mod model;
pub mod node;

pub use model::{Contract, Element, Product};
pub use node::{Document, Entry, Node, Value};
