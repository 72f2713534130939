//! Closed lists of values: `enum`, and the `validValues` of a quality rule.

use zonecut_contract::Node;

use crate::fact::{Fact, FactKind, SubjectKind};
use crate::types::Relation;

/// Whether a fact widens or narrows a closed list.
pub(crate) fn turn_of(fact: &Fact<'_>) -> Option<Relation> {
    let field = fact.field();
    let closed = match fact.subject.kind {
        SubjectKind::Property => field == "enum",
        SubjectKind::Quality => matches!(field, "validValues" | "arguments.validValues"),
        _ => false,
    };
    if !closed {
        return None;
    }
    match fact.kind {
        // The first value of a list limits what was free until now.
        FactKind::Added if is_open(fact.subject.before, field) => Some(Relation::Narrower),
        FactKind::Added => Some(Relation::Wider),
        FactKind::Removed if is_open(fact.subject.after, field) => Some(Relation::Wider),
        FactKind::Removed => Some(Relation::Narrower),
        _ => None,
    }
}

fn is_open(owner: Option<&Node>, field: &str) -> bool {
    let list = field
        .split('.')
        .try_fold(owner, |node, key| node.map(|node| node.get(key)));
    list.flatten().is_none_or(|list| list.items().is_empty())
}
