//! Masks and filters in the SQL of each engine, from the tree, never from text.
//!
//! Belongs here: what each dialect can express, and how. Where it cannot express a mask, the
//! answer is a stronger one that it can, said so. Does not belong here: which mask applies.

mod filter;
mod mask;
mod postgresql;
mod sql;
mod trino;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use zonecut_mask::{Mask, Meaning};

pub use filter::filter;
pub use mask::mask;

/// The SQL an engine speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Dialect {
    /// Trino.
    Trino,
    /// Presto.
    Presto,
    /// Apache Spark.
    Spark,
    /// `DuckDB`.
    DuckDb,
    /// `ClickHouse`.
    ClickHouse,
    /// Apache `DataFusion`.
    DataFusion,
    /// `PostgreSQL`.
    PostgreSql,
}

impl Dialect {
    /// Every dialect.
    pub const ALL: [Self; 7] = [
        Self::Trino,
        Self::Presto,
        Self::Spark,
        Self::DuckDb,
        Self::ClickHouse,
        Self::DataFusion,
        Self::PostgreSql,
    ];

    /// The word `type` has in an `Engine` document.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Trino => "trino",
            Self::Presto => "presto",
            Self::Spark => "spark",
            Self::DuckDb => "duckdb",
            Self::ClickHouse => "clickhouse",
            Self::DataFusion => "datafusion",
            Self::PostgreSql => "postgresql",
        }
    }
}

/// What lowering must know of the engine.
#[derive(Debug, Clone, Copy)]
pub struct Target<'a> {
    /// The SQL it speaks.
    pub dialect: Dialect,
    /// Functions it has, by mask type.
    pub functions: &'a BTreeMap<String, String>,
}

/// What lowering must know of a column.
#[derive(Debug, Clone, Copy)]
pub struct ColumnRef<'a> {
    /// Its name where it is stored, after those of the structs it is in.
    pub names: &'a [String],
    /// Whether it stands in an array or a map, where SQL has no name for it.
    pub item: bool,
    /// What its values mean.
    pub meaning: Meaning,
    /// `physicalType` of the contract.
    pub physical_type: Option<&'a str>,
}

/// A mask in an engine's SQL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lowered {
    /// The expression that replaces the column.
    pub expression: String,
    /// The stronger mask it applies, and why, where the engine cannot express the mask itself.
    pub enforced: Option<(Mask, String)>,
}
