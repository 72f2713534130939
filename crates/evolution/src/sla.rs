//! Which way is better for each service level: the one published table.

use std::cmp::Ordering;

use zonecut_contract::{Node, Value};

use crate::quantity::Quantity;

/// Which way is better for those who read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Better {
    /// Less, or earlier.
    Lower,
    /// More, or later.
    Higher,
}

/// One line of the table.
#[derive(Debug, Clone, Copy)]
pub struct Level {
    /// The name that ODCS documents and people use.
    pub name: &'static str,
    /// Other names, lower case without separators.
    pub aliases: &'static [&'static str],
    /// Which way is better for consumers.
    pub better: Better,
}

const fn level(name: &'static str, better: Better, aliases: &'static [&'static str]) -> Level {
    Level {
        name,
        aliases,
        better,
    }
}

/// Every service level whose direction is known.
pub const LEVELS: &[Level] = &[
    level("latency", Better::Lower, &["ly", "responsetime", "delay"]),
    level(
        "frequency",
        Better::Lower,
        &["fy", "updatefrequency", "interval"],
    ),
    level(
        "freshness",
        Better::Lower,
        &["timeliness", "staleness", "maxage"],
    ),
    level("timeOfAvailability", Better::Lower, &["ta"]),
    level("generalAvailability", Better::Lower, &["ga"]),
    level("errorRate", Better::Lower, &["er", "lossrate", "droprate"]),
    level("timeToDetect", Better::Lower, &["td", "detectiontime"]),
    level("timeToNotify", Better::Lower, &["tn", "notificationtime"]),
    level(
        "timeToRepair",
        Better::Lower,
        &["tr", "recoverytime", "rto", "rpo"],
    ),
    level("availability", Better::Higher, &["av", "uptime"]),
    level("throughput", Better::Higher, &["th"]),
    level("completeness", Better::Higher, &["coverage"]),
    level("accuracy", Better::Higher, &[]),
    level("retention", Better::Higher, &["re", "retentionperiod"]),
    level("endOfSupport", Better::Higher, &["es"]),
    level("endOfLife", Better::Higher, &["el"]),
    level("noticePeriod", Better::Higher, &["notice"]),
];

/// What became of a promise, as its readers see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Less is promised.
    Weaker,
    /// More is promised.
    Stronger,
    /// Nobody can tell: the property is unknown, or the values can't be compared.
    Unknown,
}

/// The line of the table for an SLA property, whatever its spelling.
#[must_use]
pub fn level_of(property: &str) -> Option<&'static Level> {
    let plain: String = property
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect();
    LEVELS.iter().find(|level| {
        level.name.eq_ignore_ascii_case(&plain) || level.aliases.contains(&plain.as_str())
    })
}

/// The amount that an entry of `slaProperties` promises.
#[must_use]
pub fn promise(entry: &Node) -> Option<Quantity> {
    let unit = entry.get("unit").and_then(Node::as_str);
    match &entry.get("value")?.value {
        Value::Number(number) => Quantity::read(&number.to_string(), unit),
        Value::String(text) => Quantity::read(text, unit),
        _ => None,
    }
}

/// Whether the new entry promises less or more than the old.
#[must_use]
pub fn turn(before: &Node, after: &Node) -> Turn {
    let level = |entry: &Node| {
        let property = entry.get("property").and_then(Node::as_str);
        property
            .and_then(level_of)
            .map(|level| (level.name, level.better))
    };
    let level_after = level(after);
    let same = level(before).filter(|level| Some(*level) == level_after);
    let order = match (promise(before), promise(after)) {
        (Some(old), Some(new)) => new.compare(&old),
        _ => None,
    };
    match (same.map(|(_, better)| better), order) {
        (Some(Better::Lower), Some(Ordering::Greater))
        | (Some(Better::Higher), Some(Ordering::Less)) => Turn::Weaker,
        (Some(Better::Lower), Some(Ordering::Less))
        | (Some(Better::Higher), Some(Ordering::Greater)) => Turn::Stronger,
        _ => Turn::Unknown,
    }
}

/// Whether the entry says how long data is kept.
#[must_use]
pub fn is_retention(entry: &Node) -> bool {
    entry
        .get("property")
        .and_then(Node::as_str)
        .and_then(level_of)
        .is_some_and(|level| level.name == "retention")
}
