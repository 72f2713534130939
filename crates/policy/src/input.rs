//! What a snapshot is built from.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use zonecut_contract::{Contract, Product};

use crate::documents::PolicyDocument;

/// One committed state of everything that decides.
#[derive(Debug, Clone, Default)]
pub struct SnapshotInput {
    /// The serial of that state.
    pub serial: u64,
    /// The active version of every contract.
    pub contracts: Vec<Arc<Contract>>,
    /// Every product.
    pub products: Vec<Arc<Product>>,
    /// Every policy document.
    pub policies: Vec<Arc<PolicyDocument>>,
    /// Every approved agreement; expired ones do no harm.
    pub agreements: Vec<Agreement>,
    /// The purposes each domain publishes; a domain that publishes none accepts any.
    pub purposes: BTreeMap<String, BTreeSet<String>>,
}

/// An approved request for access. Acts as a grant of `select` for its purpose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    /// Its id, named in reasons.
    pub id: String,
    /// Users it is for.
    #[serde(default)]
    pub users: Vec<String>,
    /// Groups it is for; holders of any of them, or any of the users.
    #[serde(default)]
    pub groups: Vec<String>,
    /// The product.
    pub product: String,
    /// Paths of columns; none is all.
    #[serde(default)]
    pub columns: Option<Vec<String>>,
    /// What for.
    pub purpose: String,
    /// From when on; none is always.
    #[serde(default)]
    pub from: Option<DateTime<Utc>>,
    /// Until when, excluded.
    pub until: DateTime<Utc>,
}
