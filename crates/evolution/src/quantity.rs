//! Amounts with units, moments and times of day: what makes `60 m` and `1 h` the same.

use std::cmp::Ordering;

use chrono::{DateTime, NaiveDate};

/// An amount that can be compared with another of its own kind.
#[derive(Debug, Clone, PartialEq)]
pub enum Quantity {
    /// Seconds.
    Duration(f64),
    /// A share of one.
    Ratio(f64),
    /// Octets.
    Octets(f64),
    /// So many of something in a second.
    Rate(f64, String),
    /// A number in a unit of its own (empty: none).
    Number(f64, String),
    /// Seconds since 1970-01-01T00:00:00Z.
    Instant(f64),
    /// Seconds since midnight UTC; below zero or past a day where the zone says so.
    TimeOfDay(f64),
}

/// What kind of amount it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// How long.
    Duration,
    /// A share.
    Ratio,
    /// How much data.
    Octets,
    /// How often, or how much in a time.
    Rate,
    /// How many, in a unit of its own.
    Count,
    /// A number without a unit.
    Bare,
    /// A moment or a day.
    Instant,
    /// A time of day.
    TimeOfDay,
}

const MINUTE: f64 = 60.0;
const HOUR: f64 = 3_600.0;
const DAY: f64 = 86_400.0;
/// Days against years: 365.25.
const YEAR: f64 = 365.25 * DAY;
const MONTH: f64 = YEAR / 12.0;

impl Quantity {
    /// The amount that `text` states, in `unit` unless it brings its own.
    #[must_use]
    pub fn read(text: &str, unit: Option<&str>) -> Option<Self> {
        let text = text.trim();
        if let Ok(number) = text.parse::<f64>() {
            // `inf` and `nan` are words that happen to parse.
            if !number.is_finite() {
                return None;
            }
            return Some(with_unit(number, unit.unwrap_or_default()));
        }
        instant(text)
            .or_else(|| time_of_day(text))
            .or_else(|| iso_duration(text))
            .or_else(|| {
                let split = text.find(|c: char| !c.is_ascii_digit() && c != '.' && c != '-')?;
                let (number, own) = text.split_at_checked(split)?;
                Some(with_unit(number.parse().ok()?, own.trim()))
            })
    }

    /// Which of two amounts of the same kind is greater (later, for moments).
    #[must_use]
    pub fn compare(&self, other: &Self) -> Option<Ordering> {
        if self.same(other) {
            return Some(Ordering::Equal);
        }
        match (self, other) {
            (Self::Duration(a), Self::Duration(b))
            | (Self::Ratio(a), Self::Ratio(b))
            | (Self::Octets(a), Self::Octets(b))
            | (Self::Instant(a), Self::Instant(b))
            | (Self::TimeOfDay(a), Self::TimeOfDay(b)) => a.partial_cmp(b),
            (Self::Number(a, unit), Self::Number(b, other))
            | (Self::Rate(a, unit), Self::Rate(b, other))
                if unit == other =>
            {
                a.partial_cmp(b)
            }
            _ => None,
        }
    }

    /// What kind of amount it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Duration(_) => Kind::Duration,
            Self::Ratio(_) => Kind::Ratio,
            Self::Octets(_) => Kind::Octets,
            Self::Rate(..) => Kind::Rate,
            Self::Number(_, unit) if unit.is_empty() => Kind::Bare,
            Self::Number(..) => Kind::Count,
            Self::Instant(_) => Kind::Instant,
            Self::TimeOfDay(_) => Kind::TimeOfDay,
        }
    }

    /// Whether both are the same amount.
    #[must_use]
    pub fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Duration(a), Self::Duration(b))
            | (Self::Ratio(a), Self::Ratio(b))
            | (Self::Octets(a), Self::Octets(b))
            | (Self::Instant(a), Self::Instant(b)) => close(*a, *b),
            (Self::TimeOfDay(a), Self::TimeOfDay(b)) => close(a.rem_euclid(DAY), b.rem_euclid(DAY)),
            (Self::Number(a, unit), Self::Number(b, other))
            | (Self::Rate(a, unit), Self::Rate(b, other)) => unit == other && close(*a, *b),
            _ => false,
        }
    }
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs())
}

fn with_unit(number: f64, unit: &str) -> Quantity {
    let duration = |seconds: f64| Quantity::Duration(number * seconds);
    match unit.trim().to_ascii_lowercase().as_str() {
        "ns" | "nanosecond" | "nanoseconds" => duration(1e-9),
        "us" | "µs" | "microsecond" | "microseconds" => duration(1e-6),
        "ms" | "millisecond" | "milliseconds" => duration(1e-3),
        "s" | "sec" | "secs" | "second" | "seconds" => duration(1.0),
        "m" | "min" | "mins" | "minute" | "minutes" => duration(MINUTE),
        "h" | "hr" | "hrs" | "hour" | "hours" => duration(HOUR),
        "d" | "day" | "days" => duration(DAY),
        "w" | "wk" | "week" | "weeks" => duration(7.0 * DAY),
        "mo" | "mon" | "month" | "months" => duration(MONTH),
        "y" | "yr" | "yrs" | "year" | "years" => duration(YEAR),
        "%" | "percent" | "percentage" | "pct" => Quantity::Ratio(number / 100.0),
        "ratio" => Quantity::Ratio(number),
        "octet" | "octets" | "byte" | "bytes" => Quantity::Octets(number),
        "bit" | "bits" => Quantity::Octets(number / 8.0),
        other => rate(number, other).unwrap_or_else(|| Quantity::Number(number, other.to_owned())),
    }
}

/// `queries/s`, `per day`, `1/h`, `updates per week`, `qps`.
fn rate(number: f64, unit: &str) -> Option<Quantity> {
    let (what, time) = match unit {
        "hz" => ("", "s"),
        "qps" => ("queries", "s"),
        "pps" => ("packets", "s"),
        "bps" => ("bits", "s"),
        _ => unit
            .split_once('/')
            .or_else(|| unit.split_once(" per "))
            .or_else(|| Some(("", unit.strip_prefix("per ")?)))?,
    };
    let Quantity::Duration(seconds) = with_unit(1.0, time) else {
        return None;
    };
    let per_second = number / seconds;
    Some(match what.trim() {
        "" | "1" | "x" | "time" | "times" => Quantity::Rate(per_second, String::new()),
        what => match with_unit(per_second, what) {
            Quantity::Octets(octets) => Quantity::Rate(octets, "octets".to_owned()),
            _ => Quantity::Rate(per_second, what.to_owned()),
        },
    })
}

/// A moment (RFC 3339), or the first moment of a day in UTC.
#[must_use]
pub fn instant(text: &str) -> Option<Quantity> {
    if let Ok(moment) = DateTime::parse_from_rfc3339(text) {
        let nanos = f64::from(moment.timestamp_subsec_nanos()) / 1e9;
        return Some(Quantity::Instant(whole(moment.timestamp()) + nanos));
    }
    let day = text.parse::<NaiveDate>().ok()?;
    Some(Quantity::Instant(whole(
        day.and_hms_opt(0, 0, 0)?.and_utc().timestamp(),
    )))
}

#[expect(
    clippy::cast_precision_loss,
    reason = "seconds of any calendar year fit 53 bits"
)]
fn whole(seconds: i64) -> f64 {
    seconds as f64
}

/// `HH:MM`, `HH:MM:SS`, with `Z`, `+HH:MM`, `-HH:MM` or nothing (UTC).
fn time_of_day(text: &str) -> Option<Quantity> {
    let zone = text.find(['Z', 'z', '+', '-']).unwrap_or(text.len());
    let (clock, zone) = text.split_at_checked(zone)?;
    let offset = match zone {
        "" | "Z" | "z" => 0.0,
        _ => {
            let (sign, distance) = zone.split_at_checked(1)?;
            if sign == "-" {
                -clock_seconds(distance)?
            } else {
                clock_seconds(distance)?
            }
        }
    };
    Some(Quantity::TimeOfDay(clock_seconds(clock)? - offset))
}

fn clock_seconds(text: &str) -> Option<f64> {
    let mut parts = text.split(':');
    let mut next = |limit: u32| match parts.next().map(str::parse::<u32>) {
        Some(Ok(value)) if value <= limit => Some(f64::from(value)),
        _ => None,
    };
    let (hours, minutes) = (next(24)?, next(59)?);
    let seconds = if text.matches(':').count() == 2 {
        next(60)?
    } else {
        0.0
    };
    parts
        .next()
        .is_none()
        .then_some(hours * HOUR + minutes * MINUTE + seconds)
}

/// An ISO 8601 duration, `P1DT12H` and the like.
#[must_use]
pub fn iso_duration(text: &str) -> Option<Quantity> {
    let rest = text.strip_prefix('P')?;
    let (date, time) = rest.split_once('T').unwrap_or((rest, ""));
    let date = fields(
        date,
        &[('Y', YEAR), ('M', MONTH), ('W', 7.0 * DAY), ('D', DAY)],
    )?;
    let time = fields(time, &[('H', HOUR), ('M', MINUTE), ('S', 1.0)])?;
    (rest.len() > 1).then_some(Quantity::Duration(date + time))
}

fn fields(mut text: &str, units: &[(char, f64)]) -> Option<f64> {
    let mut seconds = 0.0;
    for (letter, size) in units {
        if let Some((number, rest)) = text.split_once(*letter) {
            seconds += number.parse::<f64>().ok()? * size;
            text = rest;
        }
    }
    text.is_empty().then_some(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, unit: &str) -> Quantity {
        Quantity::read(text, Some(unit)).unwrap()
    }

    #[test]
    fn units_convert() {
        for (a, b) in [
            (("60", "m"), ("1", "h")),
            (("24", "h"), ("1", "d")),
            (("24", "h"), ("1", "days")),
            (("12", "months"), ("1", "y")),
            (("7", "d"), ("1", "week")),
            (("365.25", "d"), ("1", "y")),
            (("99.9", "percent"), ("0.999", "ratio")),
            (("99.9%", ""), ("99.9", "percent")),
            (("PT90M", ""), ("1.5", "h")),
            (("1500", "ms"), ("1.5", "s")),
        ] {
            assert!(read(a.0, a.1).same(&read(b.0, b.1)), "{a:?} {b:?}");
        }
        assert!(!read("1", "d").same(&read("1", "y")));
        assert_eq!(read("1", "hops").compare(&read("1", "d")), None);
    }

    #[test]
    fn times_of_day_mind_their_zone() {
        assert!(read("09:00-03:00", "").same(&read("12:00Z", "")));
        assert_eq!(
            read("18:00-08:00", "").compare(&read("09:00-08:00", "")),
            Some(Ordering::Greater)
        );
        assert!(read("23:00-03:00", "").same(&read("02:00Z", "")));
    }

    #[test]
    fn moments_compare_across_zones() {
        let here = read("2032-05-12T09:30:10-08:00", "");
        assert!(here.same(&read("2032-05-12T17:30:10Z", "")));
        assert_eq!(
            here.compare(&read("2027-05-12T09:30:10-08:00", "")),
            Some(Ordering::Greater)
        );
    }

    #[test]
    fn nonsense_is_no_quantity() {
        for text in ["", "soon", "inf", "nan", "P", "25:61", "2020-13-01"] {
            assert!(
                !matches!(
                    Quantity::read(text, None),
                    Some(Quantity::Instant(_) | Quantity::TimeOfDay(_) | Quantity::Duration(_))
                ),
                "{text}"
            );
        }
    }
}
