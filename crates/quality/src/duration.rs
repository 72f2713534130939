//! How long a service level allows: a value with a unit, or an ISO 8601 duration.

use chrono::TimeDelta;
use serde_json::Value;

const SECOND: f64 = 1_000.0;
const DAY: f64 = 86_400.0 * SECOND;
/// Days against years: 365.25, so that 12 months are one year.
const YEAR: f64 = 365.25 * DAY;
/// Longer than any promise, short enough to be added to any date.
const LONGEST: f64 = 1_000.0 * YEAR;

/// The duration, when it is one that can pass: more than nothing, less than a thousand years.
pub(crate) fn duration(value: &Value, unit: Option<&str>) -> Option<TimeDelta> {
    let milliseconds = match (number(value), unit) {
        (Some(number), Some(unit)) => number * milliseconds_of(unit)?,
        (None, None) => iso_8601(value.as_str()?)?,
        _ => return None,
    };
    if !(1.0..=LONGEST).contains(&milliseconds) {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a thousand years of milliseconds fit"
    )]
    TimeDelta::try_milliseconds(milliseconds.round() as i64)
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text
            .trim()
            .parse()
            .ok()
            .filter(|number: &f64| number.is_finite()),
        _ => None,
    }
}

fn milliseconds_of(unit: &str) -> Option<f64> {
    Some(match unit.trim().to_lowercase().as_str() {
        "ms" | "millisecond" | "milliseconds" => 1.0,
        "s" | "sec" | "secs" | "second" | "seconds" => SECOND,
        // `m` alone is ambiguous; minutes are meant.
        "m" | "min" | "mins" | "minute" | "minutes" => 60.0 * SECOND,
        "h" | "hr" | "hrs" | "hour" | "hours" => 3_600.0 * SECOND,
        "d" | "day" | "days" => DAY,
        "w" | "wk" | "week" | "weeks" => 7.0 * DAY,
        "mo" | "mon" | "month" | "months" => YEAR / 12.0,
        "y" | "yr" | "yrs" | "year" | "years" => YEAR,
        _ => return None,
    })
}

/// `P1D`, `PT15M`, `P1DT12H`: ISO 8601 section 5.5.2, designators in any order it allows.
fn iso_8601(text: &str) -> Option<f64> {
    let (date, time) = match text.trim().strip_prefix('P')?.split_once('T') {
        Some((date, time)) if !time.is_empty() => (date, time),
        Some(_) => return None,
        None => (text.trim().strip_prefix('P')?, ""),
    };
    let date_units = [
        ('Y', YEAR),
        ('M', YEAR / 12.0),
        ('W', 7.0 * DAY),
        ('D', DAY),
    ];
    let time_units = [('H', 3_600.0 * SECOND), ('M', 60.0 * SECOND), ('S', SECOND)];
    Some(designated(date, &date_units)? + designated(time, &time_units)?)
}

fn designated(mut text: &str, units: &[(char, f64)]) -> Option<f64> {
    let mut sum = 0.0;
    for (designator, milliseconds) in units {
        if let Some((number, rest)) = text.split_once(*designator) {
            let plain = number
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'.');
            let number: f64 = number.parse().ok().filter(|_| plain)?;
            sum += number * milliseconds;
            text = rest;
        }
    }
    text.is_empty().then_some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn seconds(value: &Value, unit: Option<&str>) -> Option<i64> {
        duration(value, unit).map(|delta| delta.num_seconds())
    }

    #[test]
    fn units_are_read_in_each_spelling() {
        for (value, unit, expected) in [
            (json!(90), "s", 90),
            (json!(15), "m", 900),
            (json!(15), "min", 900),
            (json!("1"), "h", 3_600),
            (json!(0.5), "Hours", 1_800),
            (json!(4), "d", 345_600),
            (json!(1), "week", 604_800),
            (json!(12), "months", 31_557_600),
            (json!(1), "yr", 31_557_600),
        ] {
            assert_eq!(seconds(&value, Some(unit)), Some(expected), "{unit}");
        }
    }

    #[test]
    fn iso_durations_are_read() {
        for (text, expected) in [
            ("PT15M", 900),
            ("P1D", 86_400),
            ("P1DT12H", 129_600),
            ("P1W", 604_800),
        ] {
            assert_eq!(seconds(&json!(text), None), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_duration_is_none() {
        for (value, unit) in [
            (json!(1), None),
            (json!(1), Some("parsec")),
            (json!("P1D"), Some("d")),
            (json!("P"), None),
            (json!("PT"), None),
            (json!("P1"), None),
            (json!("PT1D"), None),
            (json!("P-1D"), None),
            (json!(0), Some("s")),
            (json!(-1), Some("s")),
            (json!(1e300), Some("y")),
            (json!("inf"), Some("s")),
            (json!("nan"), Some("s")),
            (json!(true), Some("s")),
        ] {
            assert_eq!(duration(&value, unit), None, "{value} {unit:?}");
        }
    }
}
