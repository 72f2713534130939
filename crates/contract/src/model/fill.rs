//! The typed view, filled from a tree. What has another type than the standard says is left out:
//! the official schema has already said so.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde_json::Value as Json;

use super::Contract;
use super::element::{Element, Quality, Relationship, Transform};
use super::lifecycle;
use super::product::{Port, Product};
use super::sections::{Description, Price, Role, Server, SlaProperty, Support, TeamMember};
use crate::node::{Document, Node, Value};

impl Contract {
    /// The typed view of a document; `None` where it lacks what a contract can't be without.
    #[must_use]
    pub fn view(document: Document) -> Option<Self> {
        let root = &document.root;
        let description = root.get("description");
        Some(Self {
            id: text(root, "id")?,
            name: text(root, "name"),
            version: text(root, "version")?,
            api_version: text(root, "apiVersion")?,
            status: status(root),
            domain: text(root, "domain"),
            tenant: text(root, "tenant"),
            data_product: text(root, "dataProduct"),
            description: Description {
                purpose: description.and_then(|node| text(node, "purpose")),
                usage: description.and_then(|node| text(node, "usage")),
                limitations: description.and_then(|node| text(node, "limitations")),
            },
            tags: texts(root, "tags"),
            objects: OnceLock::new(),
            servers: each(root, "servers", server),
            sla: each(root, "slaProperties", sla),
            roles: each(root, "roles", role),
            team: team(root),
            support: each(root, "support", support),
            price: root.get("price").map(price),
            custom: custom(root),
            document,
        })
    }
}

impl Product {
    /// The typed view of a document; `None` where it lacks what a product can't be without.
    #[must_use]
    pub fn view(document: Document) -> Option<Self> {
        let root = &document.root;
        Some(Self {
            id: text(root, "id")?,
            name: text(root, "name"),
            version: text(root, "version"),
            api_version: text(root, "apiVersion")?,
            status: status(root),
            domain: text(root, "domain"),
            purpose: root
                .get("description")
                .and_then(|node| text(node, "purpose")),
            tags: texts(root, "tags"),
            input_ports: each(root, "inputPorts", port),
            output_ports: each(root, "outputPorts", port),
            team: team(root),
            support: each(root, "support", support),
            custom: custom(root),
            document,
        })
    }
}

pub(super) fn objects(root: &Node) -> Vec<Element> {
    each(root, "schema", element)
}

fn status(root: &Node) -> String {
    text(root, "status").map_or_else(String::new, |status| lifecycle::word(&status))
}

fn text(node: &Node, key: &str) -> Option<String> {
    node.get(key)?.as_str().map(str::to_owned)
}

fn texts(node: &Node, key: &str) -> Vec<String> {
    let items = node.get(key).map(Node::items).unwrap_or_default();
    items
        .iter()
        .filter_map(|item| item.as_str().map(str::to_owned))
        .collect()
}

fn flag(node: &Node, key: &str) -> bool {
    node.get(key).and_then(Node::as_bool).unwrap_or(false)
}

/// The mappings of a list; nothing else has a view.
fn each<T>(node: &Node, key: &str, view: impl Fn(&Node) -> T) -> Vec<T> {
    let items = node.get(key).map(Node::items).unwrap_or_default();
    let mut views: Vec<T> = items
        .iter()
        .filter(|item| matches!(item.value, Value::Map(_)))
        .map(view)
        .collect();
    // A list of one would keep room for four: of elements, several kilobytes.
    views.shrink_to_fit();
    views
}

fn custom(node: &Node) -> BTreeMap<String, Json> {
    let mut found = BTreeMap::new();
    for item in node
        .get("customProperties")
        .map(Node::items)
        .unwrap_or_default()
    {
        if let Some(property) = text(item, "property") {
            let value = item.get("value").map_or(Json::Null, Node::to_json);
            found.entry(property).or_insert(value);
        }
    }
    found
}

/// One text, or several: how relationships name properties.
fn one_or_more(node: Option<&Node>) -> Vec<String> {
    match node.map(|node| &node.value) {
        Some(Value::String(one)) => vec![one.to_string()],
        Some(Value::List(items)) => items
            .iter()
            .filter_map(|item| item.as_str().map(str::to_owned))
            .collect(),
        _ => Vec::new(),
    }
}

fn element(node: &Node) -> Element {
    let custom = custom(node);
    Element {
        span: node.span,
        id: text(node, "id"),
        name: text(node, "name").unwrap_or_default(),
        name_span: node.get("name").map_or(node.span, |name| name.span),
        physical_name: text(node, "physicalName"),
        logical_type: text(node, "logicalType"),
        physical_type: text(node, "physicalType"),
        options: options(node),
        allowed: allowed(node, &custom),
        examples: examples(node),
        required: flag(node, "required"),
        unique: flag(node, "unique"),
        primary_key: flag(node, "primaryKey"),
        partitioned: flag(node, "partitioned"),
        critical: flag(node, "criticalDataElement"),
        classification: text(node, "classification"),
        encrypted_name: text(node, "encryptedName"),
        business_name: text(node, "businessName"),
        description: text(node, "description"),
        tags: texts(node, "tags"),
        semantic_type: custom
            .get("semanticType")
            .and_then(Json::as_str)
            .map(str::to_owned),
        transform: Transform {
            logic: text(node, "transformLogic"),
            description: text(node, "transformDescription"),
            sources: texts(node, "transformSourceObjects"),
        },
        relationships: each(node, "relationships", relationship),
        quality: each(node, "quality", quality),
        custom,
        properties: each(node, "properties", element),
        items: inner(node.get("items")),
        map_key: inner(node.get("map").and_then(|map| map.get("key"))),
        map_value: inner(node.get("map").and_then(|map| map.get("value"))),
    }
}

fn inner(node: Option<&Node>) -> Option<Box<Element>> {
    node.map(|node| Box::new(element(node)))
}

fn options(node: &Node) -> BTreeMap<String, Json> {
    let options = node.get("logicalTypeOptions");
    options
        .map(Node::entries)
        .unwrap_or_default()
        .iter()
        .map(|entry| (entry.key.to_string(), entry.node.to_json()))
        .collect()
}

fn examples(node: &Node) -> Vec<Json> {
    let items = node.get("examples").map(Node::items).unwrap_or_default();
    items.iter().map(Node::to_json).collect()
}

/// 3.2 lists objects with a `value`; before it, the custom property `enum` lists the values.
fn allowed(node: &Node, custom: &BTreeMap<String, Json>) -> Option<Vec<Json>> {
    if let Some(list) = node.get("enum") {
        let values = list.items().iter().map(|item| match item.get("value") {
            Some(value) => value.to_json(),
            None => item.to_json(),
        });
        return Some(values.collect());
    }
    custom.get("enum").and_then(Json::as_array).cloned()
}

fn relationship(node: &Node) -> Relationship {
    Relationship {
        span: node.span,
        kind: text(node, "type").unwrap_or_else(|| "foreignKey".to_owned()),
        from: one_or_more(node.get("from")),
        to: one_or_more(node.get("to")),
    }
}

fn quality(node: &Node) -> Quality {
    let bounds = node
        .entries()
        .iter()
        .filter(|entry| entry.key.starts_with("must"))
        .map(|entry| (entry.key.to_string(), entry.node.to_json()))
        .collect();
    Quality {
        span: node.span,
        id: text(node, "id"),
        name: text(node, "name"),
        kind: text(node, "type").unwrap_or_else(|| "library".to_owned()),
        metric: text(node, "metric").or_else(|| text(node, "rule")),
        query: text(node, "query"),
        dimension: text(node, "dimension"),
        severity: text(node, "severity"),
        unit: text(node, "unit"),
        bounds,
    }
}

fn server(node: &Node) -> Server {
    let custom = custom(node);
    let of_custom = |property: &str| {
        custom
            .get(property)
            .and_then(Json::as_str)
            .map(str::to_owned)
    };
    Server {
        span: node.span,
        name: text(node, "server").unwrap_or_default(),
        kind: text(node, "type").unwrap_or_default(),
        schema: text(node, "schema")
            .or_else(|| text(node, "dataset"))
            .or_else(|| text(node, "namespace")),
        catalog: text(node, "catalog").or_else(|| text(node, "database")),
        format: text(node, "format"),
        region: text(node, "region")
            .or_else(|| text(node, "regionName"))
            .or_else(|| of_custom("region")),
        environment: text(node, "environment"),
        custom,
    }
}

fn sla(node: &Node) -> SlaProperty {
    SlaProperty {
        span: node.span,
        id: text(node, "id"),
        property: text(node, "property").unwrap_or_default(),
        value: node.get("value").map_or(Json::Null, Node::to_json),
        value_ext: node.get("valueExt").map(Node::to_json),
        unit: text(node, "unit"),
        element: text(node, "element"),
        driver: text(node, "driver"),
        schedule: text(node, "schedule"),
    }
}

fn role(node: &Node) -> Role {
    Role {
        span: node.span,
        name: text(node, "role").unwrap_or_default(),
        access: text(node, "access"),
        first_approvers: text(node, "firstLevelApprovers"),
        second_approvers: text(node, "secondLevelApprovers"),
    }
}

/// `team` is a list of people (3.0), or a team with `members` (3.1 and later).
fn team(root: &Node) -> Vec<TeamMember> {
    let Some(team) = root.get("team") else {
        return Vec::new();
    };
    let members = match team.get("members") {
        Some(members) => members.items(),
        None => team.items(),
    };
    members
        .iter()
        .map(|node| TeamMember {
            span: node.span,
            username: text(node, "username").unwrap_or_default(),
            name: text(node, "name"),
            role: text(node, "role"),
            date_in: text(node, "dateIn"),
            date_out: text(node, "dateOut"),
        })
        .collect()
}

fn support(node: &Node) -> Support {
    Support {
        span: node.span,
        channel: text(node, "channel").unwrap_or_default(),
        url: text(node, "url"),
        tool: text(node, "tool"),
    }
}

fn price(node: &Node) -> Price {
    let amount = match node.get("priceAmount").map(|amount| &amount.value) {
        Some(Value::Number(number)) => Some(number.clone()),
        _ => None,
    };
    Price {
        span: node.span,
        amount,
        currency: text(node, "priceCurrency"),
        unit: text(node, "priceUnit"),
    }
}

fn port(node: &Node) -> Port {
    Port {
        span: node.span,
        name: text(node, "name").unwrap_or_default(),
        version: text(node, "version"),
        contract_id: text(node, "contractId"),
    }
}
