//! Guesses at renames: suggested in help, never assumed.

use std::collections::{HashMap, HashSet};

use zonecut_contract::{Contract, Node};

use crate::comparison::Comparison;
use crate::fact::{Fact, SubjectKind};
use crate::types;

/// How alike two names must be, by Jaro and Winkler, from 0 to 1.
const ALIKE: f64 = 0.85;

/// How alike they must be where the type is stated and the place in the list is the same.
const ALIKE_IN_PLACE: f64 = 0.6;

/// In a larger rewrite of one element nobody can tell which name became which.
const MOST_PAIRS: usize = 10_000;

/// The removed elements of a kind, and what each was most likely renamed to.
pub(super) struct Renames<'a>(HashMap<*const Fact<'a>, &'a Fact<'a>>);

impl<'a> Renames<'a> {
    /// Pairs removed and added elements within their parents, the most alike first. No new name is
    /// suggested twice.
    pub(super) fn of(cx: &Comparison<'a>, kind: SubjectKind) -> Self {
        let mut siblings: HashMap<&str, (Vec<&'a Fact<'a>>, Vec<&'a Fact<'a>>)> = HashMap::new();
        for fact in cx.changes() {
            let group = || parent(&fact.path);
            if fact.removes(kind) {
                siblings.entry(group()).or_default().0.push(fact);
            } else if fact.adds(kind) {
                siblings.entry(group()).or_default().1.push(fact);
            }
        }
        siblings.retain(|_, (olds, news)| {
            let pairs = olds.len() * news.len();
            pairs > 0 && pairs <= MOST_PAIRS
        });
        if siblings.is_empty() {
            return Self(HashMap::new());
        }
        let places = (positions(cx.before), positions(cx.after));
        let mut pairs = Vec::new();
        for (olds, news) in siblings.values() {
            for old in olds {
                let candidates = news
                    .iter()
                    .map(|new| (confidence(old, new, &places), *old, *new));
                pairs.extend(candidates.filter(|(confidence, ..)| *confidence > 0.0));
            }
        }
        pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.2.path.cmp(&b.2.path)));
        let mut taken = HashSet::new();
        let mut guesses = HashMap::new();
        for (_, old, new) in pairs {
            let old = std::ptr::from_ref(old);
            if !guesses.contains_key(&old) && taken.insert(std::ptr::from_ref(new)) {
                guesses.insert(old, new);
            }
        }
        Self(guesses)
    }

    /// The added sibling that a removed element was most likely renamed to.
    pub(super) fn guess(&self, removed: &Fact<'a>) -> Option<&'a Fact<'a>> {
        self.0.get(&std::ptr::from_ref(removed)).copied()
    }
}

type Positions = HashMap<*const Node, usize>;

/// How sure one can be; zero where one can't.
fn confidence(old: &Fact<'_>, new: &Fact<'_>, places: &(Positions, Positions)) -> f64 {
    let (Some(old), Some(new)) = (old.before, new.after) else {
        return 0.0;
    };
    let (Some(old_name), Some(new_name)) = (name(old), name(new)) else {
        return 0.0;
    };
    if !same_type(old, new) {
        return 0.0;
    }
    let likeness = likeness(old_name, new_name);
    let place = |places: &Positions, node| places.get(&std::ptr::from_ref(node)).copied();
    let in_place = place(&places.0, old) == place(&places.1, new);
    let typed = old.get("logicalType").or_else(|| old.get("physicalType"));
    if likeness >= ALIKE || (likeness >= ALIKE_IN_PLACE && in_place && typed.is_some()) {
        likeness + if in_place { 0.1 } else { 0.0 }
    } else {
        0.0
    }
}

/// Where each element stands among its siblings.
fn positions(contract: Option<&Contract>) -> Positions {
    fn visit(elements: &mut dyn Iterator<Item = &Node>, places: &mut Positions) {
        for (index, element) in elements.enumerate() {
            places.insert(std::ptr::from_ref(element), index);
            visit(&mut element.parts(), places);
        }
    }
    let mut places = HashMap::new();
    let schema = contract.and_then(|contract| contract.root().get("schema"));
    visit(&mut schema.map_or(&[][..], Node::items).iter(), &mut places);
    places
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
