//! What stands beside the schema: servers, service levels, roles, people, price.

use std::collections::BTreeMap;

use zonecut_diagnostics::Span;

/// `description`: what the data is for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Description {
    /// `purpose`.
    pub purpose: Option<String>,
    /// `usage`.
    pub usage: Option<String>,
    /// `limitations`.
    pub limitations: Option<String>,
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
    /// `catalog`, else `database`: what contains the schema.
    pub catalog: Option<String>,
    /// `format` of a storage server: `parquet`, `avro`, `delta`, `iceberg`, ...
    pub format: Option<String>,
    /// The region: `region`, `regionName`, else custom property `region`.
    pub region: Option<String>,
    /// `environment`.
    pub environment: Option<String>,
    /// Its `customProperties` as JSON values, by property.
    pub custom: BTreeMap<String, serde_json::Value>,
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
    /// `valueExt`.
    pub value_ext: Option<serde_json::Value>,
    /// `unit`.
    pub unit: Option<String>,
    /// `element`: `object` or `object.property`.
    pub element: Option<String>,
    /// `driver`: `regulatory`, `analytics`, `operational`.
    pub driver: Option<String>,
    /// `schedule`, in the language of `scheduler`.
    pub schedule: Option<String>,
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
    /// `firstLevelApprovers`.
    pub first_approvers: Option<String>,
    /// `secondLevelApprovers`.
    pub second_approvers: Option<String>,
}

/// Somebody who answers for the data.
#[derive(Debug, Clone)]
pub struct TeamMember {
    /// Where it begins.
    pub span: Span,
    /// `username`.
    pub username: String,
    /// `name`.
    pub name: Option<String>,
    /// `role`: `owner`, `data steward`, ...
    pub role: Option<String>,
    /// `dateIn`.
    pub date_in: Option<String>,
    /// `dateOut`.
    pub date_out: Option<String>,
}

/// Where to ask for help.
#[derive(Debug, Clone)]
pub struct Support {
    /// Where it begins.
    pub span: Span,
    /// `channel`.
    pub channel: String,
    /// `url`.
    pub url: Option<String>,
    /// `tool`.
    pub tool: Option<String>,
}

/// What the data costs.
#[derive(Debug, Clone)]
pub struct Price {
    /// Where it begins.
    pub span: Span,
    /// `priceAmount`.
    pub amount: Option<serde_json::Number>,
    /// `priceCurrency`.
    pub currency: Option<String>,
    /// `priceUnit`.
    pub unit: Option<String>,
}

pub(super) fn owners(team: &[TeamMember]) -> Vec<&TeamMember> {
    let owns = |member: &&TeamMember| {
        let role = member.role.as_deref().unwrap_or_default();
        role.eq_ignore_ascii_case("owner")
    };
    let owners: Vec<_> = team.iter().filter(owns).collect();
    if owners.is_empty() {
        team.iter().collect()
    } else {
        owners
    }
}
