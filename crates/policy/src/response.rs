//! `POST /v1/decisions`: what is answered.

use std::sync::Arc;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use zonecut_mask::Mask;

/// The body of the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionResponse {
    /// The decision's id.
    pub id: String,
    /// The serial it was taken at.
    pub serial: u64,
    /// One decision per object asked for, in that order.
    pub decisions: Vec<Arc<ObjectDecision>>,
}

/// The decision about one object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectDecision {
    /// The contract's id, as asked.
    pub contract: String,
    /// The object's name, as asked.
    pub object: String,
    /// Whether nothing that was asked for is denied.
    pub allow: bool,
    /// Each column asked for.
    pub columns: Columns,
    /// Predicates that a row must satisfy, all of them.
    pub filters: Vec<FilterDecision>,
    /// What else the engine must do.
    pub obligations: Vec<Obligation>,
    /// Why: always for what is denied or shown otherwise than the rules alone say; with `explain`,
    /// every rule that applied.
    pub reasons: Vec<String>,
}

/// Columns by path, in the order they were asked for, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns(pub Vec<(String, ColumnDecision)>);

impl Columns {
    /// The decision about the column of that path.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&ColumnDecision> {
        self.0
            .iter()
            .find(|(name, _)| name == path)
            .map(|(_, decision)| decision)
    }
}

impl Serialize for Columns {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(path, decision)| (path, decision)))
    }
}

impl<'de> Deserialize<'de> for Columns {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Columns;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("a map of columns")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Columns, A::Error> {
                let mut columns = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    columns.push(entry);
                }
                Ok(Columns(columns))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}

/// How a column may be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Access {
    /// As it is.
    Clear,
    /// Behind a mask.
    Masked,
    /// Not at all.
    Denied,
}

/// The decision about one column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ColumnDecision {
    /// How it may be seen.
    pub access: Access,
    /// The join of all masks that apply, whatever the engine can express.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(feature = "schema", schema(value_type = Option<Object>))]
    pub mask: Option<Mask>,
    /// The mask in the engine's SQL.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub expression: Option<String>,
    /// The stronger mask that `expression` applies, where the engine cannot express `mask`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(feature = "schema", schema(value_type = Option<Object>))]
    pub enforced: Option<Mask>,
    /// Why it is not clear.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reason: Option<String>,
}

/// A predicate that rows must satisfy.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FilterDecision {
    /// In the engine's SQL; in the rules' own words where no engine is named.
    pub expression: String,
    /// The paths of the columns it reads, for engines that ask whether it may.
    #[serde(skip)]
    pub columns: Vec<String>,
}

/// Something else the engine must do. No rule asks for such a thing yet; the place is fixed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Obligation {
    /// What.
    #[serde(rename = "type")]
    pub kind: String,
}
