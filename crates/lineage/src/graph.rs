//! The words of the graph: nodes and edges, whoever stated them.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// OpenLineage's identity of a job or a dataset: a namespace and a name in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Name {
    /// The namespace: the data source or the scheduler.
    pub namespace: String,
    /// The name, unique in its namespace.
    pub name: String,
}

impl Name {
    /// The name of that namespace and name.
    #[must_use]
    pub fn new(namespace: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            namespace: namespace.into(),
            name: name.into(),
        }
    }
}

/// What a node stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NodeKind {
    /// A data product.
    Product,
    /// A contract: everything that is known to be one of its objects.
    Contract,
    /// A dataset that no contract claims.
    Dataset,
    /// A job.
    Job,
}

impl NodeKind {
    /// The word that REST and node ids use.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Product => "product",
            Self::Contract => "contract",
            Self::Dataset => "dataset",
            Self::Job => "job",
        }
    }
}

/// A node. Written `product:ID`, `contract:ID`, `dataset:NAMESPACE|NAME`, `job:NAMESPACE|NAME`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NodeId {
    /// The product of that id.
    Product(String),
    /// The contract of that id.
    Contract(String),
    /// The dataset of that name.
    Dataset(Name),
    /// The job of that name.
    Job(Name),
}

impl NodeId {
    /// What it stands for.
    #[must_use]
    pub fn kind(&self) -> NodeKind {
        match self {
            Self::Product(_) => NodeKind::Product,
            Self::Contract(_) => NodeKind::Contract,
            Self::Dataset(_) => NodeKind::Dataset,
            Self::Job(_) => NodeKind::Job,
        }
    }

    /// What to write on it where nothing better is known: the id, or the name without its
    /// namespace.
    #[must_use]
    pub fn label(&self) -> &str {
        match self {
            Self::Product(id) | Self::Contract(id) => id,
            Self::Dataset(name) | Self::Job(name) => &name.name,
        }
    }
}

impl fmt::Display for NodeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = self.kind().as_str();
        match self {
            Self::Product(id) | Self::Contract(id) => write!(f, "{kind}:{id}"),
            Self::Dataset(name) | Self::Job(name) => {
                write!(f, "{kind}:{}|{}", name.namespace, name.name)
            }
        }
    }
}

/// A text that names no node.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` names no node: write `product:ID`, `contract:ID`, `dataset:NAMESPACE|NAME` or `job:NAMESPACE|NAME`"
)]
pub struct NodeIdError(String);

impl FromStr for NodeId {
    type Err = NodeIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || NodeIdError(text.to_owned());
        let (kind, rest) = text.split_once(':').ok_or_else(wrong)?;
        let name = || {
            let (namespace, name) = rest.split_once('|').ok_or_else(wrong)?;
            Ok(Name::new(namespace, name))
        };
        match kind {
            "product" => Ok(Self::Product(rest.to_owned())),
            "contract" => Ok(Self::Contract(rest.to_owned())),
            "dataset" => Ok(Self::Dataset(name()?)),
            "job" => Ok(Self::Job(name()?)),
            _ => Err(wrong()),
        }
    }
}

/// Whether an edge was promised or seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EdgeKind {
    /// A product's port, or a job event about no run, says so.
    Declared,
    /// A run reported it.
    Observed,
}

impl EdgeKind {
    /// The word that REST and the store use.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Declared => "declared",
            Self::Observed => "observed",
        }
    }
}

/// Data flows from one node to another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edge {
    /// Where it comes from.
    pub from: NodeId,
    /// Where it goes.
    pub to: NodeId,
    /// Promised or seen.
    pub kind: EdgeKind,
    /// When it was last seen; absent where it is only declared.
    pub last_seen: Option<DateTime<Utc>>,
}

impl Edge {
    /// What a product declares by naming a contract on an input port.
    #[must_use]
    pub fn input_port(product: &str, contract: &str) -> Self {
        let product = NodeId::Product(product.to_owned());
        Self::declared(NodeId::Contract(contract.to_owned()), product)
    }

    /// What a product declares by naming a contract on an output port.
    #[must_use]
    pub fn output_port(product: &str, contract: &str) -> Self {
        let product = NodeId::Product(product.to_owned());
        Self::declared(product, NodeId::Contract(contract.to_owned()))
    }

    fn declared(from: NodeId, to: NodeId) -> Self {
        Self {
            from,
            to,
            kind: EdgeKind::Declared,
            last_seen: None,
        }
    }
}
