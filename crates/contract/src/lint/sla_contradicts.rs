//! ## What it does
//! Looks for service levels that can't be kept together: one property that is promised of the same
//! element, for the same `driver` and at the same `schedule` in two amounts; a support that ends before
//! the data is available, a life that ends before the support.
//!
//! ## Why it matters
//! Each reader believes the entry that suits them, and whichever is measured, somebody was promised
//! something else.
//!
//! ## Example
//! ```yaml
//! slaProperties:
//!   - {property: latency, value: 15, unit: min, element: queries}
//!   - {property: latency, value: 1, unit: h, element: queries}
//! ```
//!
//! ## How to fix
//! Keep one of them, or say by `element`, `driver` or `schedule` what each is about.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use zonecut_diagnostics::LintSeverity;

use super::calendar::is_date_or_time;
use super::nodes::text;
use super::rule::{Check, Report, Rule};
use super::service_level::{amount, entries, of_name};
use crate::node::{Document, Node};
use crate::spelling::quoted;

pub(super) static RULE: Rule = Rule {
    name: "sla-contradicts",
    since: "0.1.0",
    severity: LintSeverity::Warning,
    check: Check::Document(check),
};

/// Days of which each is no later than the next.
const LIFE: [&str; 3] = ["generalAvailability", "endOfSupport", "endOfLife"];

fn check(document: &Document, report: &mut Report<'_>) {
    let mut besides = HashMap::new();
    let mut promised: HashMap<(&str, Topic<'_>), &Node> = HashMap::new();
    let mut days: HashMap<Topic<'_>, [Option<&Node>; 3]> = HashMap::new();
    for (property, level) in entries(&document.root) {
        let name = of_name(property).map_or(property, |level| level.name);
        let number = besides.len();
        let number = *besides.entry(told_by(level)).or_insert(number);
        let stage = LIFE.iter().position(|stage| *stage == name);
        let stage = stage.filter(|_| day(level).is_some());
        let (mut other, mut unordered) = (None, None);
        for topic in topics(level, number) {
            match promised.entry((name, topic)) {
                Entry::Occupied(earlier) if other.is_none() => {
                    other = Some(*earlier.get()).filter(|earlier| differs(earlier, level));
                }
                Entry::Occupied(_) => {}
                Entry::Vacant(free) => {
                    free.insert(level);
                }
            }
            if let Some(stage) = stage {
                let stages = days.entry(topic).or_default();
                unordered = unordered.or_else(|| out_of_order(stages, stage, level));
                if let Some(free) = stages.get_mut(stage) {
                    free.get_or_insert(level);
                }
            }
        }
        let path = format_args!("slaProperties[{property}]");
        if let Some(other) = other {
            report.add(level.span, path, &shown(level), || {
                (
                    format!(
                        "`{}` is promised as `{}`, and as `{}` before it",
                        quoted(property),
                        quoted(&shown(level)),
                        quoted(&shown(other))
                    ),
                    "keep one of them, or say by `element`, `driver` or `schedule` what each is about",
                )
            });
        }
        if let (Some(other), Some(here)) = (unordered, day(level)) {
            report.add(level.span, path, here, || {
                (
                    format!(
                        "`{name}` is `{here}`, which does not go with `{other}` of another stage"
                    ),
                    "data is available first, then its support ends, then its life",
                )
            });
        }
    }
}

/// What an entry is about, besides its property: an element, and the number of what else tells it from
/// others.
type Topic<'a> = (&'a str, usize);

/// An entry about several elements is about each of them.
fn topics(level: &Node, number: usize) -> impl Iterator<Item = Topic<'_>> {
    let elements = text(level, "element").map_or("", |(elements, _)| elements);
    elements
        .split(',')
        .map(move |element| (element.trim(), number))
}

/// What tells an entry from others of its property and element.
fn told_by(level: &Node) -> [Option<String>; 4] {
    let keys = ["driver", "scheduler", "schedule", "customProperties"];
    keys.map(|key| level.get(key).map(|node| node.to_json().to_string()))
}

/// Whether two entries about the same promise something else. Of what nobody knows only numbers are
/// compared: it may well have several texts.
fn differs(one: &Node, other: &Node) -> bool {
    let is_known = text(one, "property").is_some_and(|(name, _)| of_name(name).is_some());
    let said = |node: &Node, key| node.get(key).map(Node::to_json);
    let extended = said(one, "valueExt") != said(other, "valueExt");
    match (amount(one), amount(other)) {
        (Some(one), Some(other)) => extended || !one.is(other),
        _ if is_known => extended || said(one, "value") != said(other, "value"),
        _ => false,
    }
}

/// `15 min`.
fn shown(level: &Node) -> String {
    let value = level.get("value").map(Node::to_json);
    let value = value.map_or_else(String::new, |value| match value.as_str() {
        Some(text) => text.to_owned(),
        None => value.to_string(),
    });
    match text(level, "unit") {
        Some((unit, _)) => format!("{value} {unit}"),
        None => value,
    }
}

/// The day on which a stage begins, as it can be compared.
fn day(level: &Node) -> Option<&str> {
    let (value, _) = text(level, "value")?;
    is_date_or_time(value).then(|| value.get(..10)).flatten()
}

/// The day of another stage with which that of `level` does not go.
fn out_of_order<'a>(stages: &[Option<&'a Node>; 3], stage: usize, level: &Node) -> Option<&'a str> {
    let here = day(level)?;
    let days = || stages.iter().map(|other| other.and_then(day));
    let before = days().take(stage).flatten();
    let after = days().skip(stage + 1).flatten();
    let mut wrong = before
        .filter(|other| here < *other)
        .chain(after.filter(|other| here > *other));
    wrong.next()
}
