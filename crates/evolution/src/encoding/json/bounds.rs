//! Ranges, counts and multiples.

use std::cmp::Ordering;

use zonecut_contract::{Node, Value};

use super::kinds::Kinds;
use super::values::{At, Values, is_everything};
use crate::accepted::Number;

/// One end of a range.
#[derive(Debug, Clone, Copy)]
struct End {
    at: Number,
    open: bool,
}

/// Whether every number among the values keeps a bound.
pub(super) fn range(inner: &Values<'_>, key: &str, keyword: &Node) -> bool {
    if !inner.kinds().may_be(Kinds::NUMBER) {
        return true;
    }
    let low = key.ends_with("inimum");
    let Some(wanted) = end(keyword, key.starts_with("exclusive")) else {
        return true;
    };
    let integral = inner.is_integral();
    let wanted = close(wanted, low, integral);
    let keys = if low {
        ["minimum", "exclusiveMinimum"]
    } else {
        ["maximum", "exclusiveMaximum"]
    };
    let stated = inner.parts.iter().flat_map(|part| {
        keys.iter()
            .filter_map(|key| end(part.get(key)?, key.starts_with("exclusive")))
    });
    let listed = inner.lists().any(|list| {
        list.iter()
            .filter_map(|value| end(value, false))
            .all(|value| keeps(value, wanted, low))
    });
    listed
        || stated
            .map(|stated| close(stated, low, integral))
            .any(|stated| keeps(stated, wanted, low))
}

fn end(node: &Node, open: bool) -> Option<End> {
    let Value::Number(_) = node.value else {
        return None;
    };
    Number::of(node).map(|at| End { at, open })
}

/// Among whole numbers, `> 9` is `>= 10`.
fn close(end: End, low: bool, integral: bool) -> End {
    if !integral || !end.open {
        return end;
    }
    end.at
        .step(if low { 1 } else { -1 })
        .map_or(end, |at| End { at, open: false })
}

fn keeps(stated: End, wanted: End, low: bool) -> bool {
    let order = stated.at.partial_cmp(&wanted.at);
    match (order, low) {
        (Some(Ordering::Equal), _) => stated.open || !wanted.open,
        (Some(Ordering::Greater), true) | (Some(Ordering::Less), false) => true,
        _ => false,
    }
}

/// Whether every number among the values is a multiple.
pub(super) fn multiple(inner: &Values<'_>, keyword: &Node) -> bool {
    let Some(wanted) = Decimal::of(keyword) else {
        return true;
    };
    let one = Decimal {
        digits: 1,
        places: 0,
    };
    let stated = inner.each("multipleOf").filter_map(Decimal::of);
    !inner.kinds().may_be(Kinds::NUMBER)
        || (inner.is_integral() && one.is_multiple_of(wanted))
        || stated
            .into_iter()
            .any(|stated| stated.is_multiple_of(wanted))
        || inner.lists().any(|list| {
            let mut numbers = list
                .iter()
                .filter(|value| Kinds::of(value) == Kinds::NUMBER);
            numbers
                .all(|value| Decimal::of(value).is_some_and(|value| value.is_multiple_of(wanted)))
        })
}

/// Whether the values are multiples of a whole number.
pub(super) fn whole_multiples(inner: &Values<'_>) -> bool {
    inner
        .each("multipleOf")
        .filter_map(Decimal::of)
        .any(|step| step.places == 0)
}

/// A decimal as written: `digits / 10^places`, shortest.
#[derive(Debug, Clone, Copy)]
struct Decimal {
    digits: i128,
    places: u32,
}

impl Decimal {
    fn of(node: &Node) -> Option<Self> {
        let Value::Number(number) = &node.value else {
            return None;
        };
        let text = number.to_string();
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((&text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let fraction = fraction.trim_end_matches('0');
        let exponent: i32 = exponent.parse().ok()?;
        let places = i32::try_from(fraction.len()).ok()?.checked_sub(exponent)?;
        let digits: i128 = format!("{whole}{fraction}").parse().ok()?;
        if places >= 0 {
            return Some(Self {
                digits,
                places: places.unsigned_abs(),
            });
        }
        let scale = 10_i128.checked_pow(places.unsigned_abs())?;
        Some(Self {
            digits: digits.checked_mul(scale)?,
            places: 0,
        })
    }

    fn is_multiple_of(self, step: Self) -> bool {
        let places = self.places.max(step.places);
        let scaled = |number: Self| {
            10_i128
                .checked_pow(places - number.places)
                .and_then(|scale| number.digits.checked_mul(scale))
        };
        match (scaled(self), scaled(step)) {
            (Some(number), Some(step)) => number.checked_rem(step) == Some(0),
            _ => false,
        }
    }
}

/// Whether lengths, items and properties are as many, or as few, as a limit asks.
pub(super) fn count(inner: &Values<'_>, key: &str, keyword: &Node) -> bool {
    let (kind, least) = match key {
        "minLength" => (Kinds::STRING, true),
        "maxLength" => (Kinds::STRING, false),
        "minItems" => (Kinds::ARRAY, true),
        "maxItems" => (Kinds::ARRAY, false),
        "minProperties" => (Kinds::OBJECT, true),
        _ => (Kinds::OBJECT, false),
    };
    let (Some(wanted), true) = (size(keyword), inner.kinds().may_be(kind)) else {
        return true;
    };
    let stated = inner
        .parts
        .iter()
        .filter_map(|part| size(part.get(key)?))
        .chain(implied(inner, key));
    if least {
        wanted == 0 || stated.into_iter().any(|stated| stated >= wanted)
    } else {
        stated.into_iter().any(|stated| stated <= wanted)
    }
}

/// The limit that other keywords set without naming it.
fn implied(inner: &Values<'_>, key: &str) -> Option<u64> {
    let sizes = |lists: &mut dyn Iterator<Item = usize>| lists.max();
    let most = match key {
        "minProperties" => sizes(&mut inner.each("required").map(|list| list.items().len())),
        "minItems" => {
            let contained = inner
                .parts
                .iter()
                .filter(|part| part.get("contains").is_some());
            return contained
                .map(|part| part.get("minContains").and_then(size).unwrap_or(1))
                .max();
        }
        "maxItems" => inner.parts.iter().filter_map(closed_items).min(),
        "maxProperties" => inner.parts.iter().filter_map(closed_properties).min(),
        _ => None,
    };
    most.and_then(|most| u64::try_from(most).ok())
}

fn closed_items(part: &At<'_>) -> Option<usize> {
    let closed = is_false(part.get("items")?);
    closed.then(|| part.get("prefixItems").map_or(0, |list| list.items().len()))
}

fn closed_properties(part: &At<'_>) -> Option<usize> {
    let patterns = part
        .get("patternProperties")
        .is_some_and(|patterns| !is_everything(patterns));
    let closed = is_false(part.get("additionalProperties")?) && !patterns;
    closed.then(|| part.get("properties").map_or(0, |map| map.entries().len()))
}

fn is_false(schema: &Node) -> bool {
    schema.as_bool() == Some(false)
}

/// A count, also where it is written `5.0`.
pub(super) fn size(node: &Node) -> Option<u64> {
    let decimal = Decimal::of(node)?;
    (decimal.places == 0)
        .then(|| u64::try_from(decimal.digits).ok())
        .flatten()
}

/// Whether one number keeps a limit.
pub(super) fn number(key: &str, limit: &Node, value: &Node) -> bool {
    if key == "multipleOf" {
        let (value, step) = (Decimal::of(value), Decimal::of(limit));
        return matches!((value, step), (Some(value), Some(step)) if value.is_multiple_of(step));
    }
    let low = key.ends_with("inimum");
    match (end(value, false), end(limit, key.starts_with("exclusive"))) {
        (Some(value), Some(limit)) => keeps(value, limit, low),
        _ => true,
    }
}

/// Whether a number is whole, also where it is written `5.0`.
pub(super) fn is_whole(value: &Node) -> bool {
    Decimal::of(value).is_some_and(|decimal| decimal.places == 0)
}
