//! Data products: who offers which contracts, and reads which.

use std::collections::BTreeMap;

use zonecut_diagnostics::Span;

use super::sections::{self, Support, TeamMember};
use crate::node::{Document, Node};

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
    /// `apiVersion`, with its `v`.
    pub api_version: String,
    /// `status`, trimmed and in lower case.
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
    /// `team`, in either of its shapes.
    pub team: Vec<TeamMember>,
    /// `support`.
    pub support: Vec<Support>,
    /// `customProperties` as JSON values, by property.
    pub custom: BTreeMap<String, serde_json::Value>,
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

impl Product {
    /// The root of its tree.
    #[must_use]
    pub fn root(&self) -> &Node {
        &self.document.root
    }

    /// The members of the team who are said to own the product: role `owner` in any case, else,
    /// where nobody is, everybody.
    #[must_use]
    pub fn owners(&self) -> Vec<&TeamMember> {
        sections::owners(&self.team)
    }
}
