//! Limits in `logicalTypeOptions`, and what a change does to the values they let pass.

use std::cmp::Ordering;

use zonecut_contract::{Node, Value};

use crate::accepted::Accepted;
use crate::fact::{Fact, FactKind, SubjectKind};
use crate::quantity::Quantity;
use crate::types::{self, Relation};

/// What a fact does to the values that pass, when it is about a limit.
pub(crate) fn turn_of(fact: &Fact<'_>) -> Option<Relation> {
    let option = fact.field().strip_prefix("logicalTypeOptions")?;
    let limits = fact.subject.kind == SubjectKind::Property && fact.kind != FactKind::Respelled;
    if !limits || types::follows_another_kind(fact) {
        return None;
    }
    Some(match option.trim_start_matches('.') {
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" => {
            range(fact, option.ends_with("inimum"))
        }
        "minLength" | "minItems" | "minProperties" => limit(fact.before, fact.after, true),
        "maxLength" | "maxItems" | "maxProperties" => limit(fact.before, fact.after, false),
        "uniqueItems" => match fact.after.and_then(Node::as_bool) {
            Some(true) => Relation::Narrower,
            _ => Relation::Wider,
        },
        "multipleOf" => step(fact.before, fact.after),
        // Instants with and without a zone, or in another one, are never each other's.
        "timezone" | "defaultTimezone" => Relation::Different,
        "format" => format(fact),
        _ => match fact.kind {
            FactKind::Added => Relation::Narrower,
            FactKind::Removed => Relation::Wider,
            _ => Relation::Different,
        },
    })
}

/// Numbers are weighed as whole ranges, so that `< 4096` and `<= 4095` are one; dates by their end.
fn range(fact: &Fact<'_>, low: bool) -> Relation {
    let accepted = |node: Option<&Node>| node.and_then(Accepted::of_property);
    match (accepted(fact.subject.before), accepted(fact.subject.after)) {
        (None, None) => limit(fact.before, fact.after, low),
        (None, Some(_)) => Relation::Narrower,
        (Some(_), None) => Relation::Wider,
        (Some(old), Some(new)) => match (old.within(&new), new.within(&old)) {
            (true, _) => Relation::Wider,
            (_, true) => Relation::Narrower,
            _ => limit(fact.before, fact.after, low),
        },
    }
}

/// The multiples of 10 are multiples of 5.
fn step(before: Option<&Node>, after: Option<&Node>) -> Relation {
    let number = |node: Option<&Node>| node.and_then(|node| node.to_json().as_f64());
    let is_multiple = |of: f64, step: f64| ((of / step) - (of / step).round()).abs() < 1e-9;
    match (number(before), number(after)) {
        (Some(old), Some(new)) if is_multiple(old, new) => Relation::Wider,
        (Some(old), Some(new)) if is_multiple(new, old) => Relation::Narrower,
        (Some(_), None) => Relation::Wider,
        (None, Some(_)) => Relation::Narrower,
        _ => Relation::Different,
    }
}

/// Formats of numbers (`i32`, `f64`) hold more or less; all others are another form.
fn format(fact: &Fact<'_>) -> Relation {
    let text = |node: Option<&'_ Node>| node.and_then(Node::as_str).map(str::to_owned);
    match (text(fact.before), text(fact.after)) {
        (Some(old), Some(new)) => types::number_format(&old, &new).unwrap_or(Relation::Different),
        (None, _) => Relation::Narrower,
        (_, None) => Relation::Wider,
    }
}

/// A lower limit that falls, an upper one that rises, and one that goes let more pass.
fn limit(before: Option<&Node>, after: Option<&Node>, low: bool) -> Relation {
    let (Some(before), Some(after)) = (before, after) else {
        return if after.is_some() {
            Relation::Narrower
        } else {
            Relation::Wider
        };
    };
    let order = match (amount(before), amount(after)) {
        (Some(old), Some(new)) => new.compare(&old),
        _ => None,
    };
    match order {
        Some(Ordering::Equal) => Relation::Same,
        Some(Ordering::Less) if low => Relation::Wider,
        Some(Ordering::Greater) if low => Relation::Narrower,
        Some(Ordering::Less) => Relation::Narrower,
        Some(Ordering::Greater) => Relation::Wider,
        None => Relation::Different,
    }
}

fn amount(node: &Node) -> Option<Quantity> {
    match &node.value {
        Value::Number(number) => Quantity::read(&number.to_string(), None),
        Value::String(text) => Quantity::read(text, None),
        _ => None,
    }
}
