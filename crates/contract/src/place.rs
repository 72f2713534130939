//! Where a value of a document is: its span, and the path by which people know it.

use std::borrow::Cow;

use zonecut_diagnostics::Span;

use crate::node::{Node, Value};

/// One step down a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step<'a> {
    /// Into a mapping.
    Key(Cow<'a, str>),
    /// Into a sequence.
    Index(usize),
}

impl<'a> Step<'a> {
    /// Into the mapping's value of `key`.
    #[must_use]
    pub const fn key(key: &'a str) -> Self {
        Self::Key(Cow::Borrowed(key))
    }
}

/// A value found by following steps.
#[derive(Debug)]
pub struct Found<'a> {
    /// The value; the nearest one above where the steps lead nowhere.
    pub node: &'a Node,
    /// The path: `queries.client_ip`, `slaProperties[latency].unit`, `status`.
    pub path: String,
    /// The last key followed, if the last step was one.
    pub key: Option<&'a str>,
    /// Where that key stands.
    pub key_span: Option<Span>,
}

/// Follows `steps` from `root`.
///
/// Within `schema`, the path is that of the element (`queries.answers[].rdata`); the element's own
/// fields are left to the message.
#[must_use]
pub fn find<'a>(root: &'a Node, steps: &[Step<'_>]) -> Found<'a> {
    let mut found = Found {
        node: root,
        path: String::new(),
        key: None,
        key_span: None,
    };
    let in_schema = matches!(steps.first(), Some(Step::Key(key)) if key == "schema");
    let mut section = "";
    for step in steps {
        match step {
            Step::Key(key) => {
                let Some(entry) = found.node.entry(key) else {
                    break;
                };
                found.node = &entry.node;
                found.key = Some(&entry.key);
                found.key_span = Some(entry.key_span);
                if in_schema {
                    descend(&mut found.path, section, key);
                } else {
                    dotted(&mut found.path, key);
                }
                section = &entry.key;
            }
            Step::Index(index) => {
                let Some(item) = found.node.items().get(*index) else {
                    break;
                };
                found.node = item;
                found.key = None;
                found.key_span = None;
                if in_schema {
                    within_schema(&mut found.path, section, item, *index);
                } else {
                    found.path.push_str(&bracketed(section, item, *index));
                }
            }
        }
    }
    found
}

/// What is addressed inside an element: `items` and maps have marks, `quality` and the like a name.
fn descend(path: &mut String, section: &str, key: &str) {
    match (section, key) {
        ("map", "key") => path.push_str("{key}"),
        ("map", "value") => path.push_str("{value}"),
        (_, "items") => path.push_str("[]"),
        _ => {}
    }
}

fn within_schema(path: &mut String, section: &str, item: &Node, index: usize) {
    match section {
        "schema" | "properties" => {
            let name = item.get("name").and_then(Node::as_str);
            let name = name.map_or_else(|| format!("{section}[{index}]"), str::to_owned);
            dotted(path, &name);
        }
        "quality" | "relationships" | "customProperties" => {
            dotted(path, section);
            path.push_str(&bracketed(section, item, index));
        }
        _ => {}
    }
}

fn dotted(path: &mut String, segment: &str) {
    if !path.is_empty() {
        path.push('.');
    }
    path.push_str(segment);
}

/// An item by what it is called in its section, else by where it stands.
fn bracketed(section: &str, item: &Node, index: usize) -> String {
    let keys: &[&str] = match section {
        "slaProperties" | "customProperties" => &["property"],
        "servers" => &["server"],
        "roles" => &["role"],
        "support" => &["channel"],
        "team" | "members" => &["username"],
        "quality" => &["id", "name"],
        "authoritativeDefinitions" => &["type"],
        _ => &["name", "id"],
    };
    let name = keys.iter().find_map(|key| item.get(key)?.as_str());
    match name {
        Some(name) => format!("[{name}]"),
        None => format!("[{index}]"),
    }
}

/// What a value is, in words.
#[must_use]
pub fn describe(node: &Node) -> String {
    match &node.value {
        Value::Null => "nothing".to_owned(),
        Value::Bool(truth) => format!("`{truth}`"),
        Value::Number(number) => format!("the number `{number}`"),
        Value::String(_) => "text".to_owned(),
        Value::Secret(_) => "a secret".to_owned(),
        Value::List(_) => "a list".to_owned(),
        Value::Map(_) => "a mapping".to_owned(),
    }
}
