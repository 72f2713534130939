//! Which way is better for each service level: the one published table.

use std::cmp::Ordering;

use zonecut_contract::{Node, Value};

use crate::quantity::{Kind, Quantity};

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
    /// Of which amounts that is known; of others nobody can tell.
    pub of: &'static [Kind],
}

const fn level(
    name: &'static str,
    better: Better,
    of: &'static [Kind],
    aliases: &'static [&'static str],
) -> Level {
    Level {
        name,
        aliases,
        better,
        of,
    }
}

/// How long something takes; a number without a unit is a time in one that all know.
const TIMES: &[Kind] = &[Kind::Duration, Kind::Bare];
const SHARES: &[Kind] = &[Kind::Ratio, Kind::Bare];
const DAYS: &[Kind] = &[Kind::Instant, Kind::Duration];

/// Every service level whose direction is known.
#[rustfmt::skip]
pub const LEVELS: &[Level] = &[
    level("latency", Better::Lower, TIMES, &["ly", "responsetime", "delay"]),
    level("frequency", Better::Lower, &[Kind::Duration], &["fy", "updatefrequency", "interval"]),
    level("freshness", Better::Lower, TIMES, &["timeliness", "staleness", "maxage"]),
    level("timeOfAvailability", Better::Lower, &[Kind::TimeOfDay, Kind::Instant, Kind::Duration], &["ta"]),
    level("generalAvailability", Better::Lower, &[Kind::Instant], &["ga"]),
    level("errorRate", Better::Lower, &[Kind::Ratio, Kind::Rate, Kind::Count, Kind::Octets, Kind::Bare], &["er", "lossrate", "droprate"]),
    level("timeToDetect", Better::Lower, TIMES, &["td", "detectiontime"]),
    level("timeToNotify", Better::Lower, TIMES, &["tn", "notificationtime"]),
    level("timeToRepair", Better::Lower, TIMES, &["tr", "recoverytime", "rto", "rpo"]),
    level("availability", Better::Higher, SHARES, &["av", "uptime"]),
    level("throughput", Better::Higher, &[Kind::Rate, Kind::Count, Kind::Octets, Kind::Bare], &["th"]),
    level("completeness", Better::Higher, &[Kind::Ratio, Kind::Count, Kind::Bare], &["coverage"]),
    level("accuracy", Better::Higher, SHARES, &[]),
    level("retention", Better::Higher, &[Kind::Duration, Kind::Instant, Kind::Octets, Kind::Count, Kind::Bare], &["re", "retentionperiod"]),
    level("endOfSupport", Better::Higher, DAYS, &["es"]),
    level("endOfLife", Better::Higher, DAYS, &["el"]),
    level("noticePeriod", Better::Higher, TIMES, &["notice"]),
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

/// The amount that an entry of `slaProperties` promises. How often is how long from one to the next.
#[must_use]
pub fn promise(entry: &Node) -> Option<Quantity> {
    let unit = entry.get("unit").and_then(Node::as_str);
    let amount = match &entry.get("value")?.value {
        Value::Number(number) => Quantity::read(&number.to_string(), unit),
        Value::String(text) => Quantity::read(text, unit),
        _ => None,
    };
    match amount? {
        Quantity::Rate(per_second, _) if name_of(entry) == Some("frequency") => {
            Some(Quantity::Duration(1.0 / per_second))
        }
        amount => Some(amount),
    }
}

fn level_at(entry: &Node) -> Option<&'static Level> {
    level_of(entry.get("property").and_then(Node::as_str)?)
}

fn name_of(entry: &Node) -> Option<&'static str> {
    level_at(entry).map(|level| level.name)
}

/// Whether the new entry promises less or more than the old.
#[must_use]
pub fn turn(before: &Node, after: &Node) -> Turn {
    let level = level_at(before).filter(|level| name_of(after) == Some(level.name));
    let (Some(level), Some(old), Some(new)) = (level, promise(before), promise(after)) else {
        return Turn::Unknown;
    };
    if !level.of.contains(&new.kind()) {
        return Turn::Unknown;
    }
    match (level.better, new.compare(&old)) {
        (Better::Lower, Some(Ordering::Greater)) | (Better::Higher, Some(Ordering::Less)) => {
            Turn::Weaker
        }
        (Better::Lower, Some(Ordering::Less)) | (Better::Higher, Some(Ordering::Greater)) => {
            Turn::Stronger
        }
        _ => Turn::Unknown,
    }
}

/// Whether the entry says how long data is kept.
#[must_use]
pub fn is_retention(entry: &Node) -> bool {
    name_of(entry) == Some("retention")
}
