//! Avro schemas, as far as resolution looks at them.

use std::collections::HashMap;

use zonecut_contract::Node;
use zonecut_diagnostics::Span;

/// A schema, and the named types that it refers to.
#[derive(Debug, Default)]
pub(super) struct Schema<'a> {
    pub(super) root: Option<Type<'a>>,
    pub(super) named: HashMap<String, Type<'a>>,
}

/// A type, and where it is stated.
#[derive(Debug, Clone)]
pub(super) struct Type<'a> {
    pub(super) span: Span,
    pub(super) kind: Kind<'a>,
    pub(super) logical: Option<Logical<'a>>,
}

/// What kind of type.
#[derive(Debug, Clone)]
pub(super) enum Kind<'a> {
    /// `null`, `boolean`, `int`, `long`, `float`, `double`, `bytes`, `string`; else a name.
    Word(&'a str),
    Fixed(Name<'a>, u64),
    Enum(Name<'a>, Enum<'a>),
    Array(Box<Type<'a>>),
    Map(Box<Type<'a>>),
    Union(Vec<Type<'a>>),
    Record(Name<'a>, Vec<Field<'a>>),
}

/// The name of a type, with the names it had before.
#[derive(Debug, Clone, Default)]
pub(super) struct Name<'a> {
    pub(super) full: &'a str,
    pub(super) aliases: Vec<&'a str>,
}

#[derive(Debug, Clone)]
pub(super) struct Enum<'a> {
    pub(super) symbols: Vec<&'a str>,
    pub(super) has_default: bool,
}

#[derive(Debug, Clone)]
pub(super) struct Field<'a> {
    pub(super) name: &'a str,
    pub(super) aliases: Vec<&'a str>,
    pub(super) has_default: bool,
    pub(super) kind: Type<'a>,
}

/// A logical type and the numbers that belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Logical<'a> {
    pub(super) name: &'a str,
    pub(super) precision: Option<u64>,
    pub(super) scale: u64,
}

impl<'a> Logical<'a> {
    /// What an attribute list says about it.
    pub(super) fn of(attributes: &'a Node) -> Option<Self> {
        let number = |key| match &attributes.get(key)?.value {
            zonecut_contract::Value::Number(number) => number.as_u64(),
            _ => None,
        };
        Some(Self {
            name: attributes.get("logicalType")?.as_str()?,
            precision: number("precision"),
            scale: number("scale").unwrap_or_default(),
        })
    }
}

impl Name<'_> {
    /// The name without its namespace: what resolution compares.
    pub(super) fn short(&self) -> &str {
        short(self.full)
    }
}

/// A name without its namespace.
pub(super) fn short(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

/// The texts in a list.
pub(super) fn texts(list: Option<&Node>) -> Vec<&str> {
    list.map_or(&[][..], Node::items)
        .iter()
        .filter_map(Node::as_str)
        .collect()
}
