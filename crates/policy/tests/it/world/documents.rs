//! Generated worlds as documents.

use serde_json::{Value, json};

use super::{Column, Contract, Engine, Product, RoleDocument, Rule, RuleDocument, Subjects, When};

/// Adds the keys that have a value.
fn object(pairs: Vec<(&str, Option<Value>)>) -> Option<Value> {
    let map = pairs
        .into_iter()
        .filter_map(|(key, value)| Some((key.to_owned(), value?)))
        .collect::<serde_json::Map<_, _>>();
    (!map.is_empty()).then_some(Value::Object(map))
}

fn list(words: Option<&Vec<String>>) -> Option<Value> {
    words.map(|words| json!(words))
}

impl Subjects {
    fn pairs(&self) -> Vec<(&'static str, Option<Value>)> {
        vec![
            ("users", list(self.users.as_ref())),
            ("groups", list(self.groups.as_ref())),
            ("roles", list(self.roles.as_ref())),
        ]
    }

    pub fn json(&self) -> Option<Value> {
        object(self.pairs())
    }
}

impl When {
    fn pairs(&self) -> Vec<(&'static str, Option<Value>)> {
        let time = object(vec![
            ("from", self.from.map(Into::into)),
            ("until", self.until.map(Into::into)),
        ]);
        vec![
            ("purposes", list(self.purposes.as_ref())),
            ("regions", list(self.regions.as_ref())),
            ("clouds", list(self.clouds.as_ref())),
            ("engines", list(self.engines.as_ref())),
            ("agreement", self.agreement.then(|| json!(true))),
            ("time", time),
        ]
    }

    pub fn json(&self) -> Option<Value> {
        object(self.pairs())
    }
}

impl Rule {
    pub fn json(&self, index: usize) -> Value {
        let columns = object(vec![
            ("names", list(self.names.as_ref())),
            ("tags", list(self.tags.as_ref())),
            ("classifications", list(self.classes.as_ref())),
            ("semanticTypes", list(self.types.as_ref())),
        ]);
        let unless = self
            .unless
            .as_ref()
            .and_then(|(to, when)| object([to.pairs(), when.pairs()].concat()));
        let what = match self.kind {
            "masks" => "mask",
            "filters" => "rows",
            _ => "unused",
        };
        object(vec![
            ("name", Some(json!(format!("{}{index}", self.kind)))),
            ("to", self.to.json()),
            ("actions", list(self.actions.as_ref())),
            ("columns", columns),
            ("when", self.when.json()),
            ("unless", unless),
            (what, Some(self.what.clone()).filter(|what| !what.is_null())),
        ])
        .expect("a name at least")
    }
}

impl RuleDocument {
    pub fn json(&self) -> Value {
        let applies = object(vec![
            ("products", list(self.products.as_ref())),
            ("contracts", list(self.contracts.as_ref())),
            ("tags", list(self.tags.as_ref())),
            ("domains", list(self.domains.as_ref())),
        ]);
        let section = |kind: &str| {
            let rules = self
                .rules
                .iter()
                .enumerate()
                .filter(|(_, rule)| rule.kind == kind);
            let rules = rules
                .map(|(index, rule)| rule.json(index))
                .collect::<Vec<_>>();
            (!rules.is_empty()).then(|| json!(rules))
        };
        let spec = object(vec![
            ("applies", applies),
            ("grants", section("grants")),
            ("denies", section("denies")),
            ("masks", section("masks")),
            ("filters", section("filters")),
        ]);
        let metadata = object(vec![
            ("name", Some(json!(self.name))),
            ("domain", self.domain.as_ref().map(|domain| json!(domain))),
        ]);
        let kind = if self.domain.is_some() {
            "Policy"
        } else {
            "Guardrail"
        };
        json!({"apiVersion": "zonecut/v1", "kind": kind, "metadata": metadata, "spec": spec.unwrap_or_else(|| json!({}))})
    }
}

impl RoleDocument {
    pub fn json(&self) -> Value {
        let roles = self.roles.iter().map(|(role, inherits)| {
            object(vec![
                ("name", Some(json!(role))),
                ("inherits", (!inherits.is_empty()).then(|| json!(inherits))),
            ])
        });
        let bindings = self.bindings.iter().map(|(role, users, groups)| {
            object(vec![
                ("role", Some(json!(role))),
                ("users", (!users.is_empty()).then(|| json!(users))),
                ("groups", (!groups.is_empty()).then(|| json!(groups))),
            ])
        });
        let metadata = object(vec![
            ("name", Some(json!(self.name))),
            ("domain", self.domain.as_ref().map(|domain| json!(domain))),
        ]);
        json!({"apiVersion": "zonecut/v1", "kind": "Roles", "metadata": metadata, "spec": {"roles": roles.collect::<Vec<_>>(), "bindings": bindings.collect::<Vec<_>>()}})
    }
}

impl Engine {
    pub fn json(&self) -> Value {
        let spec = object(vec![
            ("type", Some(json!("trino"))),
            ("region", self.region.as_ref().map(|region| json!(region))),
            ("cloud", self.cloud.as_ref().map(|cloud| json!(cloud))),
            (
                "purpose",
                self.purpose.as_ref().map(|purpose| json!(purpose)),
            ),
        ]);
        json!({"apiVersion": "zonecut/v1", "kind": "Engine", "metadata": {"name": self.name}, "spec": spec})
    }
}

impl Column {
    pub fn json(&self) -> Value {
        let properties = (!self.properties.is_empty())
            .then(|| json!(self.properties.iter().map(Self::json).collect::<Vec<_>>()));
        object(vec![
            ("name", (!self.name.is_empty()).then(|| json!(self.name))),
            ("logicalType", Some(json!(self.logical))),
            ("tags", (!self.tags.is_empty()).then(|| json!(self.tags))),
            (
                "classification",
                self.class.as_ref().map(|class| json!(class)),
            ),
            (
                "customProperties",
                self.semantic
                    .as_ref()
                    .map(|semantic| json!([{"property": "semanticType", "value": semantic}])),
            ),
            ("properties", properties),
            ("items", self.items.as_ref().map(|items| items.json())),
        ])
        .expect("a type at least")
    }
}

impl Contract {
    pub fn json(&self) -> Value {
        let columns = self.columns.iter().map(Column::json).collect::<Vec<_>>();
        let roles = self
            .roles
            .iter()
            .map(|(role, access)| json!({"role": role, "access": access}))
            .collect::<Vec<_>>();
        object(vec![
            ("apiVersion", Some(json!("v3.1.0"))),
            ("kind", Some(json!("DataContract"))),
            ("id", Some(json!(self.id))),
            ("version", Some(json!("1.0.0"))),
            ("status", Some(json!(self.status))),
            ("domain", self.domain.as_ref().map(|domain| json!(domain))),
            ("tags", (!self.tags.is_empty()).then(|| json!(self.tags))),
            ("roles", (!roles.is_empty()).then(|| json!(roles))),
            (
                "schema",
                Some(json!([{"name": "t", "logicalType": "object", "properties": columns}])),
            ),
        ])
        .expect("an id at least")
    }
}

impl Product {
    pub fn json(&self) -> Value {
        let ports = self
            .contracts
            .iter()
            .map(|id| json!({"name": id, "version": "1.0.0", "contractId": id}))
            .collect::<Vec<_>>();
        json!({"apiVersion": "v1.0.0", "kind": "DataProduct", "id": self.id, "name": self.id, "status": "active", "domain": self.domain, "version": "1.0.0", "outputPorts": ports})
    }
}
