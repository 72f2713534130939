//! Objects: which names they may and must have, and the values under them.

use std::collections::HashMap;

use regex::Regex;
use zonecut_contract::Node;

use super::super::Misfit;
use super::admits;
use super::evaluated::Evaluated;
use super::kinds::Kinds;
use super::values::{At, Values};
use super::walk::Walk;

/// How large a compiled pattern may be; a larger one counts as unknown.
const LARGEST_PATTERN: usize = 1 << 18;

/// One schema's say about the names of an object.
struct Names<'a> {
    at: At<'a>,
    properties: HashMap<&'a str, &'a Node>,
    patterns: Vec<Pattern<'a>>,
    additional: Option<&'a Node>,
    /// What holds for names that nothing in the schema speaks about.
    unevaluated: Option<(&'a Node, Evaluated)>,
}

struct Pattern<'a> {
    text: &'a str,
    /// Nothing where it is no pattern that we can follow.
    matcher: Option<Regex>,
    schema: &'a Node,
}

impl<'a> Names<'a> {
    fn of(at: At<'a>) -> Self {
        let entries = |key| at.node.get(key).map_or(&[][..], Node::entries);
        let pattern = |text: &'a str, schema: &'a Node| Pattern {
            text,
            matcher: regex::RegexBuilder::new(text)
                .size_limit(LARGEST_PATTERN)
                .build()
                .ok(),
            schema,
        };
        Self {
            at,
            properties: entries("properties")
                .iter()
                .map(|entry| (entry.key.as_str(), &entry.node))
                .collect(),
            patterns: entries("patternProperties")
                .iter()
                .map(|entry| pattern(&entry.key, &entry.node))
                .collect(),
            additional: at.get("additionalProperties"),
            unevaluated: at
                .get("unevaluatedProperties")
                .map(|schema| (schema, Evaluated::of(at))),
        }
    }

    /// The schemas that surely hold for the value under a name.
    fn sure(&self, name: &str) -> Vec<At<'a>> {
        let unsure = self
            .patterns
            .iter()
            .any(|pattern| pattern.matcher.is_none());
        let mut schemas = self.stated(name, false);
        if schemas.is_empty() && !unsure {
            let rest = self.additional.or_else(|| self.left_over(Some(name)));
            schemas.extend(rest.map(|schema| self.at.at(schema)));
        }
        schemas
    }

    /// What holds for a name, or for those that nobody states, because nothing evaluates it.
    fn left_over(&self, name: Option<&str>) -> Option<&'a Node> {
        let (schema, evaluated) = self.unevaluated.as_ref()?;
        let known = name.is_some_and(|name| evaluated.may_have(name));
        (!known && !evaluated.has_any_name()).then_some(*schema)
    }

    /// The schemas that may hold for the value under a name.
    fn possible(&self, name: &str) -> Vec<At<'a>> {
        let unsure = self
            .patterns
            .iter()
            .any(|pattern| pattern.matcher.is_none());
        let mut schemas = self.stated(name, true);
        if self.stated(name, false).is_empty() || (unsure && !self.properties.contains_key(name)) {
            schemas.extend(self.additional.map(|schema| self.at.at(schema)));
        }
        schemas
    }

    fn stated(&self, name: &str, when_unsure: bool) -> Vec<At<'a>> {
        let matches = |pattern: &&Pattern<'a>| {
            pattern
                .matcher
                .as_ref()
                .map_or(when_unsure, |matcher| matcher.is_match(name))
        };
        let named = self.properties.get(name).copied();
        let patterns = self.patterns.iter().filter(matches);
        named
            .into_iter()
            .chain(patterns.map(|pattern| pattern.schema))
            .map(|schema| self.at.at(schema))
            .collect()
    }

    fn pattern(&self, text: &str) -> Option<At<'a>> {
        let found = self.patterns.iter().find(|pattern| pattern.text == text);
        found.map(|pattern| self.at.at(pattern.schema))
    }
}

/// What of the values under the names is refused.
pub(super) fn properties(
    walk: &mut Walk,
    inner: &Values<'_>,
    outer: At<'_>,
    path: &str,
) -> Vec<Misfit> {
    if !inner.kinds().may_be(Kinds::OBJECT) {
        return Vec::new();
    }
    let reader = Names::of(outer);
    let writers: Vec<Names<'_>> = inner.parts.iter().map(|part| Names::of(*part)).collect();
    let mut refused = Vec::new();
    for name in names(&reader, &writers) {
        let written = Values::all(writers.iter().flat_map(|writer| writer.sure(name)));
        let place = format!("{path}.{name}");
        for read in reader.possible(name) {
            refused.extend(walk.fits(&written, read, &place));
        }
    }
    refused.extend(unnamed(walk, &reader, &writers, path));
    refused
}

/// The names that either side states, as far as the reader has something to say about them.
fn names<'a>(reader: &Names<'a>, writers: &[Names<'a>]) -> Vec<&'a str> {
    let stated = |at: At<'a>| {
        let entries = at.node.get("properties").map_or(&[][..], Node::entries);
        entries.iter().map(|entry| entry.key.as_str())
    };
    let mut names: Vec<&str> = stated(reader.at).collect();
    if reader.additional.is_some() || !reader.patterns.is_empty() {
        let mut seen: std::collections::HashSet<&str> = names.iter().copied().collect();
        let more = writers.iter().flat_map(|writer| stated(writer.at));
        names.extend(more.filter(|name| seen.insert(name)));
    }
    names
}

/// What of the values under names that nobody states is refused.
fn unnamed(walk: &mut Walk, reader: &Names<'_>, writers: &[Names<'_>], path: &str) -> Vec<Misfit> {
    let place = format!("{path}{{value}}");
    let free = Values::all(writers.iter().filter_map(|writer| {
        let rest = writer.additional.or_else(|| writer.left_over(None))?;
        Some(writer.at.at(rest))
    }));
    let mut refused = Vec::new();
    for pattern in &reader.patterns {
        let read = reader.at.at(pattern.schema);
        let alike: Vec<At<'_>> = writers
            .iter()
            .filter_map(|writer| writer.pattern(pattern.text))
            .collect();
        if alike.is_empty() {
            refused.extend(walk.fits(&free, read, &place));
            for other in by_pattern(writers, |text| !are_apart(text, pattern.text)) {
                refused.extend(walk.fits(&other, read, &place));
            }
        } else {
            refused.extend(walk.fits(&Values::all(alike), read, &place));
        }
    }
    if let Some(additional) = reader.additional {
        let read = reader.at.at(additional);
        refused.extend(walk.fits(&free, read, &place));
        for other in by_pattern(writers, |text| reader.pattern(text).is_none()) {
            refused.extend(walk.fits(&other, read, &place));
        }
    }
    refused
}

/// What is written under each pattern that is asked for.
fn by_pattern<'a>(
    writers: &'a [Names<'a>],
    wanted: impl Fn(&str) -> bool,
) -> impl Iterator<Item = Values<'a>> {
    writers.iter().flat_map(move |writer| {
        let asked: Vec<Values<'a>> = writer
            .patterns
            .iter()
            .filter(|pattern| wanted(pattern.text))
            .map(|pattern| Values::of(writer.at.at(pattern.schema)))
            .collect();
        asked
    })
}

/// Whether no name matches both patterns: they begin with different texts.
fn are_apart(a: &str, b: &str) -> bool {
    let literal = |pattern: &str| {
        pattern.strip_prefix('^').map(|rest| {
            let plain = |letter: &char| letter.is_alphanumeric() || matches!(letter, '_' | '-');
            let text: String = rest.chars().take_while(plain).collect();
            // A quantifier makes the last letter optional.
            match rest.chars().nth(text.chars().count()) {
                Some('*' | '?' | '{' | '|') => None,
                _ => Some(text),
            }
        })
    };
    match (literal(a).flatten(), literal(b).flatten()) {
        (Some(a), Some(b)) => !a.starts_with(&b) && !b.starts_with(&a),
        _ => false,
    }
}

/// Whether the objects have all these names.
pub(super) fn required(inner: &Values<'_>, names: &Node) -> bool {
    !inner.kinds().may_be(Kinds::OBJECT)
        || names
            .items()
            .iter()
            .filter_map(Node::as_str)
            .all(|name| has(inner, name))
}

/// Whether every object has a name.
pub(super) fn has(inner: &Values<'_>, name: &str) -> bool {
    inner
        .each("required")
        .flat_map(Node::items)
        .any(|item| item.as_str() == Some(name))
}

/// What is written under a name, where it is written.
pub(super) fn under<'a>(inner: &Values<'a>, name: &str) -> Values<'a> {
    let schemas: Vec<At<'a>> = inner
        .parts
        .iter()
        .flat_map(|part| Names::of(*part).sure(name))
        .collect();
    Values::all(schemas)
}

/// Whether one name brings the others that a reader counts on.
pub(super) fn dependent_names(inner: &Values<'_>, keyword: &Node) -> bool {
    let brings = |name: &str, other: &str| {
        has(inner, other)
            || inner.each("dependentRequired").any(|map| {
                let list = map.get(name).map_or(&[][..], Node::items);
                list.iter().any(|item| item.as_str() == Some(other))
            })
    };
    !inner.kinds().may_be(Kinds::OBJECT)
        || keyword.entries().iter().all(|entry| {
            let others = entry.node.items().iter().filter_map(Node::as_str);
            under(inner, &entry.key).is_never()
                || others.into_iter().all(|other| brings(&entry.key, other))
        })
}

/// Whether objects that have a name are what a reader then counts on.
pub(super) fn dependent_schemas(walk: &mut Walk, inner: &Values<'_>, outer: At<'_>) -> bool {
    let map = outer.get("dependentSchemas");
    !inner.kinds().may_be(Kinds::OBJECT)
        || map.map_or(&[][..], Node::entries).iter().all(|entry| {
            let own = inner.parts.iter().filter_map(|part| {
                let schema = part.get("dependentSchemas")?.get(&entry.key)?;
                Some(part.at(schema))
            });
            under(inner, &entry.key).is_never()
                || walk.all_fit(&inner.with(own), outer.at(&entry.node))
        })
}

/// Whether the names themselves are what a reader counts on.
pub(super) fn all_names(walk: &mut Walk, inner: &Values<'_>, outer: At<'_>) -> bool {
    let Some(wanted) = outer.get("propertyNames").map(|node| outer.at(node)) else {
        return true;
    };
    let names = Values::all(inner.schemas("propertyNames")).of_kind(Kinds::STRING);
    !inner.kinds().may_be(Kinds::OBJECT)
        || walk.all_fit(&names, wanted)
        || inner.parts.iter().any(|part| closed_names(*part, wanted))
}

/// Whether an object has only the names that are stated, and these all pass.
fn closed_names(part: At<'_>, wanted: At<'_>) -> bool {
    let entries = |key| part.node.get(key).map_or(&[][..], Node::entries);
    let closed = part
        .get("additionalProperties")
        .is_some_and(|schema| schema.as_bool() == Some(false));
    closed
        && entries("patternProperties").is_empty()
        && entries("properties")
            .iter()
            .all(|entry| admits::text(wanted, &entry.key) == Some(true))
}
