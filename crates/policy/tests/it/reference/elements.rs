//! Elements of a contract and masks, as the reference sees them.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::Look;
use crate::world::{Column, Contract, Rule};

/// Something inside an object, with what it inherits.
#[derive(Clone)]
pub struct Element<'a> {
    pub column: &'a Column,
    /// Its own path and those of what it is in.
    pub paths: Vec<String>,
    pub tags: BTreeSet<&'a str>,
    pub class: Option<&'a str>,
}

pub struct Leaf<'a> {
    pub path: String,
    /// From the top-level column down to the leaf itself.
    pub chain: Vec<Element<'a>>,
}

pub fn leaves(contract: &Contract) -> Vec<Leaf<'_>> {
    let tags: BTreeSet<&str> = contract.tags.iter().map(String::as_str).collect();
    let mut found = Vec::new();
    for column in &contract.columns {
        descend(
            column,
            column.name.clone(),
            &Vec::new(),
            &tags,
            None,
            &mut found,
        );
    }
    found
}

pub fn descend<'a>(
    column: &'a Column,
    path: String,
    above: &[Element<'a>],
    tags: &BTreeSet<&'a str>,
    class: Option<&'a str>,
    found: &mut Vec<Leaf<'a>>,
) {
    let mut tags = tags.clone();
    tags.extend(column.tags.iter().map(String::as_str));
    let class = column.class.as_deref().or(class);
    let mut paths = above
        .last()
        .map(|element| element.paths.clone())
        .unwrap_or_default();
    paths.push(path.clone());
    let mut chain = above.to_vec();
    chain.push(Element {
        column,
        paths,
        tags: tags.clone(),
        class,
    });
    for inner in &column.properties {
        descend(
            inner,
            format!("{path}.{}", inner.name),
            &chain,
            &tags,
            class,
            found,
        );
    }
    if let Some(items) = &column.items {
        descend(items, format!("{path}[]"), &chain, &tags, class, found);
    }
    if column.properties.is_empty() && column.items.is_none() {
        found.push(Leaf { path, chain });
    }
}

pub fn picks(rule: &Rule, element: &Element<'_>) -> bool {
    rule.names
        .as_ref()
        .is_none_or(|names| element.paths.iter().any(|path| names.contains(path)))
        && rule
            .tags
            .as_ref()
            .is_none_or(|tags| tags.iter().any(|tag| element.tags.contains(tag.as_str())))
        && rule.classes.as_ref().is_none_or(|classes| {
            element
                .class
                .is_some_and(|class| classes.iter().any(|wanted| wanted == class))
        })
        && rule.types.as_ref().is_none_or(|types| {
            element
                .column
                .semantic
                .as_ref()
                .is_some_and(|semantic| types.contains(semantic))
        })
}

/// A container is its leaves together: any denied is denied, all clear is clear, else `null`.
pub fn together(path: &str, looks: &[(&str, Look)]) -> Look {
    let inside: Vec<_> = looks
        .iter()
        .filter(|(leaf, _)| {
            leaf.strip_prefix(path).is_some_and(|rest| {
                rest.is_empty() || rest.starts_with('.') || rest.starts_with('[')
            })
        })
        .collect();
    match inside.as_slice() {
        [] => Look::Denied,
        [(leaf, look)] if *leaf == path => look.clone(),
        many if many.iter().any(|(_, look)| *look == Look::Denied) => Look::Denied,
        many if many.iter().all(|(_, look)| *look == Look::Clear) => Look::Clear,
        _ => Look::Masked(json!({"type": "null"})),
    }
}

pub fn null() -> Value {
    json!({"type": "null"})
}

/// The mask in the words of answers; one without a meaning for the column is `null`.
pub fn meant(mask: &Value, element: &Element<'_>) -> Value {
    let column = element.column;
    let fits = match mask["type"].as_str() {
        Some("ip-prefix") => column.semantic.as_deref() == Some("net.client_ip"),
        Some("domain") => column.semantic.as_deref() == Some("dns.qname"),
        Some("number-bucket") => column.logical == "integer",
        Some(_) => column.logical == "string",
        None => false,
    };
    if fits { mask.clone() } else { null() }
}

pub fn join(a: &Value, b: &Value) -> Value {
    if a == b {
        return a.clone();
    }
    if a["type"] != b["type"] {
        return null();
    }
    let least = |key: &str| Some(a.get(key)?.as_u64()?.min(b.get(key)?.as_u64()?));
    match a["type"].as_str() {
        Some("partial") => {
            json!({"type": "partial", "first": least("first"), "last": least("last")})
        }
        Some("ip-prefix") => {
            let mut joined = json!({"type": "ip-prefix"});
            for key in ["v4", "v6"] {
                if let Some(bits) = least(key) {
                    joined[key] = json!(bits);
                }
            }
            joined
        }
        Some("domain") => {
            let labels = |mask: &Value| match mask["to"].as_str() {
                Some("tld") => 1,
                Some(_) => 2,
                None => mask["labels"].as_u64().expect("labels"),
            };
            match labels(a).min(labels(b)) {
                1 => json!({"type": "domain", "to": "tld"}),
                count => json!({"type": "domain", "labels": count}),
            }
        }
        Some("number-bucket") => {
            let (x, y) = (
                a["size"].as_u64().expect("size"),
                b["size"].as_u64().expect("size"),
            );
            let multiple = (1..=y)
                .map(|times| x * times)
                .find(|multiple| multiple % y == 0);
            json!({"type": "number-bucket", "size": multiple})
        }
        _ => null(),
    }
}
