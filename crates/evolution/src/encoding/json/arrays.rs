//! Arrays: their items by position, what they contain, and whether items repeat.

use zonecut_contract::Node;

use super::super::Misfit;
use super::bounds::size;
use super::kinds::Kinds;
use super::values::{At, Values};
use super::walk::Walk;

/// Whether no item repeats, where a reader counts on that.
pub(super) fn unique(inner: &Values<'_>, keyword: &Node) -> bool {
    let alone = inner
        .each("maxItems")
        .any(|most| size(most).is_some_and(|most| most < 2));
    keyword.as_bool() != Some(true)
        || !inner.kinds().may_be(Kinds::ARRAY)
        || alone
        || inner
            .each("uniqueItems")
            .any(|unique| unique.as_bool() == Some(true))
}

/// What of the items is refused, position by position and then the rest.
pub(super) fn items(walk: &mut Walk, inner: &Values<'_>, outer: At<'_>, path: &str) -> Vec<Misfit> {
    if !inner.kinds().may_be(Kinds::ARRAY) {
        return Vec::new();
    }
    let places = inner
        .parts
        .iter()
        .chain([&outer])
        .map(|part| positions(*part))
        .max()
        .unwrap_or_default();
    let most = inner.each("maxItems").filter_map(size).min();
    let mut refused = Vec::new();
    for position in 0..=places {
        let full = most.is_some_and(|most| u64::try_from(position).is_ok_and(|p| p >= most));
        let written = Values::all(inner.parts.iter().filter_map(|part| item(*part, position)));
        if full || written.is_never() {
            // No array is that long.
            break;
        }
        let Some(read) = item(outer, position) else {
            continue;
        };
        let place = if position < places {
            format!("{path}[{position}]")
        } else {
            format!("{path}[]")
        };
        refused.extend(walk.fits(&written, read, &place));
    }
    refused
}

fn positions(part: At<'_>) -> usize {
    part.get("prefixItems").map_or(0, |list| list.items().len())
}

/// The schema of the item at a position; nothing where any item will do.
fn item(part: At<'_>, position: usize) -> Option<At<'_>> {
    part.list("prefixItems")
        .nth(position)
        .or_else(|| part.get("items").map(|rest| part.at(rest)))
}

/// Whether the arrays contain what a reader looks for, as often as it does.
pub(super) fn contains(walk: &mut Walk, inner: &Values<'_>, outer: At<'_>) -> bool {
    let Some(wanted) = outer.get("contains").map(|node| outer.at(node)) else {
        return true;
    };
    if !inner.kinds().may_be(Kinds::ARRAY) {
        return true;
    }
    let least = outer.get("minContains").and_then(size).unwrap_or(1);
    let most = outer.get("maxContains").and_then(size);
    let enough = least == 0
        || inner.parts.iter().any(|part| {
            let count = part.get("minContains").and_then(size).unwrap_or(1);
            count >= least
                && part
                    .get("contains")
                    .is_some_and(|node| walk.all_fit(&Values::of(part.at(node)), wanted))
        })
        || every_item(walk, inner, wanted, least);
    enough && most.is_none_or(|most| few(walk, inner, wanted, most))
}

/// Whether all items are of the kind looked for, and there are enough.
fn every_item(walk: &mut Walk, inner: &Values<'_>, wanted: At<'_>, least: u64) -> bool {
    let plain = inner.each("prefixItems").next().is_none();
    let enough = inner
        .each("minItems")
        .filter_map(size)
        .any(|count| count >= least);
    let items = Values::all(inner.schemas("items"));
    plain && enough && walk.all_fit(&items, wanted)
}

/// Whether no more items than that are of the kind counted.
fn few(walk: &mut Walk, inner: &Values<'_>, counted: At<'_>, most: u64) -> bool {
    let short = inner
        .each("maxItems")
        .filter_map(size)
        .any(|count| count <= most);
    short
        || inner.parts.iter().any(|part| {
            let limit = part.get("maxContains").and_then(size);
            limit.is_some_and(|limit| limit <= most)
                && part
                    .get("contains")
                    .is_some_and(|node| walk.all_fit(&Values::of(counted), part.at(node)))
        })
}
