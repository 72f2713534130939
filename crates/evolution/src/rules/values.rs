//! Closed lists of values: `enum`, of the standard or of our own, and the `validValues` of a quality
//! rule.

use zonecut_contract::Node;

use super::phrase::quoted;
use crate::diff::canonical;
use crate::fact::{Fact, SubjectKind};
use crate::types::Relation;

/// Where a list may stand; the first counts where both do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    First,
    Second,
}

/// Values of a list that came, or went.
pub(crate) enum Values<'a> {
    /// All but these, which were or are listed.
    Unlisted(&'a Node),
    /// These.
    Listed(Vec<&'a Node>),
}

/// What a fact does to a closed list.
pub(crate) struct Turn<'a> {
    /// What became possible.
    pub(crate) added: Option<Values<'a>>,
    /// What no longer is.
    pub(crate) removed: Option<Values<'a>>,
}

impl Turn<'_> {
    /// What it does to the values that pass.
    pub(crate) fn relation(&self) -> Relation {
        match (&self.added, &self.removed) {
            (Some(_), Some(_)) => Relation::Different,
            (Some(_), None) => Relation::Wider,
            (None, Some(_)) => Relation::Narrower,
            (None, None) => Relation::Same,
        }
    }
}

/// What a fact does to a closed list, when it is about one. Where a list moves from one place to the
/// other, only one of the facts says what became of it.
pub(crate) fn turn_of<'a>(fact: &Fact<'a>) -> Option<Turn<'a>> {
    let place = place(fact)?;
    let list = |owner: Option<&'a Node>| owner.and_then(|owner| in_force(fact.subject.kind, owner));
    let (old, new) = (list(fact.subject.before), list(fact.subject.after));
    let (added, removed) = match (old, new) {
        (Some((stands, old)), None) if stands == place => (Some(Values::Unlisted(old)), None),
        (None, Some((stands, new))) if stands == place => (None, Some(Values::Unlisted(new))),
        (Some((was, _)), Some((stands, _))) if was == stands && stands == place => {
            let one = |node: Option<&'a Node>| node.map(|node| Values::Listed(vec![node]));
            (one(fact.after), one(fact.before))
        }
        (Some((was, old)), Some((stands, new))) if was != stands && place == Place::First => {
            (missing(new, old), missing(old, new))
        }
        _ => (None, None),
    };
    Some(Turn { added, removed })
}

/// Whether the fact is about such a list and nothing else.
pub(crate) fn is_all_of(fact: &Fact<'_>) -> bool {
    let whole = fact.before.or(fact.after).map_or(&[][..], Node::entries);
    place(fact).is_some() && (fact.field() != "arguments" || whole.len() == 1)
}

/// Which of the lists the fact is about.
fn place(fact: &Fact<'_>) -> Option<Place> {
    match (fact.subject.kind, fact.field()) {
        (SubjectKind::Property, "enum")
        | (SubjectKind::Quality, "arguments.validValues" | "arguments") => Some(Place::First),
        (SubjectKind::Property, "customProperties[enum]" | "customProperties[enum].value")
        | (SubjectKind::Quality, "validValues") => Some(Place::Second),
        _ => None,
    }
}

/// The list that counts for a property or a quality rule, and where it stands.
fn in_force(kind: SubjectKind, owner: &Node) -> Option<(Place, &Node)> {
    let is_list = |list: &&Node| !list.items().is_empty();
    let (first, second) = if kind == SubjectKind::Quality {
        let arguments = owner.get("arguments");
        let first = arguments.and_then(|arguments| arguments.get("validValues"));
        (first, owner.get("validValues"))
    } else {
        (owner.get("enum"), owner.custom("enum"))
    };
    let first = first.filter(is_list).map(|list| (Place::First, list));
    first.or_else(|| second.filter(is_list).map(|list| (Place::Second, list)))
}

/// What is listed here and not there.
fn missing<'a>(here: &'a Node, there: &Node) -> Option<Values<'a>> {
    let known: std::collections::HashSet<String> = there
        .items()
        .iter()
        .map(|item| canonical(member(item)))
        .collect();
    let missing = here.items().iter();
    let missing: Vec<&Node> = missing
        .filter(|item| !known.contains(&canonical(member(item))))
        .collect();
    (!missing.is_empty()).then_some(Values::Listed(missing))
}

/// What an entry of a list stands for.
fn member(item: &Node) -> &Node {
    item.get("value").unwrap_or(item)
}

impl Values<'_> {
    /// What goes with them.
    pub(super) fn is_or_are(&self) -> &'static str {
        match self {
            Self::Listed(items) if items.len() > 1 => "are",
            _ => "is",
        }
    }
}

/// "value `a`", "values `a`, `b`", "3 values: `a`, `b`, `c`".
pub(super) fn wording(values: &Values<'_>) -> String {
    match values {
        Values::Listed(items) => match items.as_slice() {
            [only] => format!("value {}", quoted(Some(member(only)))),
            items => format!("values {}", few(items.iter().copied())),
        },
        Values::Unlisted(list) => match list.items() {
            [only] => format!("the value {}", quoted(Some(member(only)))),
            items => format!("{} values: {}", items.len(), few(items.iter())),
        },
    }
}

/// The first of them.
fn few<'a>(items: impl ExactSizeIterator<Item = &'a Node>) -> String {
    const SHOWN: usize = 5;
    let more = items.len().saturating_sub(SHOWN);
    let shown: Vec<String> = items
        .take(SHOWN)
        .map(|item| quoted(Some(member(item))))
        .collect();
    match more {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}
