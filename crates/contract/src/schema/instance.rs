//! Our tree, as the JSON Schema validator sees it: no copy is made.
//!
//! The view can end at a place of the document: items of lists that begin after it are not seen.
//! That is how a document with more flaws than anybody wants to read is judged in part.

use std::borrow::Cow;

use jsonschema::JsonType;
use jsonschema::json::{Array, Json, JsonNumber, NodeIdentity, Object, unique};
use serde_json::Number;
use zonecut_diagnostics::Span;

use crate::node::{Entry, Node, Value};

/// A value, and where the view of the document ends.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    node: &'a Node,
    until: Span,
}

/// After every place of every document.
const NOWHERE: Span = Span {
    line: u32::MAX,
    column: u32::MAX,
};

impl<'a> View<'a> {
    /// All of it.
    pub const fn whole(node: &'a Node) -> Self {
        Self {
            node,
            until: NOWHERE,
        }
    }

    /// What begins no later than `until`.
    pub const fn part(node: &'a Node, until: Span) -> Self {
        Self { node, until }
    }
}

/// The representation of JSON that [`Node`] is.
#[derive(Debug)]
pub struct Tree;

impl Json for Tree {
    type Node<'a> = View<'a>;
    type PreparedKey = String;
    type StringBuffer = Option<Node>;

    const ACYCLIC: bool = true;

    fn prepare_key(key: &str) -> String {
        key.to_owned()
    }

    fn with_string_node<T>(
        buffer: &mut Option<Node>,
        string: &str,
        call: impl FnOnce(View<'_>) -> T,
    ) -> T {
        call(View::whole(buffer.insert(Node {
            span: Span::START,
            value: Value::String(string.to_owned()),
        })))
    }
}

/// A number of the tree.
#[derive(Debug)]
pub struct TreeNumber<'a>(&'a Number);

impl JsonNumber for TreeNumber<'_> {
    fn as_u64(&self) -> Option<u64> {
        self.0.as_u64()
    }

    fn as_i64(&self) -> Option<i64> {
        self.0.as_i64()
    }

    fn as_f64(&self) -> Option<f64> {
        self.0.as_f64()
    }

    fn as_str(&self) -> Cow<'_, str> {
        Cow::Owned(self.0.to_string())
    }

    fn to_number(&self) -> Cow<'_, Number> {
        Cow::Borrowed(self.0)
    }
}

impl<'a> jsonschema::json::Node<'a, Tree> for View<'a> {
    type Object = Members<'a>;
    type Array = Items<'a>;
    type Number = TreeNumber<'a>;

    fn as_object(&self) -> Option<Members<'a>> {
        match &self.node.value {
            Value::Map(entries) => Some(Members {
                entries,
                until: self.until,
            }),
            _ => None,
        }
    }

    fn as_array(&self) -> Option<Items<'a>> {
        match &self.node.value {
            Value::List(items) => Some(Items::seen(items, self.until)),
            _ => None,
        }
    }

    fn as_string(&self) -> Option<Cow<'a, str>> {
        match &self.node.value {
            Value::String(text) => Some(Cow::Borrowed(text)),
            _ => None,
        }
    }

    fn as_number(&self) -> Option<TreeNumber<'a>> {
        match &self.node.value {
            Value::Number(number) => Some(TreeNumber(number)),
            _ => None,
        }
    }

    fn as_boolean(&self) -> Option<bool> {
        self.node.as_bool()
    }

    fn is_null(&self) -> bool {
        matches!(self.node.value, Value::Null)
    }

    fn json_type(&self) -> JsonType {
        match &self.node.value {
            Value::Null => JsonType::Null,
            Value::Bool(_) => JsonType::Boolean,
            Value::Number(_) => JsonType::Number,
            Value::String(_) => JsonType::String,
            Value::List(_) => JsonType::Array,
            Value::Map(_) => JsonType::Object,
        }
    }

    fn equals_value(&self, expected: &serde_json::Value) -> bool {
        match (&self.node.value, expected) {
            (Value::String(text), serde_json::Value::String(wanted)) => text == wanted,
            (Value::String(_), _) | (_, serde_json::Value::String(_)) => false,
            _ => self.node.to_json() == *expected,
        }
    }

    /// Only errors ask for this, and findings quote the tree themselves: nothing is copied.
    fn to_value(&self) -> Cow<'a, serde_json::Value> {
        Cow::Owned(serde_json::Value::Null)
    }

    fn identity(&self) -> Option<NodeIdentity> {
        Some(NodeIdentity::new(
            std::ptr::from_ref::<Node>(self.node).addr(),
        ))
    }
}

/// The members of a mapping, in the order of the document.
#[derive(Debug)]
pub struct Members<'a> {
    entries: &'a [Entry],
    until: Span,
}

impl<'a> Object<'a, Tree> for Members<'a> {
    type Node = View<'a>;
    type MemberName = &'a str;
    type MembersIter = MembersIter<'a>;

    fn len(&self) -> usize {
        self.entries.len()
    }

    fn get(&self, key: &String) -> Option<View<'a>> {
        let entry = self.entries.iter().find(|entry| entry.key == *key)?;
        Some(View::part(&entry.node, self.until))
    }

    fn members(&self) -> MembersIter<'a> {
        MembersIter {
            entries: self.entries.iter(),
            until: self.until,
        }
    }
}

/// Steps through the members of a mapping.
#[derive(Debug)]
pub struct MembersIter<'a> {
    entries: std::slice::Iter<'a, Entry>,
    until: Span,
}

impl<'a> Iterator for MembersIter<'a> {
    type Item = (&'a str, View<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        let entry = self.entries.next()?;
        Some((&entry.key, View::part(&entry.node, self.until)))
    }
}

/// The items of a list that the view reaches, the first always among them: a list that is cut short
/// must not seem empty.
#[derive(Debug)]
pub struct Items<'a> {
    items: &'a [Node],
    until: Span,
}

impl<'a> Items<'a> {
    fn seen(items: &'a [Node], until: Span) -> Self {
        let beyond = if until == NOWHERE {
            None
        } else {
            items.iter().skip(1).position(|item| item.span > until)
        };
        let length = beyond.map_or(items.len(), |index| index + 1);
        Self {
            items: items.get(..length).unwrap_or_default(),
            until,
        }
    }
}

impl<'a> Array<'a, Tree> for Items<'a> {
    type Node = View<'a>;
    type ElementsIter = ItemsIter<'a>;

    fn len(&self) -> usize {
        self.items.len()
    }

    fn elements(&self) -> ItemsIter<'a> {
        ItemsIter {
            items: self.items.iter(),
            until: self.until,
        }
    }

    fn is_unique(&self) -> bool {
        let values: Vec<_> = self.items.iter().map(Node::to_json).collect();
        unique::is_unique(&values)
    }
}

/// Steps through the items of a list.
#[derive(Debug)]
pub struct ItemsIter<'a> {
    items: std::slice::Iter<'a, Node>,
    until: Span,
}

impl<'a> Iterator for ItemsIter<'a> {
    type Item = View<'a>;

    fn next(&mut self) -> Option<View<'a>> {
        Some(View::part(self.items.next()?, self.until))
    }
}
