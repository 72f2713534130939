//! Our tree, as the JSON Schema validator sees it: no copy is made.
//!
//! The view can leave out items of lists that are known to be right. That is how a large document with
//! a flaw is judged in part.

use std::borrow::Cow;

use jsonschema::JsonType;
use jsonschema::json::{Array, Json, JsonNumber, NodeIdentity, Object, unique};
use serde_json::Number;
use zonecut_diagnostics::Span;

use super::survey::Survey;
use crate::node::{Entry, Node, Value};

/// A value, and which items of lists are seen.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    node: &'a Node,
    survey: Option<&'a Survey>,
}

impl<'a> View<'a> {
    /// All of it.
    pub const fn whole(node: &'a Node) -> Self {
        Self { node, survey: None }
    }

    /// What a survey found, or all of it without one.
    pub const fn of(node: &'a Node, survey: Option<&'a Survey>) -> Self {
        Self { node, survey }
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
            value: Value::String(string.into()),
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
                survey: self.survey,
            }),
            _ => None,
        }
    }

    fn as_array(&self) -> Option<Items<'a>> {
        match &self.node.value {
            Value::List(items) => Some(Items {
                list: items,
                seen: self.survey.and_then(|survey| survey.seen(items)),
                survey: self.survey,
            }),
            _ => None,
        }
    }

    fn as_string(&self) -> Option<Cow<'a, str>> {
        match self.node.value.unsealed() {
            Value::String(text) => Some(Cow::Borrowed(text)),
            _ => None,
        }
    }

    fn as_number(&self) -> Option<TreeNumber<'a>> {
        match self.node.value.unsealed() {
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
        match self.node.value.unsealed() {
            Value::Null => JsonType::Null,
            Value::Bool(_) => JsonType::Boolean,
            Value::Number(_) => JsonType::Number,
            Value::String(_) | Value::Secret(_) => JsonType::String,
            Value::List(_) => JsonType::Array,
            Value::Map(_) => JsonType::Object,
        }
    }

    fn equals_value(&self, expected: &serde_json::Value) -> bool {
        match (self.node.value.unsealed(), expected) {
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
    survey: Option<&'a Survey>,
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
        Some(View::of(&entry.node, self.survey))
    }

    fn members(&self) -> MembersIter<'a> {
        MembersIter {
            entries: self.entries.iter(),
            survey: self.survey,
        }
    }
}

/// Steps through the members of a mapping.
#[derive(Debug)]
pub struct MembersIter<'a> {
    entries: std::slice::Iter<'a, Entry>,
    survey: Option<&'a Survey>,
}

impl<'a> Iterator for MembersIter<'a> {
    type Item = (&'a str, View<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        let entry = self.entries.next()?;
        Some((&entry.key, View::of(&entry.node, self.survey)))
    }
}

/// The items of a list that are seen.
#[derive(Debug)]
pub struct Items<'a> {
    list: &'a [Node],
    /// Which ones; all of them where nothing is said.
    seen: Option<&'a [usize]>,
    survey: Option<&'a Survey>,
}

impl<'a> Array<'a, Tree> for Items<'a> {
    type Node = View<'a>;
    type ElementsIter = ItemsIter<'a>;

    fn len(&self) -> usize {
        self.seen.map_or(self.list.len(), <[usize]>::len)
    }

    fn elements(&self) -> ItemsIter<'a> {
        ItemsIter {
            list: self.list,
            seen: self.seen,
            next: 0,
            survey: self.survey,
        }
    }

    fn is_unique(&self) -> bool {
        let values: Vec<_> = self.elements().map(|item| item.node.to_json()).collect();
        unique::is_unique(&values)
    }
}

/// Steps through the items of a list.
#[derive(Debug)]
pub struct ItemsIter<'a> {
    list: &'a [Node],
    seen: Option<&'a [usize]>,
    next: usize,
    survey: Option<&'a Survey>,
}

impl<'a> Iterator for ItemsIter<'a> {
    type Item = View<'a>;

    fn next(&mut self) -> Option<View<'a>> {
        let index = match self.seen {
            Some(seen) => *seen.get(self.next)?,
            None => self.next,
        };
        self.next += 1;
        Some(View::of(self.list.get(index)?, self.survey))
    }
}
