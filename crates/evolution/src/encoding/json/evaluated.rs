//! What `unevaluatedProperties` and `unevaluatedItems` leave alone.

use zonecut_contract::Node;

use super::scalars::same_value;
use super::values::{At, Values};

/// The names, patterns and positions that a schema speaks about in place: in itself and in all that
/// applies to the same value, whether or not it applies.
#[derive(Debug, Default)]
pub(super) struct Evaluated {
    names: Vec<(&'static str, String)>,
}

impl Evaluated {
    pub(super) fn of(at: At<'_>) -> Self {
        let mut evaluated = Self::default();
        evaluated.gather(at, &mut Vec::new());
        evaluated
    }

    /// Whether a name may be spoken about, patterns aside.
    pub(super) fn may_have(&self, name: &str) -> bool {
        let stated = |(key, own): &(&str, String)| *key == "properties" && own == name;
        self.names.iter().any(stated)
    }

    /// Whether it can't be said which names are spoken about.
    pub(super) fn has_any_name(&self) -> bool {
        let open = |(key, _): &(&str, String)| {
            matches!(*key, "patternProperties" | "additionalProperties")
        };
        self.names.iter().any(open)
    }

    fn within(&self, other: &Self) -> bool {
        self.names.iter().all(|name| other.names.contains(name))
    }

    fn gather(&mut self, at: At<'_>, seen: &mut Vec<usize>) {
        if seen.contains(&at.address()) {
            return;
        }
        seen.push(at.address());
        for key in ["properties", "patternProperties"] {
            let entries = at.node.get(key).map_or(&[][..], Node::entries);
            let names = entries.iter().map(|entry| (key, entry.key.to_string()));
            self.names.extend(names);
        }
        for key in ["additionalProperties", "items", "contains"] {
            self.names.extend(at.get(key).map(|_| (key, String::new())));
        }
        let positions = at.get("prefixItems").map_or(0, |list| list.items().len());
        let positions = (0..positions).map(|position| ("prefixItems", position.to_string()));
        self.names.extend(positions);
        for part in in_place(at) {
            self.gather(part, seen);
        }
    }
}

/// The schemas that apply to the same value.
fn in_place(at: At<'_>) -> Vec<At<'_>> {
    let lists = ["allOf", "anyOf", "oneOf"]
        .into_iter()
        .flat_map(|key| at.list(key));
    let single = ["if", "then", "else"]
        .into_iter()
        .filter_map(|key| at.get(key).map(|node| at.at(node)));
    let dependent = at.get("dependentSchemas").map_or(&[][..], Node::entries);
    let dependent = dependent.iter().map(|entry| at.at(&entry.node));
    let meant = at.get("$ref").and_then(|name| at.resolve(name));
    lists.chain(single).chain(dependent).chain(meant).collect()
}

/// Whether what nothing else evaluates is treated alike, and nothing more is left over to it.
pub(super) fn alike(inner: &Values<'_>, outer: At<'_>, key: &'static str) -> bool {
    let Some(wanted) = outer.get(key) else {
        return true;
    };
    if wanted.as_bool() == Some(true) {
        return true;
    }
    let read = Evaluated::of(outer);
    inner.parts.iter().any(|part| {
        part.get(key).is_some_and(|own| same_value(own, wanted))
            && Evaluated::of(*part).within(&read)
    })
}
