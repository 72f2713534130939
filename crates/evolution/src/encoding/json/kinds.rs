//! The kinds of JSON values.

use zonecut_contract::{Node, Value};

/// A set of kinds of JSON values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Kinds(u8);

impl Kinds {
    pub(super) const NULL: Self = Self(1);
    pub(super) const BOOLEAN: Self = Self(2);
    pub(super) const NUMBER: Self = Self(4);
    pub(super) const STRING: Self = Self(8);
    pub(super) const ARRAY: Self = Self(16);
    pub(super) const OBJECT: Self = Self(32);
    pub(super) const ALL: Self = Self(63);
    pub(super) const NONE: Self = Self(0);

    const EACH: [Self; 6] = [
        Self::NULL,
        Self::BOOLEAN,
        Self::NUMBER,
        Self::STRING,
        Self::ARRAY,
        Self::OBJECT,
    ];

    /// What a `type` keyword names; whether it is one word or a list.
    pub(super) fn named(keyword: &Node) -> Self {
        let one = |node: &Node| match node.as_str() {
            Some("null") => Self::NULL,
            Some("boolean") => Self::BOOLEAN,
            Some("number" | "integer") => Self::NUMBER,
            Some("string") => Self::STRING,
            Some("array") => Self::ARRAY,
            Some("object") => Self::OBJECT,
            _ => Self::NONE,
        };
        match &keyword.value {
            Value::List(items) => items.iter().map(one).fold(Self::NONE, Self::or),
            _ => one(keyword),
        }
    }

    /// The kind of a value.
    pub(super) fn of(value: &Node) -> Self {
        match value.value {
            Value::Null => Self::NULL,
            Value::Bool(_) => Self::BOOLEAN,
            Value::Number(_) => Self::NUMBER,
            Value::String(_) | Value::Secret(_) => Self::STRING,
            Value::List(_) => Self::ARRAY,
            Value::Map(_) => Self::OBJECT,
        }
    }

    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(super) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(super) const fn within(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    pub(super) const fn may_be(self, kind: Self) -> bool {
        !self.and(kind).is_empty()
    }

    /// Its kinds one by one.
    pub(super) fn each(self) -> impl Iterator<Item = Self> {
        Self::EACH
            .into_iter()
            .filter(move |kind| self.may_be(*kind))
    }
}

/// Whether a `type` keyword lets only whole numbers pass, among numbers.
pub(super) fn is_integral(keyword: &Node) -> bool {
    let names = |word| match &keyword.value {
        Value::List(items) => items.iter().any(|item| item.as_str() == Some(word)),
        _ => keyword.as_str() == Some(word),
    };
    names("integer") && !names("number")
}
