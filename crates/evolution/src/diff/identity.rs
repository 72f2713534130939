//! What makes two entries of a list the same thing: never their position.

use std::borrow::Cow;
use std::collections::{HashMap, VecDeque};

use zonecut_contract::{Node, Value};

use super::metric;
use crate::sql;

/// A way to tell entries apart. Entries without a key are left to the next way.
type Key = for<'a> fn(&'a Node) -> Option<Cow<'a, str>>;

/// One round of pairing.
struct Stage {
    key: Key,
    /// Pair only where exactly one entry is left on each side.
    unique: bool,
}

/// How the entries of one kind of list are told apart: rounds, the surest first.
pub(super) struct Identity(&'static [Stage]);

/// Entries of the two lists, paired.
pub(super) type Pairs<'a> = Vec<(Option<&'a Node>, Option<&'a Node>)>;

const fn exact(key: Key) -> Stage {
    Stage { key, unique: false }
}

const fn unique(key: Key) -> Stage {
    Stage { key, unique: true }
}

/// Schema elements: by `id`, the rest by name.
pub(super) const ELEMENT: Identity = Identity(&[unique(id), exact(|node| text(node, "name"))]);
/// Service levels: by `id`, by everything but what is promised, then by what is left.
pub(super) const SLA: Identity = Identity(&[
    unique(id),
    exact(|node| {
        tuple(
            node,
            &["property", "element", "driver", "scheduler", "schedule"],
        )
    }),
    unique(|node| tuple(node, &["property", "element"])),
]);
/// Quality rules: by `id`, by name, else by what they measure.
pub(super) const QUALITY: Identity = Identity(&[
    unique(id),
    exact(|node| text(node, "name")),
    exact(|node| {
        let how = ["query", "engine", "implementation", "dimension"];
        Some(metric(node)? + tuple(node, &how)?)
    }),
    unique(|node| Some(metric(node)? + tuple(node, &["query", "dimension"])?)),
    unique(measured),
]);
/// Servers: by name, renamed ones by `id`.
pub(super) const SERVER: Identity = Identity(&[exact(|node| text(node, "server")), unique(id)]);
/// Roles: by role, renamed ones by `id`.
pub(super) const ROLE: Identity = Identity(&[exact(|node| text(node, "role")), unique(id)]);
/// Support: by channel and address, then by channel where only one is left.
pub(super) const SUPPORT: Identity = Identity(&[
    exact(|node| tuple(node, &["channel", "url"])),
    unique(|node| text(node, "channel")),
    unique(id),
    unique(|node| text(node, "url")),
]);
/// Members of the team: by username. One person may have held several roles.
pub(super) const MEMBER: Identity = Identity(&[
    exact(|node| tuple(node, &["username", "role", "dateIn"])),
    unique(|node| text(node, "username")),
    unique(id),
    // Nobody need have a name in the team of ODPS 0.9: then it is whoever is left alone.
    unique(|node| tuple(node, &["username", "name"])),
]);
/// Custom properties: by property.
pub(super) const CUSTOM: Identity = Identity(&[exact(|node| text(node, "property"))]);
/// Authoritative definitions: by kind and address, then by whichever is left alone.
pub(super) const DEFINITION: Identity = Identity(&[
    unique(id),
    exact(|node| tuple(node, &["type", "url"])),
    unique(|node| text(node, "url")),
    unique(|node| text(node, "type")),
]);
/// Relationships: by `id`, else by what they join.
pub(super) const RELATIONSHIP: Identity = Identity(&[
    unique(id),
    exact(|node| tuple(node, &["from", "to"])),
    unique(|node| tuple(node, &["to"])),
    unique(|node| tuple(node, &["from"])),
]);
/// Ports of a product: by name, version and contract, then by what is left alone.
pub(super) const PORT: Identity = Identity(&[
    exact(|node| tuple(node, &["name", "version", "contractId"])),
    unique(|node| tuple(node, &["name", "version"])),
    unique(|node| tuple(node, &["name", "contractId"])),
    unique(|node| text(node, "name")),
    unique(|node| text(node, "contractId")),
]);
/// Contracts that an output port reads.
pub(super) const INPUT_CONTRACT: Identity =
    Identity(&[exact(|node| tuple(node, &["id", "version"])), unique(id)]);
/// Bills of materials: by address.
pub(super) const BILL: Identity = Identity(&[exact(|node| text(node, "url"))]);
/// What a context states: by `id`, else by the question or the constraint.
pub(super) const STATEMENT: Identity = Identity(&[
    unique(id),
    exact(|node| text(node, "question").or_else(|| text(node, "constraint"))),
]);
/// Tags: in any case, as policies read them.
pub(super) const TAG: Identity = Identity(&[exact(|node| {
    Some(canonical(node).to_ascii_lowercase().into())
})]);
/// Sets of values; entries that are mappings go by their `value`.
pub(super) const SET: Identity = Identity(&[exact(|node| Some(canonical(member(node)).into()))]);

/// What an entry of a set stands for.
pub(super) fn member(node: &Node) -> &Node {
    node.get("value")
        .or_else(|| node.get("synonym"))
        .unwrap_or(node)
}

impl Identity {
    /// Pairs the entries of two lists. Every entry appears exactly once: old ones in their order,
    /// then the new ones that have no partner.
    pub(super) fn pair<'a>(&self, before: &'a [Node], after: &'a [Node]) -> Pairs<'a> {
        let mut partner: Vec<Option<usize>> = vec![None; before.len()];
        let mut taken = vec![false; after.len()];
        for stage in self.0 {
            pair_stage(stage, before, after, &mut partner, &mut taken);
        }
        let kept = before
            .iter()
            .zip(&partner)
            .map(|(old, new)| (Some(old), new.and_then(|index| after.get(index))));
        let fresh = after
            .iter()
            .zip(&taken)
            .filter(|(_, taken)| !**taken)
            .map(|(new, _)| (None, Some(new)));
        kept.chain(fresh).collect()
    }
}

fn pair_stage(
    stage: &Stage,
    before: &[Node],
    after: &[Node],
    partner: &mut [Option<usize>],
    taken: &mut [bool],
) {
    let mut waiting: HashMap<Cow<'_, str>, Group> = HashMap::with_capacity(before.len());
    for (index, node) in before.iter().enumerate() {
        if partner.get(index).is_some_and(Option::is_none)
            && let Some(key) = (stage.key)(node)
        {
            waiting.entry(key).or_default().olds.push(index);
        }
    }
    for (index, node) in after.iter().enumerate() {
        if taken.get(index) == Some(&false)
            && let Some(key) = (stage.key)(node)
            && let Some(group) = waiting.get_mut(&key)
        {
            group.news.push(index);
        }
    }
    let mut settle = |old: usize, new: usize| {
        if let (Some(partner), Some(taken)) = (partner.get_mut(old), taken.get_mut(new)) {
            *partner = Some(new);
            *taken = true;
        }
    };
    for Group { olds, news } in waiting.into_values() {
        match (olds, news) {
            (Indices::One(old), Indices::One(new)) => settle(old, new),
            (Indices::None, _) | (_, Indices::None) => {}
            _ if stage.unique => {}
            (olds, news) => {
                for (old, new) in couples(&olds.list(), &news.list(), before, after) {
                    settle(old, new);
                }
            }
        }
    }
}

/// The entries that have one key.
#[derive(Default)]
struct Group {
    olds: Indices,
    news: Indices,
}

/// Nearly always there is one, which needs no list.
#[derive(Default)]
enum Indices {
    #[default]
    None,
    One(usize),
    Several(Vec<usize>),
}

impl Indices {
    fn push(&mut self, index: usize) {
        match self {
            Self::None => *self = Self::One(index),
            Self::One(first) => *self = Self::Several(vec![*first, index]),
            Self::Several(list) => list.push(index),
        }
    }

    fn list(self) -> Vec<usize> {
        match self {
            Self::None => Vec::new(),
            Self::One(index) => vec![index],
            Self::Several(list) => list,
        }
    }
}

/// Couples within one group: equal ones first, so that a shuffle of twins is silence.
fn couples(olds: &[usize], news: &[usize], before: &[Node], after: &[Node]) -> Vec<(usize, usize)> {
    let mut free: HashMap<String, VecDeque<usize>> = HashMap::new();
    for index in news {
        if let Some(new) = after.get(*index) {
            free.entry(canonical(new)).or_default().push_back(*index);
        }
    }
    let mut couples = Vec::new();
    let mut unequal = Vec::new();
    for old in olds {
        let twins = before
            .get(*old)
            .and_then(|old| free.get_mut(&canonical(old)));
        match twins.and_then(VecDeque::pop_front) {
            Some(new) => couples.push((*old, new)),
            None => unequal.push(*old),
        }
    }
    let mut left: Vec<usize> = free.into_values().flatten().collect();
    left.sort_unstable();
    couples.extend(unequal.into_iter().zip(left));
    couples
}

/// What kind of rule it is, and its metric; a rule of the library need not say that it is one.
fn metric(rule: &Node) -> Option<Cow<'_, str>> {
    let metric = metric::of(rule);
    let kind = text(rule, "type").filter(|kind| !(metric.is_some() && kind == "library"));
    let named = match metric {
        Some(metric) => Cow::Borrowed(metric),
        None => tuple(rule, metric::KEYS)?,
    };
    Some(kind.unwrap_or_default() + "\u{1f}" + named)
}

/// What a rule without a name measures; a rule in prose is one that measures nothing.
fn measured(rule: &Node) -> Option<Cow<'_, str>> {
    if let Some(metric) = metric::of(rule) {
        return Some(Cow::Borrowed(metric));
    }
    let measures = ["metric", "rule", "query", "implementation"];
    let key = measures.iter().find(|key| rule.get(key).is_some());
    tuple(rule, key.map(std::slice::from_ref).unwrap_or_default())
}

fn id(node: &Node) -> Option<Cow<'_, str>> {
    text(node, "id")
}

fn text<'a>(node: &'a Node, key: &str) -> Option<Cow<'a, str>> {
    node.get(key).and_then(Node::as_str).map(Cow::Borrowed)
}

fn tuple<'a>(node: &'a Node, keys: &[&str]) -> Option<Cow<'a, str>> {
    if !matches!(node.value, Value::Map(_)) {
        return None;
    }
    let parts = keys
        .iter()
        .map(|key| node.get(key).map(|value| said(key, value)));
    let parts: Vec<_> = parts.map(Option::unwrap_or_default).collect();
    Some(parts.join("\u{1f}").into())
}

/// What a value says, however it is laid out.
fn said(key: &str, value: &Node) -> String {
    match (key, value.as_str()) {
        ("query", Some(query)) => sql::normal(query),
        ("implementation", Some(text)) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        _ => canonical(value),
    }
}

/// The value as JSON with sorted keys: equal exactly for equal values.
pub(crate) fn canonical(node: &Node) -> String {
    zonecut_contract::canonical::to_string(node)
}
