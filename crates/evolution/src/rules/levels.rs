//! Changes of what a service level promises. Value and unit are one promise, so one finding.

use std::cmp::Ordering;
use std::collections::HashSet;

use zonecut_contract::Node;

use super::phrase::{custom_change, quoted};
use crate::comparison::{Comparison, Findings};
use crate::fact::{Fact, SubjectKind};
use crate::quantity;
use crate::sla::{self, Turn};

/// One fact for each service level whose promise changed; the others of the same level are claimed.
pub(super) fn changes<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) -> Vec<&'a Fact<'a>> {
    let mut seen = HashSet::new();
    let mut firsts = Vec::new();
    for fact in cx.changes().filter(|fact| is_about_value(fact)) {
        if fact
            .subject
            .before
            .is_some_and(|level| seen.insert(std::ptr::from_ref(level)))
        {
            firsts.push(fact);
        }
        out.claim(fact);
    }
    firsts
}

/// Whether the fact is about the amount that is promised.
pub(super) fn is_about_value(fact: &Fact<'_>) -> bool {
    ["value", "unit", "valueExt"]
        .iter()
        .any(|field| fact.alters(SubjectKind::Sla, field))
}

/// Whether the promise became weaker or stronger.
pub(super) fn turn(fact: &Fact<'_>) -> Turn {
    match (fact.subject.before, fact.subject.after) {
        (Some(before), Some(after)) => sla::turn(before, after),
        _ => Turn::Unknown,
    }
}

/// "`4` h became `10` h".
pub(super) fn wording(fact: &Fact<'_>) -> String {
    let amount = |entry: Option<&Node>| {
        let value = quoted(entry.and_then(|entry| entry.get("value")));
        match entry
            .and_then(|entry| entry.get("unit"))
            .and_then(Node::as_str)
        {
            Some(unit) => format!("{value} {unit}"),
            None => value,
        }
    };
    format!(
        "{} became {}",
        amount(fact.subject.before),
        amount(fact.subject.after)
    )
}

/// How an `slo` turned, that of the contract or that of one of its service levels, when that is what
/// the fact is about. A fact about one of its two parts tells of that part alone.
pub(super) fn objective_turn(fact: &Fact<'_>) -> Option<Turn> {
    if !matches!(fact.subject.kind, SubjectKind::Sla | SubjectKind::Custom) {
        return None;
    }
    let (before, after) = custom_change(fact, "slo")?;
    let objective = |slo: Option<&Node>| slo?.get("objective")?.to_json().as_f64();
    if fact.field().ends_with(".window") {
        return Some(window_turn(before, after));
    }
    Some(match (before, after, objective(before), objective(after)) {
        (None, ..) => Turn::Stronger,
        (_, None, ..) => Turn::Weaker,
        (.., Some(old), Some(new)) if new < old => Turn::Weaker,
        (.., Some(old), Some(new)) if new > old => Turn::Stronger,
        _ => Turn::Unknown,
    })
}

/// The same share of a longer window leaves room for longer failures.
fn window_turn(before: Option<&Node>, after: Option<&Node>) -> Turn {
    let window = |slo: Option<&Node>| quantity::iso_duration(slo?.get("window")?.as_str()?);
    let order = window(after)
        .zip(window(before))
        .and_then(|(new, old)| new.compare(&old));
    match order {
        Some(Ordering::Greater) => Turn::Weaker,
        Some(Ordering::Less) => Turn::Stronger,
        _ => Turn::Unknown,
    }
}
