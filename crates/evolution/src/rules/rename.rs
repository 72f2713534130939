//! Guesses at renames: suggested in help, never assumed.

use zonecut_contract::Node;

use crate::comparison::Comparison;
use crate::fact::{Fact, FactKind};
use crate::types;

/// How alike two names must be, by Jaro and Winkler, from 0 to 1.
const ALIKE: f64 = 0.85;

/// In a larger rewrite nobody can tell which name became which.
const MOST_FACTS: usize = 1_000;

/// The added sibling that a removed element was most likely renamed to.
pub(super) fn guess<'a>(cx: &Comparison<'a>, removed: &Fact<'a>) -> Option<&'a Fact<'a>> {
    if cx.facts.len() > MOST_FACTS {
        return None;
    }
    let old = removed.before?;
    let old_name = name(old)?;
    cx.facts
        .iter()
        .filter(|fact| {
            fact.kind == FactKind::Added
                && fact.field.is_none()
                && fact.subject.kind == removed.subject.kind
                && parent(&fact.path) == parent(&removed.path)
        })
        .filter_map(|fact| {
            let new = fact.after?;
            let likeness = likeness(old_name, name(new)?);
            (same_type(old, new) && likeness >= ALIKE).then_some((likeness, fact))
        })
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, fact)| fact)
}

/// One name inside the other (`qname`, `dns_qname`) is as good as a typing error.
fn likeness(old: &str, new: &str) -> f64 {
    let (old, new) = (old.to_lowercase(), new.to_lowercase());
    let inside = |long: &str, short: &str| {
        short.len() > 2 && (long.ends_with(short) || long.starts_with(short))
    };
    if inside(&old, &new) || inside(&new, &old) {
        1.0
    } else {
        strsim::jaro_winkler(&old, &new)
    }
}

fn same_type(old: &Node, new: &Node) -> bool {
    let text = |node: &Node, key| node.get(key).and_then(Node::as_str).map(types::normal);
    ["logicalType", "physicalType"]
        .iter()
        .all(|key| text(old, key) == text(new, key))
}

fn name(node: &Node) -> Option<&str> {
    node.get("name")?.as_str()
}

fn parent(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(parent, _)| parent)
}
