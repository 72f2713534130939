//! Every key that the official schemas know, changed alone, is exactly one fact.
//!
//! The schemas are walked to every place where a key may stand. There, the smallest valid document
//! with the key is compared with the one without it, and with the one that gives it another value.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};
use zonecut_contract::{Contract, Product, read_contract, read_product};
use zonecut_evolution::{FactKind, diff, diff_products};

use crate::official::{Schema, Shape};
use crate::support::repository;

/// Keys that say which entry of a list this is: with another value it is another entry.
const NAMES: [&str; 16] = [
    "name",
    "property",
    "role",
    "server",
    "username",
    "value",
    "synonym",
    "question",
    "id",
    "url",
    "metric",
    "rule",
    "query",
    "element",
    "channel",
    "constraint",
];

/// How deep elements may stand inside elements: deeper ones are the same again.
const NESTING: usize = 2;

/// What was edited: in the object `owner`, `key` turned from one value into another.
struct Edit<'e> {
    place: String,
    key: &'e str,
    owners: (Value, Value),
    before: Option<Value>,
    after: Option<Value>,
}

/// A fact, as far as it matters here.
struct Seen {
    kind: FactKind,
    at: String,
    before: Option<Value>,
    after: Option<Value>,
}

struct Walk<'w> {
    schema: &'w Schema,
    compare: &'w dyn Fn(&Value, &Value) -> Option<Vec<Seen>>,
    known: BTreeSet<String>,
    tried: BTreeSet<String>,
    /// Keys that must be there with the only value they have, but for what is inside it.
    still: BTreeSet<String>,
    finished: BTreeSet<(String, String)>,
    wrong: Vec<String>,
}

impl Walk<'_> {
    /// Tries every key of an object at one place. `whole` puts an object there.
    fn object(&mut self, schema: &Value, place: &str, whole: &dyn Fn(Value) -> Value) {
        let elements = ["properties", "items", "key", "value"];
        let nested = place
            .split('/')
            .filter(|part| elements.contains(part))
            .count();
        if nested > NESTING {
            return;
        }
        let schemas = self.schema;
        for shape in schemas.shapes(schema) {
            for (key, of_key) in &shape.keys {
                let here = format!("{place}/{key}");
                self.known.insert(here.clone());
                let base = schemas.smallest(&shape);
                if !self.tried.contains(&here) && self.key(&base, &shape, key, of_key, place, whole)
                {
                    self.tried.insert(here.clone());
                }
                // Another shape is another chance only for what no document has reached yet.
                let walk = (here.clone(), of_key.to_string());
                if !self.finished.contains(&walk) {
                    self.inner(of_key, &here, &|value| {
                        let mut object = base.clone();
                        object.insert(key.clone(), value);
                        whole(Value::Object(object))
                    });
                    if self.is_finished(&here) {
                        self.finished.insert(walk);
                    }
                }
            }
        }
    }

    fn is_finished(&self, place: &str) -> bool {
        let inside = format!("{place}/");
        self.known
            .range(inside.clone()..)
            .take_while(|known| known.starts_with(&inside))
            .all(|known| self.tried.contains(known) || self.still.contains(known))
    }

    /// Goes on inside the value of a key.
    fn inner(&mut self, schema: &Value, place: &str, whole: &dyn Fn(Value) -> Value) {
        let schema = self.schema.resolve(schema);
        let ways = ["oneOf", "anyOf"]
            .iter()
            .find_map(|choice| schema[choice].as_array());
        if let Some(ways) = ways {
            for way in ways {
                self.inner(way, place, whole);
            }
        } else if schema["type"] == "array" {
            let items = self.schema.resolve(&schema["items"]);
            self.inner(items, place, &|item| whole(json!([item])));
        } else if self
            .schema
            .shapes(schema)
            .iter()
            .any(|shape| !shape.keys.is_empty())
        {
            self.object(schema, place, whole);
        }
    }

    /// Compares an object with and without the key, and with another value of it. False where no
    /// valid document has it here.
    fn key(
        &mut self,
        base: &Map<String, Value>,
        shape: &Shape,
        key: &str,
        schema: &Value,
        place: &str,
        whole: &dyn Fn(Value) -> Value,
    ) -> bool {
        let candidates = match shape.fixed.get(key) {
            // What makes the object this way: the same object may be another way.
            Some(fixed) => self
                .schema
                .words(schema)
                .map(|word| (fixed.clone(), word))
                .collect(),
            None => self.schema.candidates(schema),
        };
        candidates
            .iter()
            .any(|(one, other)| self.pair(base, shape, key, (one, other), place, whole))
    }

    /// The same with two given values.
    fn pair(
        &mut self,
        base: &Map<String, Value>,
        shape: &Shape,
        key: &str,
        (one, other): (&Value, &Value),
        place: &str,
        whole: &dyn Fn(Value) -> Value,
    ) -> bool {
        let with = |value: Option<&Value>| {
            let mut object = base.clone();
            object.remove(key);
            object.extend(value.map(|value| (key.to_owned(), value.clone())));
            Value::Object(object)
        };
        let mut tried = false;
        let mut pairs = Vec::new();
        if !shape.fixed.contains_key(key) && !shape.required.contains(key) {
            pairs.extend([(None, Some(one)), (Some(one), None)]);
        }
        if one != other {
            pairs.push((Some(one), Some(other)));
        }
        if pairs.is_empty() {
            self.still.insert(format!("{place}/{key}"));
        }
        for (before, after) in pairs {
            let owners = (with(before), with(after));
            let documents = (whole(owners.0.clone()), whole(owners.1.clone()));
            let Some(facts) = (self.compare)(&documents.0, &documents.1) else {
                continue;
            };
            tried = true;
            let edit = Edit {
                place: format!("{place}/{key}"),
                key,
                owners,
                before: before.cloned(),
                after: after.cloned(),
            };
            if let Err(problem) = is_exactly(&edit, &facts) {
                self.wrong
                    .push(format!("{}: {problem}\n{}", edit.place, documents.1));
            }
        }
        tried
    }
}

/// Whether the facts are the edit: nothing missing, nothing beside it.
fn is_exactly(edit: &Edit<'_>, facts: &[Seen]) -> Result<(), String> {
    let told: Vec<String> = facts
        .iter()
        .map(|fact| {
            format!(
                "{:?} {} {:?} -> {:?}",
                fact.kind, fact.at, fact.before, fact.after
            )
        })
        .collect();
    match facts {
        [fact] => {
            let values = (fact.before.clone(), fact.after.clone());
            let pairs = projections(edit.before.clone(), edit.after.clone());
            let both = edit.before.is_some() && edit.after.is_some();
            let named = fact.kind == FactKind::Renamed || fact.at.ends_with(edit.key);
            let scalar = !both || named || !edit.before.as_ref().is_some_and(is_scalar);
            let spelling = both && fact.kind == FactKind::Respelled;
            if pairs.contains(&values) && scalar && !spelling {
                return Ok(());
            }
        }
        [removed, added] => {
            let entries = removed.before.as_ref() == Some(&edit.owners.0)
                && added.after.as_ref() == Some(&edit.owners.1);
            let kinds = removed.kind == FactKind::Removed && added.kind == FactKind::Added;
            let items = projections(edit.before.clone(), None)
                .contains(&(removed.before.clone(), None))
                && projections(None, edit.after.clone()).contains(&(None, added.after.clone()));
            let list = edit.before.as_ref().is_some_and(Value::is_array);
            if kinds && ((entries && NAMES.contains(&edit.key)) || (items && list)) {
                return Ok(());
            }
        }
        _ => {}
    }
    Err(format!("{} facts: {told:#?}", facts.len()))
}

fn is_scalar(value: &Value) -> bool {
    !value.is_array() && !value.is_object()
}

/// The two values, and what is inside them where that is one thing only.
fn projections(before: Option<Value>, after: Option<Value>) -> Vec<(Option<Value>, Option<Value>)> {
    let only = |value: &Value| match value {
        Value::Array(items) if items.len() == 1 => Some(items[0].clone()),
        Value::Object(keys) if keys.len() == 1 => keys.values().next().cloned(),
        _ => None,
    };
    let mut pairs = vec![(before, after)];
    while let Some((before, after)) = pairs.last() {
        let inner = (
            before.as_ref().and_then(only),
            after.as_ref().and_then(only),
        );
        if inner == (None, None)
            || inner.0.is_some() != before.is_some()
            || inner.1.is_some() != after.is_some()
        {
            break;
        }
        pairs.push(inner);
    }
    pairs
}

fn seen(facts: Vec<zonecut_evolution::Fact<'_>>) -> Vec<Seen> {
    let facts = facts.into_iter().map(|fact| Seen {
        kind: fact.kind,
        at: fact.field.clone().unwrap_or_else(|| fact.path.clone()),
        before: fact.before.map(zonecut_contract::Node::to_json),
        after: fact.after.map(zonecut_contract::Node::to_json),
    });
    facts.collect()
}

/// A document that the schema accepts; anything else proves nothing.
fn contract(document: &Value) -> Option<Contract> {
    let parsed = read_contract("c", document.to_string().as_bytes());
    parsed.value.filter(|_| parsed.findings.is_empty())
}

fn data_product(document: &Value) -> Option<Product> {
    let parsed = read_product("p", document.to_string().as_bytes());
    parsed.value.filter(|_| parsed.findings.is_empty())
}

fn every_key(
    file: &str,
    edition: &'static str,
    compare: &dyn Fn(&Value, &Value) -> Option<Vec<Seen>>,
) -> usize {
    let path = repository().join("crates/contract/schemas").join(file);
    let text = std::fs::read_to_string(path).unwrap();
    let schema = Schema(serde_json::from_str(&text).unwrap(), edition);
    let mut walk = Walk {
        schema: &schema,
        compare,
        known: BTreeSet::new(),
        tried: BTreeSet::new(),
        still: BTreeSet::new(),
        finished: BTreeSet::new(),
        wrong: Vec::new(),
    };
    walk.object(&schema.0, "", &|document| document);
    let touched = &walk.tried | &walk.still;
    let untried: Vec<_> = walk.known.difference(&touched).collect();
    assert!(
        untried.is_empty(),
        "{file}: no valid document has {untried:#?}"
    );
    assert!(
        walk.wrong.is_empty(),
        "{file}: {} of {} keys:\n{}",
        walk.wrong.len(),
        walk.tried.len(),
        walk.wrong.join("\n")
    );
    walk.tried.len()
}

#[test]
fn every_key_of_odcs_is_a_fact() {
    for (file, edition) in [
        ("odcs-v3.0.2.json", "v3.0.2"),
        ("odcs-v3.1.0.json", "v3.1.0"),
        ("odcs-v3.2.0.json", "v3.2.0"),
    ] {
        let keys = every_key(file, edition, &|before, after| {
            let (before, after) = (contract(before)?, contract(after)?);
            Some(seen(diff(&before, &after)))
        });
        assert!(keys > 300, "{file}: {keys} keys");
    }
}

#[test]
fn every_key_of_odps_is_a_fact() {
    for (file, edition) in [
        ("odps-v0.9.0.json", "v0.9.0"),
        ("odps-v1.0.0.json", "v1.0.0"),
    ] {
        let keys = every_key(file, edition, &|before, after| {
            let (before, after) = (data_product(before)?, data_product(after)?);
            Some(seen(diff_products(&before, &after)))
        });
        assert!(keys > 80, "{file}: {keys} keys");
    }
}
