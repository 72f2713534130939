//! Keywords that limit a value by what it is.

use zonecut_contract::{Node, Value};

use super::bounds;
use super::kinds::{self, Kinds};
use super::values::{At, Values};
use crate::accepted::Number;
use crate::diff::canonical;

/// Whether the values have no kind that `type` leaves out.
pub(super) fn kind(inner: &Values<'_>, keyword: &Node) -> bool {
    let kinds = inner.kinds();
    let whole = !kinds.may_be(Kinds::NUMBER)
        || !kinds::is_integral(keyword)
        || inner.is_integral()
        || listed_integers(inner)
        || bounds::whole_multiples(inner);
    kinds.within(Kinds::named(keyword)) && whole
}

fn listed_integers(inner: &Values<'_>) -> bool {
    let whole = |value: &Node| Kinds::of(value) != Kinds::NUMBER || bounds::is_whole(value);
    inner.lists().any(|list| list.iter().all(whole))
}

/// Whether every value is one of these.
pub(super) fn list(inner: &Values<'_>, allowed: &[Node]) -> bool {
    let listed = |value: &Node| allowed.iter().any(|other| same_value(value, other));
    if inner.lists().any(|list| list.iter().all(listed)) {
        return true;
    }
    let kinds = inner.kinds();
    let truths = [true, false]
        .iter()
        .all(|truth| allowed.iter().any(|other| other.as_bool() == Some(*truth)));
    let null = allowed
        .iter()
        .any(|other| matches!(other.value, Value::Null));
    kinds.each().all(|kind| match kind {
        Kinds::BOOLEAN => truths,
        Kinds::NULL => null,
        _ => false,
    })
}

/// Whether a keyword that can only be equal is stated by the values too, or is about other kinds.
pub(super) fn same(inner: &Values<'_>, key: &str, keyword: &Node) -> bool {
    let about = match key {
        "$ref" => Kinds::ALL,
        "format" => Kinds::STRING.or(Kinds::NUMBER),
        _ => Kinds::STRING,
    };
    let known = |part: &At<'_>| {
        part.get(key)
            .is_some_and(|own| same_value(own, keyword) || is_narrower(own, keyword))
    };
    !inner.kinds().may_be(about) || inner.parts.iter().any(known)
}

/// The widths of numbers that the formats of others name.
fn is_narrower(own: &Node, keyword: &Node) -> bool {
    matches!(
        (own.as_str(), keyword.as_str()),
        (Some("int32"), Some("int64")) | (Some("float"), Some("double"))
    )
}

/// Whether two values are one: `1` and `1.0` are.
pub(super) fn same_value(a: &Node, b: &Node) -> bool {
    match (&a.value, &b.value) {
        (Value::Number(_), Value::Number(_)) => Number::of(a) == Number::of(b),
        (Value::List(a), Value::List(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_value(a, b))
        }
        (Value::Map(a), Value::Map(other)) => {
            a.len() == other.len()
                && a.iter().all(|entry| {
                    b.get(&entry.key)
                        .is_some_and(|node| same_value(&entry.node, node))
                })
        }
        _ => canonical(a) == canonical(b),
    }
}
