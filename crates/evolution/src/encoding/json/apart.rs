//! Whether values and a schema have nothing in common.

use super::kinds::Kinds;
use super::objects;
use super::scalars::same_value;
use super::values::{At, Values};
use crate::accepted::Number;

/// Properties within each other that are followed.
const DEEPEST: u32 = 8;

/// Whether surely none of the values passes the schema.
pub(super) fn of(inner: &Values<'_>, schema: At<'_>) -> bool {
    apart(inner, &Values::of(schema), DEEPEST)
}

fn apart(a: &Values<'_>, b: &Values<'_>, depth: u32) -> bool {
    let common = a.kinds().and(b.kinds());
    a.is_never()
        || b.is_never()
        || lists(a, b)
        || branches(a, b, depth)
        || (!common.is_empty() && common.each().all(|kind| kind_apart(a, b, kind, depth)))
        || common.is_empty()
}

/// Closed lists with no value in common.
fn lists(a: &Values<'_>, b: &Values<'_>) -> bool {
    a.lists().any(|list| {
        b.lists().any(|other| {
            !list
                .iter()
                .any(|value| other.iter().any(|twin| same_value(value, twin)))
        })
    })
}

/// A choice all of whose branches are apart.
fn branches(a: &Values<'_>, b: &Values<'_>, depth: u32) -> bool {
    depth > 0
        && b.parts.iter().any(|part| {
            ["anyOf", "oneOf"].into_iter().any(|key| {
                part.get(key).is_some()
                    && part
                        .list(key)
                        .all(|branch| apart(a, &Values::of(branch), depth - 1))
            })
        })
}

fn kind_apart(a: &Values<'_>, b: &Values<'_>, kind: Kinds, depth: u32) -> bool {
    match kind {
        Kinds::NUMBER => below(a, b) || below(b, a),
        Kinds::OBJECT => depth > 0 && (told_apart(a, b, depth) || told_apart(b, a, depth)),
        _ => false,
    }
}

/// Whether every number of `a` is less than every number of `b`.
fn below(a: &Values<'_>, b: &Values<'_>) -> bool {
    let ends = |values: &Values<'_>, keys: [(&'static str, bool); 2]| -> Vec<(Number, bool)> {
        keys.into_iter()
            .flat_map(|(key, open)| {
                let numbers: Vec<_> = values.each(key).filter_map(Number::of).collect();
                numbers.into_iter().map(move |number| (number, open))
            })
            .collect()
    };
    let highs = ends(a, [("maximum", false), ("exclusiveMaximum", true)]);
    let lows = ends(b, [("minimum", false), ("exclusiveMinimum", true)]);
    highs.iter().any(|(high, high_open)| {
        lows.iter()
            .any(|(low, low_open)| high < low || (high <= low && (*high_open || *low_open)))
    })
}

/// Whether a name that `a` always has holds there what it can't hold in `b`: a discriminator.
fn told_apart(a: &Values<'_>, b: &Values<'_>, depth: u32) -> bool {
    let names: Vec<&str> = a
        .each("required")
        .flat_map(zonecut_contract::Node::items)
        .filter_map(zonecut_contract::Node::as_str)
        .collect();
    names.into_iter().any(|name| {
        apart(
            &objects::under(a, name),
            &objects::under(b, name),
            depth - 1,
        )
    })
}
