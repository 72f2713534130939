//! The service levels of a contract: their names, what each is about, and how much is promised.
//!
//! Does not belong here: which way is better (`evolution`).

use zonecut_dns::Dimension;

use super::nodes::text;
use crate::node::{Node, Value};

/// A service level that ODCS or practice knows.
pub(super) struct Known {
    pub(super) name: &'static str,
    /// The short name that ODCS has for it.
    short: &'static str,
    /// What it is measured in, where that is one thing.
    pub(super) measures: Option<Dimension>,
}

const fn known(name: &'static str, short: &'static str, measures: Option<Dimension>) -> Known {
    Known {
        name,
        short,
        measures,
    }
}

const TIME: Option<Dimension> = Some(Dimension::Duration);
const SHARE: Option<Dimension> = Some(Dimension::Ratio);

static KNOWN: [Known; 17] = [
    known("availability", "av", SHARE),
    known("completeness", "", SHARE),
    known("endOfLife", "el", None),
    known("endOfSupport", "es", None),
    known("errorRate", "er", SHARE),
    known("freshness", "", TIME),
    known("frequency", "fy", None),
    known("generalAvailability", "ga", None),
    known("latency", "ly", TIME),
    known("retention", "re", TIME),
    known("severity", "sv", None),
    known("throughput", "th", None),
    known("timeOfAvailability", "ta", None),
    known("timeToDetect", "td", TIME),
    known("timeToNotify", "tn", TIME),
    known("timeToRepair", "tr", TIME),
    known("uptime", "", None),
];

/// The service level of that name, however it is put: `time-to-detect` and `TD` are one.
pub(super) fn of_name(property: &str) -> Option<&'static Known> {
    let letters = property.chars().filter(char::is_ascii_alphanumeric);
    let plain: String = letters.collect();
    let is_it = |name: &str| !plain.is_empty() && name.eq_ignore_ascii_case(&plain);
    KNOWN
        .iter()
        .find(|level| is_it(level.name) || is_it(level.short))
}

/// The names of all that are known.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    KNOWN.iter().map(|level| level.name)
}

/// The entries of `slaProperties`, each with its property.
pub(super) fn entries(root: &Node) -> impl Iterator<Item = (&str, &Node)> {
    let entries = root.get("slaProperties").map(Node::items);
    let named = |entry| Some((text(entry, "property")?.0, entry));
    entries.unwrap_or_default().iter().filter_map(named)
}

/// An amount: nanoseconds, millionths, or whatever its own unit says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Amount {
    pub(super) number: f64,
    /// What it measures; nothing for a number without a unit, and one in a unit of its own.
    pub(super) measures: Option<Dimension>,
}

impl Amount {
    /// Whether both are the same amount.
    pub(super) fn is(self, other: Self) -> bool {
        let room = 1e-9 * self.number.abs().max(other.number.abs());
        self.measures == other.measures && (self.number - other.number).abs() <= room
    }
}

/// How much an entry promises, where it says that by a number.
pub(super) fn amount(entry: &Node) -> Option<Amount> {
    let stated = match &entry.get("value")?.value {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.trim().to_owned(),
        _ => return None,
    };
    let is_part = |letter: char| letter.is_ascii_digit() || matches!(letter, '.' | '-');
    let end = stated.find(|letter| !is_part(letter));
    let (number, own) = stated.split_at(end.unwrap_or(stated.len()));
    let number = number.parse::<f64>().ok()?;
    let unit = text(entry, "unit").map_or("", |(unit, _)| unit);
    let unit = if own.is_empty() { unit } else { own };
    Some(match measure(unit) {
        Some((measures, size)) => Amount {
            number: number * size,
            measures: Some(measures),
        },
        None => Amount {
            number,
            measures: None,
        },
    })
}

const DAY: f64 = 86_400e9;
const YEAR: f64 = 365.25 * DAY;

/// Units of time that are longer than those of the closed list, and `m`, which means minutes.
const SPANS: [(&[&str], f64); 5] = [
    (&["m", "mi", "mn"], 60e9),
    (&["w", "wk", "wks", "week", "weeks"], 7.0 * DAY),
    (&["mo", "mon", "mth", "month", "months"], YEAR / 12.0),
    (&["q", "quarter", "quarters"], YEAR / 4.0),
    (&["y", "yr", "yrs", "year", "years"], YEAR),
];

/// What a unit of a service level measures, and how many of the smallest unit of that it is.
pub(super) fn measure(unit: &str) -> Option<(Dimension, f64)> {
    let folded = unit.trim().to_lowercase();
    let span = SPANS
        .iter()
        .find(|(words, _)| words.contains(&folded.as_str()));
    if let Some((_, size)) = span {
        return Some((Dimension::Duration, *size));
    }
    let unit = zonecut_dns::unit_meant(&folded)?;
    #[expect(
        clippy::cast_precision_loss,
        reason = "no unit is beyond 2^53 of its smallest"
    )]
    let size = unit.scale as f64;
    Some((unit.dimension, size))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_however_they_are_put() {
        let name = |property| of_name(property).map(|level| level.name);
        assert_eq!(name("timeToDetect"), Some("timeToDetect"));
        assert_eq!(name("time-to-detect"), Some("timeToDetect"));
        assert_eq!(name("LY"), Some("latency"));
        assert_eq!(name("latancy"), None);
        assert_eq!(name(""), None);
    }

    #[test]
    fn units_convert() {
        let same = |a: (f64, &str), b: (f64, &str)| {
            let amount = |(number, unit)| {
                let (measures, size) = measure(unit).unwrap();
                Amount {
                    number: number * size,
                    measures: Some(measures),
                }
            };
            amount(a).is(amount(b))
        };
        assert!(same((24.0, "h"), (1.0, "days")));
        assert!(same((60.0, "m"), (1.0, "h")));
        assert!(same((12.0, "months"), (1.0, "y")));
        assert!(same((99.9, "%"), (0.999, "ratio")));
        assert!(!same((1.0, "d"), (1.0, "y")));
    }
}
