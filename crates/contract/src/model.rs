//! The typed view of contracts and products: what other crates ask for by name.
//!
//! A view, not a copy: what is not listed here is still in [`Document::root`], so nothing that a
//! document says is lost.

use std::collections::BTreeMap;

use zonecut_diagnostics::Span;

use crate::node::{Document, Node};

/// An ODCS data contract (3.0.x, 3.1 or 3.2).
#[derive(Debug, Clone)]
pub struct Contract {
    /// The document it was read from.
    pub document: Document,
    /// `id`.
    pub id: String,
    /// `name`.
    pub name: Option<String>,
    /// `version`, as declared; not necessarily semver.
    pub version: String,
    /// `apiVersion`, with its `v`.
    pub api_version: String,
    /// `status`: `proposed`, `draft`, `active`, `deprecated`, `retired`, or the owner's own word.
    pub status: String,
    /// `domain`.
    pub domain: Option<String>,
    /// `tags` of the whole contract.
    pub tags: Vec<String>,
    /// `schema`: objects (tables, topics, files), each with its properties as children.
    pub objects: Vec<Element>,
    /// `servers`.
    pub servers: Vec<Server>,
    /// `slaProperties`.
    pub sla: Vec<SlaProperty>,
    /// `roles`.
    pub roles: Vec<Role>,
    /// `customProperties` of the contract as JSON values, by property.
    pub custom: BTreeMap<String, serde_json::Value>,
}

/// An object or a property of the schema.
#[derive(Debug, Clone)]
pub struct Element {
    /// Where it begins.
    pub span: Span,
    /// `id`, stable across renames.
    pub id: Option<String>,
    /// `name`.
    pub name: String,
    /// `physicalName`.
    pub physical_name: Option<String>,
    /// `logicalType`.
    pub logical_type: Option<String>,
    /// `physicalType`.
    pub physical_type: Option<String>,
    /// `required`.
    pub required: bool,
    /// `unique`.
    pub unique: bool,
    /// `primaryKey`.
    pub primary_key: bool,
    /// `classification` stated here (not inherited).
    pub classification: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `tags` stated here (not inherited).
    pub tags: Vec<String>,
    /// Custom property `semanticType`.
    pub semantic_type: Option<String>,
    /// All `customProperties` as JSON values, by property.
    pub custom: BTreeMap<String, serde_json::Value>,
    /// `properties` of an object.
    pub properties: Vec<Element>,
    /// `items` of an array. Its name is empty; its path segment is `[]`.
    pub items: Option<Box<Element>>,
}

/// A place where the data really is.
#[derive(Debug, Clone)]
pub struct Server {
    /// Where it begins.
    pub span: Span,
    /// `server`: its name.
    pub name: String,
    /// `type`: `kafka`, `s3`, `trino`, ...
    pub kind: String,
    /// `schema` (or the type's own word for it), where a SQL engine looks for the tables.
    pub schema: Option<String>,
    /// The region: `region`, `regionName`, else custom property `region`.
    pub region: Option<String>,
}

/// A service level promised.
#[derive(Debug, Clone)]
pub struct SlaProperty {
    /// Where it begins.
    pub span: Span,
    /// `id`.
    pub id: Option<String>,
    /// `property`: `latency`, `retention`, ...
    pub property: String,
    /// `value`.
    pub value: serde_json::Value,
    /// `unit`.
    pub unit: Option<String>,
    /// `element`: `object` or `object.property`.
    pub element: Option<String>,
    /// `driver`: `regulatory`, `analytics`, `operational`.
    pub driver: Option<String>,
}

/// An ODCS role: who may ask for what.
#[derive(Debug, Clone)]
pub struct Role {
    /// Where it begins.
    pub span: Span,
    /// `role`.
    pub name: String,
    /// `access`, `read` and the like.
    pub access: Option<String>,
}

/// An ODPS data product.
#[derive(Debug, Clone)]
pub struct Product {
    /// The document it was read from.
    pub document: Document,
    /// `id`.
    pub id: String,
    /// `name`.
    pub name: Option<String>,
    /// `version`.
    pub version: Option<String>,
    /// `status`.
    pub status: String,
    /// `domain`.
    pub domain: Option<String>,
    /// `description.purpose`.
    pub purpose: Option<String>,
    /// `tags`.
    pub tags: Vec<String>,
    /// `inputPorts`: what it reads.
    pub input_ports: Vec<Port>,
    /// `outputPorts`: what it offers.
    pub output_ports: Vec<Port>,
}

/// A port of a product: a contract in a version.
#[derive(Debug, Clone)]
pub struct Port {
    /// Where it begins.
    pub span: Span,
    /// `name`.
    pub name: String,
    /// `version` of the contract.
    pub version: Option<String>,
    /// `contractId`.
    pub contract_id: Option<String>,
}

impl Contract {
    /// The root of its tree.
    #[must_use]
    pub fn root(&self) -> &Node {
        &self.document.root
    }
}
