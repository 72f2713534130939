//! The typed view of contracts and products: what other crates ask for by name.
//!
//! A view, not a copy: what is not listed here is still in [`Document::root`], so nothing that a
//! document says is lost.

mod element;
mod fill;
mod lifecycle;
mod product;
mod raw;
mod sections;

use std::collections::BTreeMap;
use std::sync::OnceLock;

pub use element::{Column, Element, Path, Quality, Relationship, Transform};
pub use lifecycle::Lifecycle;
pub use product::{Port, Product};
pub use sections::{Description, Price, Role, Server, SlaProperty, Support, TeamMember};

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
    /// `status`, trimmed and in lower case: `proposed`, `draft`, `active`, `deprecated`,
    /// `retired`, or the owner's own word; empty where a 3.2 document leaves it out.
    pub status: String,
    /// `domain`.
    pub domain: Option<String>,
    /// `tenant`.
    pub tenant: Option<String>,
    /// `dataProduct`: the product's name.
    pub data_product: Option<String>,
    /// `description`.
    pub description: Description,
    /// `tags` of the whole contract.
    pub tags: Vec<String>,
    /// Filled when first asked for: most of a contract is here, and comparing versions needs none of it.
    objects: OnceLock<Vec<Element>>,
    /// `servers`.
    pub servers: Vec<Server>,
    /// `slaProperties`.
    pub sla: Vec<SlaProperty>,
    /// `roles`.
    pub roles: Vec<Role>,
    /// `team`, in either of its shapes.
    pub team: Vec<TeamMember>,
    /// `support`.
    pub support: Vec<Support>,
    /// `price`.
    pub price: Option<Price>,
    /// `customProperties` of the contract as JSON values, by property.
    pub custom: BTreeMap<String, serde_json::Value>,
}

impl Contract {
    /// The root of its tree.
    #[must_use]
    pub fn root(&self) -> &Node {
        &self.document.root
    }

    /// The stage that `status` stands for.
    #[must_use]
    pub fn lifecycle(&self) -> Lifecycle {
        Lifecycle::of(&self.status)
    }

    /// `schema`: objects (tables, topics, files), each with its properties as children.
    #[must_use]
    pub fn objects(&self) -> &[Element] {
        self.objects.get_or_init(|| fill::objects(self.root()))
    }

    /// The object of that name.
    #[must_use]
    pub fn object(&self, name: &str) -> Option<&Element> {
        self.objects().iter().find(|object| object.name == name)
    }

    /// Everything inside `object` in the order of the document, containers before their contents,
    /// with what each inherits.
    #[must_use]
    pub fn columns<'a>(&'a self, object: &'a Element) -> Vec<Column<'a>> {
        element::columns(&self.tags, object)
    }

    /// The members of the team who are said to own the contract: role `owner` in any case, else,
    /// where nobody is, everybody.
    #[must_use]
    pub fn owners(&self) -> Vec<&TeamMember> {
        sections::owners(&self.team)
    }
}
