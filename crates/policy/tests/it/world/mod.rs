//! Generated worlds: small enough that rules often meet, wide enough that every feature occurs.
//!
//! A world is data of the tests' own; it reaches the crate as documents, through its readers.

mod choices;
mod documents;
mod generate;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use zonecut_contract::{read_contract, read_product};
use zonecut_policy::{Agreement, SnapshotInput, read_policies};

pub use choices::Choices;
pub use generate::rule;
use generate::{agreement, contract, product, role_document, rule_document};

pub const USERS: [&str; 4] = ["u0", "u1", "u2", "stranger"];
pub const GROUPS: [&str; 3] = ["g0", "g1", "g2"];
pub const ROLES: [&str; 4] = ["r0", "r1", "r2", "r3"];
pub const DOMAINS: [&str; 2] = ["d0", "d1"];
pub const PURPOSES: [&str; 3] = ["ops", "ir", "research"];
pub const REGIONS: [&str; 2] = ["br", "de"];
pub const CLOUDS: [&str; 2] = ["aws", "own"];
pub const ENGINES: [&str; 3] = ["e0", "e1", "e2"];
pub const CONTRACTS: [&str; 3] = ["c0", "c1", "c2"];
pub const PRODUCTS: [&str; 3] = ["p0", "p1", "p2"];
pub const TAGS: [&str; 2] = ["pii", "billing"];
pub const CLASSES: [&str; 3] = ["public", "internal", "restricted"];
pub const TYPES: [&str; 2] = ["net.client_ip", "dns.qname"];
pub const ACTIONS: [&str; 5] = ["select", "insert", "update", "delete", "manage"];
pub const PATHS: [&str; 9] = [
    "addr", "name", "num", "txt", "s", "s.a", "s.b", "l", "l[].x",
];

/// The moment of every decision, and the ends of ranges around it.
pub fn now() -> DateTime<Utc> {
    moment("2026-06-01T12:00:00Z")
}
pub const EARLIER: &str = "2026-01-01T00:00:00Z";
pub const LATER: &str = "2026-12-01T00:00:00Z";

pub fn moment(text: &str) -> DateTime<Utc> {
    text.parse().expect("a moment")
}

#[derive(Debug, Clone)]
pub struct World {
    pub contracts: Vec<Contract>,
    pub products: Vec<Product>,
    pub roles: Vec<RoleDocument>,
    pub rules: Vec<RuleDocument>,
    pub engines: Vec<Engine>,
    pub agreements: Vec<Agreement>,
}

#[derive(Debug, Clone)]
pub struct Contract {
    pub id: String,
    pub domain: Option<String>,
    pub status: String,
    pub tags: Vec<String>,
    pub roles: Vec<(String, String)>,
    pub columns: Vec<Column>,
}

#[derive(Debug, Clone)]
pub struct Column {
    pub name: String,
    pub logical: &'static str,
    pub tags: Vec<String>,
    pub class: Option<String>,
    pub semantic: Option<String>,
    pub properties: Vec<Column>,
    pub items: Option<Box<Column>>,
}

#[derive(Debug, Clone)]
pub struct Product {
    pub id: String,
    pub domain: String,
    pub contracts: Vec<String>,
}

#[derive(Debug, Clone)]
pub struct RoleDocument {
    pub name: String,
    pub domain: Option<String>,
    /// Role and what it inherits: always of a smaller number, so no circle closes.
    pub roles: Vec<(String, Vec<String>)>,
    /// Role, users, groups.
    pub bindings: Vec<(String, Vec<String>, Vec<String>)>,
}

#[derive(Debug, Clone)]
pub struct RuleDocument {
    pub name: String,
    /// None is a guardrail.
    pub domain: Option<String>,
    pub products: Option<Vec<String>>,
    pub contracts: Option<Vec<String>>,
    pub tags: Option<Vec<String>>,
    pub domains: Option<Vec<String>>,
    pub rules: Vec<Rule>,
}

#[derive(Debug, Clone)]
pub struct Rule {
    pub kind: &'static str,
    pub to: Subjects,
    pub actions: Option<Vec<String>>,
    pub names: Option<Vec<String>>,
    pub tags: Option<Vec<String>>,
    pub classes: Option<Vec<String>>,
    pub types: Option<Vec<String>>,
    pub when: When,
    pub unless: Option<(Subjects, When)>,
    /// A mask document, or the rows of a filter.
    pub what: Value,
}

#[derive(Debug, Clone, Default)]
pub struct Subjects {
    pub users: Option<Vec<String>>,
    pub groups: Option<Vec<String>>,
    pub roles: Option<Vec<String>>,
}

#[derive(Debug, Clone, Default)]
pub struct When {
    pub purposes: Option<Vec<String>>,
    pub regions: Option<Vec<String>>,
    pub clouds: Option<Vec<String>>,
    pub engines: Option<Vec<String>>,
    pub agreement: bool,
    pub from: Option<&'static str>,
    pub until: Option<&'static str>,
}

#[derive(Debug, Clone)]
pub struct Engine {
    pub name: String,
    pub region: Option<String>,
    pub cloud: Option<String>,
    pub purpose: Option<String>,
}

#[derive(Debug, Clone)]
pub struct Question {
    pub user: String,
    pub groups: Vec<String>,
    pub action: String,
    pub engine: Option<String>,
    pub purpose: Option<String>,
    pub contract: String,
    pub object: String,
    pub columns: Option<Vec<String>>,
}

impl World {
    pub fn new(choices: &mut Choices) -> Self {
        let mut engines = vec![Engine {
            name: "e0".into(),
            region: Some("br".into()),
            cloud: Some("own".into()),
            purpose: None,
        }];
        engines.push(Engine {
            name: "e1".into(),
            region: Some("de".into()),
            cloud: None,
            purpose: Some("ops".into()),
        });
        engines.push(Engine {
            name: "e2".into(),
            region: None,
            cloud: Some("aws".into()),
            purpose: None,
        });
        Self {
            contracts: CONTRACTS.iter().map(|id| contract(id, choices)).collect(),
            products: PRODUCTS.iter().map(|id| product(id, choices)).collect(),
            roles: (0..3).map(|index| role_document(index, choices)).collect(),
            rules: (0..=choices.below(7))
                .map(|index| rule_document(index, choices))
                .collect(),
            engines,
            agreements: (0..choices.below(8))
                .map(|index| agreement(index, choices))
                .collect(),
        }
    }

    /// The world as the crate gets it.
    pub fn input(&self) -> SnapshotInput {
        let rules = self.rules.iter().map(RuleDocument::json);
        let holders = self.roles.iter().map(RoleDocument::json);
        let engines = self.engines.iter().map(Engine::json);
        let policies = rules.chain(holders).chain(engines).flat_map(|document| {
            let parsed = read_policies("policy.yaml", document.to_string().as_bytes());
            parsed
                .value
                .unwrap_or_else(|| panic!("{document:#} {:#?}", parsed.findings))
        });
        SnapshotInput {
            serial: 1,
            contracts: self
                .contracts
                .iter()
                .map(|contract| {
                    let parsed = read_contract("c.json", contract.json().to_string().as_bytes());
                    Arc::new(
                        parsed
                            .value
                            .unwrap_or_else(|| panic!("{:#?}", parsed.findings)),
                    )
                })
                .collect(),
            products: self
                .products
                .iter()
                .map(|product| {
                    let parsed = read_product("p.json", product.json().to_string().as_bytes());
                    Arc::new(
                        parsed
                            .value
                            .unwrap_or_else(|| panic!("{:#?}", parsed.findings)),
                    )
                })
                .collect(),
            policies: policies.map(Arc::new).collect(),
            agreements: self.agreements.clone(),
            ..SnapshotInput::default()
        }
    }
}

impl Question {
    pub fn new(choices: &mut Choices) -> Self {
        let columns = choices.chance(60).then(|| {
            let count = choices.below(4);
            (0..count)
                .map(|_| {
                    if choices.chance(4) {
                        "ghost".to_owned()
                    } else {
                        choices.one(&PATHS).to_owned()
                    }
                })
                .collect()
        });
        Self {
            user: choices.one(&USERS).to_owned(),
            groups: GROUPS
                .iter()
                .filter(|_| choices.chance(40))
                .map(|group| (*group).to_owned())
                .collect(),
            action: if choices.chance(75) {
                "select"
            } else {
                choices.one(&ACTIONS)
            }
            .to_owned(),
            engine: choices.chance(70).then(|| {
                if choices.chance(3) {
                    "ghost"
                } else {
                    choices.one(&ENGINES)
                }
                .to_owned()
            }),
            purpose: choices
                .chance(65)
                .then(|| choices.one(&PURPOSES).to_owned()),
            contract: if choices.chance(2) {
                "ghost"
            } else {
                choices.one(&CONTRACTS)
            }
            .to_owned(),
            object: if choices.chance(2) { "ghost" } else { "t" }.to_owned(),
            columns,
        }
    }

    pub fn json(&self) -> Value {
        let mut request = json!({
            "principal": {"user": self.user, "groups": self.groups},
            "action": self.action,
            "objects": [{"contract": self.contract, "object": self.object}],
        });
        let optional = [("engine", &self.engine), ("purpose", &self.purpose)];
        for (key, value) in optional {
            if let Some(value) = value {
                request[key] = json!(value);
            }
        }
        if let Some(columns) = &self.columns {
            request["objects"][0]["columns"] = json!(columns);
        }
        request
    }
}
