//! What `$ref` means within one document.

use std::collections::HashMap;

use zonecut_contract::place::Step;
use zonecut_contract::{Node, Value};

/// A document's schemas by the names that references use.
#[derive(Debug)]
pub(super) struct References<'a> {
    root: &'a Node,
    /// The document's own address, without a fragment.
    base: Option<&'a str>,
    /// Schemas by identifier or anchor, as written and as resolved against the base.
    named: HashMap<String, &'a Node>,
}

impl<'a> References<'a> {
    pub(super) fn of(root: &'a Node) -> Self {
        let base = identifier(root);
        let mut references = Self {
            root,
            base,
            named: HashMap::new(),
        };
        references.collect(root);
        references
    }

    fn collect(&mut self, node: &'a Node) {
        for anchor in ["$anchor", "$dynamicAnchor"] {
            if let Some(name) = node.get(anchor).and_then(Node::as_str) {
                self.named.entry(format!("#{name}")).or_insert(node);
            }
        }
        if let Some(name) = identifier(node) {
            self.named.entry(name.to_owned()).or_insert(node);
            self.named.entry(self.absolute(name)).or_insert(node);
        }
        for entry in node.entries() {
            // Values under these are data, not schemas.
            if !matches!(
                entry.key.as_str(),
                "enum" | "const" | "default" | "examples"
            ) {
                self.collect(&entry.node);
            }
        }
        for item in node.items() {
            self.collect(item);
        }
    }

    /// The schema that a reference means; nothing when it is not in this document.
    pub(super) fn resolve(&self, reference: &str) -> Option<&'a Node> {
        let absolute = self.absolute(reference);
        let known = |name: &str| self.named.get(name).copied();
        if reference == "#" || Some(reference.trim_end_matches('#')) == self.base {
            return Some(self.root);
        }
        known(reference)
            .or_else(|| known(&absolute))
            .or_else(|| known(absolute.trim_end_matches('#')))
            .or_else(|| self.pointed(reference))
    }

    fn pointed(&self, reference: &str) -> Option<&'a Node> {
        let (address, pointer) = reference.split_once('#')?;
        let start = if address.is_empty() || Some(address) == self.base {
            self.root
        } else {
            let absolute = self.absolute(address);
            *self
                .named
                .get(address)
                .or_else(|| self.named.get(&absolute))?
        };
        follow(start, pointer)
    }

    /// An address as it reads from the document's own: the last segment is replaced.
    fn absolute(&self, reference: &str) -> String {
        let Some(base) = self.base else {
            return reference.to_owned();
        };
        if reference.starts_with('#') {
            return format!("{}{reference}", base.trim_end_matches('#'));
        }
        if reference.contains("://") || reference.starts_with("urn:") {
            return reference.to_owned();
        }
        let folder = base.rfind('/').and_then(|slash| base.get(..=slash));
        format!("{}{reference}", folder.unwrap_or_default())
    }
}

/// The identifier that a schema gives itself: `$id`, in draft 4 `id`.
fn identifier(node: &Node) -> Option<&str> {
    node.get("$id").or_else(|| node.get("id"))?.as_str()
}

fn follow<'a>(start: &'a Node, pointer: &str) -> Option<&'a Node> {
    segments(pointer).try_fold(start, |node, segment| match &node.value {
        Value::List(items) => items.get(segment.parse::<usize>().ok()?),
        _ => node.get(&segment),
    })
}

/// The steps of a JSON pointer through a document.
pub(super) fn steps(root: &Node, pointer: &str) -> Vec<Step<'static>> {
    let mut node = Some(root);
    segments(pointer)
        .map(|segment| {
            let list = node.is_some_and(|node| matches!(node.value, Value::List(_)));
            let index = segment.parse::<usize>().ok().filter(|_| list);
            node = node.and_then(|node| match index {
                Some(index) => node.items().get(index),
                None => node.get(&segment),
            });
            index.map_or_else(|| Step::Key(segment.into()), Step::Index)
        })
        .collect()
}

fn segments(pointer: &str) -> impl Iterator<Item = String> {
    let unescaped = |segment: &str| {
        percent_decoded(segment)
            .replace("~1", "/")
            .replace("~0", "~")
    };
    pointer.split('/').skip(1).map(unescaped)
}

/// Pointers in references are parts of addresses, so some letters are written `%xx`.
fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let hex = tail.get(..2).filter(|_| *first == b'%');
        let code = hex
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() {
            tail.get(2..).unwrap_or_default()
        } else {
            tail
        };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}
