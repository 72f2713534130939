//! A contract as people look at it: what the UI shows, without the document's syntax.

use serde::Serialize;
use utoipa::ToSchema;
use zonecut_contract::Contract;
use zonecut_contract::model::{Column, Element};

/// The media type of the view.
pub const VIEW: &str = "application/vnd.zonecut.contract+json";

/// A contract for people.
#[derive(Debug, Serialize, ToSchema)]
pub struct ContractView {
    /// Its id.
    id: String,
    /// Its name.
    name: String,
    /// The version.
    version: String,
    /// The status it states.
    status: String,
    /// Its domain.
    domain: String,
    /// What it is for.
    description: Option<String>,
    /// Tables, topics, files.
    objects: Vec<ObjectView>,
    /// Where the data is.
    servers: Vec<ServerView>,
    /// Service levels.
    sla: Vec<SlaView>,
    /// Roles that may be asked for.
    roles: Vec<RoleView>,
    /// Who answers for it.
    owners: Vec<OwnerView>,
    /// Where to ask.
    support: Vec<SupportView>,
}

/// A table, topic or file.
#[derive(Debug, Serialize, ToSchema)]
pub struct ObjectView {
    /// Its name.
    name: String,
    /// Its name where the data is.
    physical_name: Option<String>,
    /// What it holds.
    description: Option<String>,
    /// Everything in it, containers before their contents.
    columns: Vec<ColumnView>,
}

/// A column, with what it inherits.
#[derive(Debug, Serialize, ToSchema)]
pub struct ColumnView {
    /// Its path within the object.
    path: String,
    /// Its name.
    name: String,
    /// Its logical type.
    logical_type: Option<String>,
    /// Its type where the data is.
    physical_type: Option<String>,
    /// Whether it is always there.
    required: bool,
    /// Whether its values are distinct.
    unique: bool,
    /// Whether it is part of the primary key.
    primary_key: bool,
    /// Its class.
    classification: Option<String>,
    /// Its tags.
    tags: Vec<String>,
    /// What it means in DNS.
    semantic_type: Option<String>,
    /// What it holds.
    description: Option<String>,
}

/// A server.
#[derive(Debug, Serialize, ToSchema)]
pub struct ServerView {
    /// Its name.
    name: String,
    /// Its type.
    #[serde(rename = "type")]
    kind: String,
    /// The schema in it.
    schema: Option<String>,
    /// Where it stands.
    region: Option<String>,
}

/// A service level.
#[derive(Debug, Serialize, ToSchema)]
pub struct SlaView {
    /// What is promised.
    property: String,
    /// How much.
    #[schema(value_type = Option<SlaValue>)]
    value: serde_json::Value,
    /// In what.
    unit: Option<String>,
    /// Of which element.
    element: Option<String>,
    /// Why.
    driver: Option<String>,
}

/// How much is promised, as ODCS has it.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "describes the shape for the OpenAPI document")]
enum SlaValue {
    Text(String),
    Number(f64),
    Flag(bool),
}

/// A role.
#[derive(Debug, Serialize, ToSchema)]
pub struct RoleView {
    /// Its name.
    name: String,
    /// What it gives.
    access: Option<String>,
}

/// An owner.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnerView {
    /// The user.
    username: String,
    /// For people.
    name: Option<String>,
    /// The role in the team.
    role: Option<String>,
}

/// A support channel.
#[derive(Debug, Serialize, ToSchema)]
pub struct SupportView {
    /// Its name.
    channel: String,
    /// Where it is.
    url: Option<String>,
}

impl ContractView {
    /// The view of `contract`, which belongs to `domain`.
    #[must_use]
    pub fn of(contract: &Contract, domain: &str) -> Self {
        let object = |object: &Element| ObjectView {
            name: object.name.clone(),
            physical_name: object.physical_name.clone(),
            description: object.description.clone(),
            columns: contract
                .columns(object)
                .iter()
                .map(ColumnView::of)
                .collect(),
        };
        Self {
            id: contract.id.clone(),
            name: contract.name.clone().unwrap_or_else(|| contract.id.clone()),
            version: contract.version.clone(),
            status: contract.status.clone(),
            domain: domain.to_owned(),
            description: contract.description.purpose.clone(),
            objects: contract.objects().iter().map(object).collect(),
            servers: servers(contract),
            sla: sla(contract),
            roles: contract
                .roles
                .iter()
                .map(|role| RoleView {
                    name: role.name.clone(),
                    access: role.access.clone(),
                })
                .collect(),
            owners: contract
                .owners()
                .into_iter()
                .map(|member| OwnerView {
                    username: member.username.clone(),
                    name: member.name.clone(),
                    role: member.role.clone(),
                })
                .collect(),
            support: contract
                .support
                .iter()
                .map(|it| SupportView {
                    channel: it.channel.clone(),
                    url: it.url.clone(),
                })
                .collect(),
        }
    }
}

impl ColumnView {
    fn of(column: &Column<'_>) -> Self {
        let element = column.element;
        Self {
            path: column.path.clone(),
            name: element.name.clone(),
            logical_type: element.logical_type.clone(),
            physical_type: element.physical_type.clone(),
            required: element.required,
            unique: element.unique,
            primary_key: element.primary_key,
            classification: column.classification.map(str::to_owned),
            tags: column.tags.iter().map(|tag| (*tag).to_owned()).collect(),
            semantic_type: element.semantic_type.clone(),
            description: element.description.clone(),
        }
    }
}

fn servers(contract: &Contract) -> Vec<ServerView> {
    let views = contract.servers.iter().map(|server| ServerView {
        name: server.name.clone(),
        kind: server.kind.clone(),
        schema: server.schema.clone(),
        region: server.region.clone(),
    });
    views.collect()
}

fn sla(contract: &Contract) -> Vec<SlaView> {
    let views = contract.sla.iter().map(|sla| SlaView {
        property: sla.property.clone(),
        value: sla.value.clone(),
        unit: sla.unit.clone(),
        element: sla.element.clone(),
        driver: sla.driver.clone(),
    });
    views.collect()
}
