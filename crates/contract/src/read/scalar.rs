//! Plain scalars under the YAML 1.2 core schema (section 10.3): `no` is text, `0o17` is fifteen.

use serde_json::Number;

use crate::node::Value;

/// A plain scalar that looks like a number JSON can't hold exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Inexact;

/// The value of a plain scalar.
pub fn resolve(text: &str) -> Result<Value, Inexact> {
    let Some(first) = text.bytes().next() else {
        return Ok(Value::Null);
    };
    match first {
        b'~' | b'n' | b'N' if matches!(text, "~" | "null" | "Null" | "NULL") => Ok(Value::Null),
        b't' | b'T' if matches!(text, "true" | "True" | "TRUE") => Ok(Value::Bool(true)),
        b'f' | b'F' if matches!(text, "false" | "False" | "FALSE") => Ok(Value::Bool(false)),
        b'0'..=b'9' | b'+' | b'-' | b'.' => number(text),
        _ => Ok(Value::String(text.into())),
    }
}

fn number(text: &str) -> Result<Value, Inexact> {
    if let Some(digits) = text.strip_prefix("0o") {
        return radix(text, digits, 8);
    }
    if let Some(digits) = text.strip_prefix("0x") {
        return radix(text, digits, 16);
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        return Err(Inexact);
    }
    if unsigned.is_empty() || !is_decimal(unsigned) {
        return Ok(Value::String(text.into()));
    }
    if unsigned.bytes().all(|byte| byte.is_ascii_digit()) {
        return integer(text);
    }
    decimal(text, unsigned)
}

fn radix(text: &str, digits: &str, radix: u32) -> Result<Value, Inexact> {
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(radix)) {
        return Ok(Value::String(text.into()));
    }
    u64::from_str_radix(digits, radix)
        .map(|value| Value::Number(value.into()))
        .map_err(|_| Inexact)
}

/// `[0-9]+`, `[0-9]+.[0-9]*` or `.[0-9]+`, each with an optional exponent.
fn is_decimal(unsigned: &str) -> bool {
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let mantissa_holds = match mantissa.split_once('.') {
        Some((whole, fraction)) => {
            digits(whole) && digits(fraction) && !(whole.is_empty() && fraction.is_empty())
        }
        None => !mantissa.is_empty() && digits(mantissa),
    };
    mantissa_holds
        && exponent.is_none_or(|exponent| {
            let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
            !exponent.is_empty() && digits(exponent)
        })
}

fn integer(text: &str) -> Result<Value, Inexact> {
    if let Ok(value) = text.parse::<i64>() {
        return Ok(Value::Number(value.into()));
    }
    text.parse::<u64>()
        .map(|value| Value::Number(value.into()))
        .map_err(|_| Inexact)
}

/// A decimal whose digits survive a double, written as an integer where it is one: `1.0` and `1`
/// are one value, as in JSON Schema and RFC 8785.
fn decimal(text: &str, unsigned: &str) -> Result<Value, Inexact> {
    let value: f64 = text.parse().map_err(|_| Inexact)?;
    if !value.is_finite() {
        return Err(Inexact);
    }
    let shortest = format!("{:e}", value.abs());
    if significant(unsigned) != significant(&shortest) {
        return Err(Inexact);
    }
    if value.fract() == 0.0 && value.abs() < 9_007_199_254_740_992.0 {
        #[expect(clippy::cast_possible_truncation, reason = "a whole number below 2^53")]
        let whole = value as i64;
        return Ok(Value::Number(whole.into()));
    }
    Number::from_f64(value).map(Value::Number).ok_or(Inexact)
}

/// The significant digits of a decimal, and the power of ten of its last one.
fn significant(unsigned: &str) -> (String, i64) {
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = [whole, fraction].concat();
    let digits = digits.trim_start_matches('0');
    let trimmed = digits.trim_end_matches('0');
    if trimmed.is_empty() {
        return (String::new(), 0);
    }
    let dropped = i64::try_from(digits.len() - trimmed.len()).unwrap_or(i64::MAX);
    let fraction = i64::try_from(fraction.len()).unwrap_or(i64::MAX);
    let exponent: i64 = exponent.parse().unwrap_or(i64::MAX);
    (
        trimmed.to_owned(),
        exponent.saturating_sub(fraction).saturating_add(dropped),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(text: &str) -> String {
        match resolve(text) {
            Ok(Value::Null) => "null".to_owned(),
            Ok(Value::Bool(truth)) => truth.to_string(),
            Ok(Value::Number(number)) => number.to_string(),
            Ok(Value::String(text)) => format!("{text:?}"),
            Ok(Value::List(_) | Value::Map(_) | Value::Secret(_)) => unreachable!("a plain scalar"),
            Err(Inexact) => "inexact".to_owned(),
        }
    }

    #[test]
    fn norway_is_text() {
        for text in ["no", "yes", "on", "off", "y", "n", "NO", "nULL", "tRUE"] {
            assert_eq!(json(text), format!("{text:?}"));
        }
    }

    #[test]
    fn core_schema_numbers() {
        for (text, value) in [
            ("0", "0"),
            ("007", "7"),
            ("-12", "-12"),
            ("+12", "12"),
            ("0o17", "15"),
            ("0xfF", "255"),
            ("1.0", "1"),
            ("1e3", "1000"),
            (".5", "0.5"),
            ("5.", "5"),
            ("-0.0", "0"),
            ("99.95", "99.95"),
            ("1.5e-7", "1.5e-7"),
            ("18446744073709551615", "18446744073709551615"),
            ("2024-01-02", "\"2024-01-02\""),
            ("1.2.3", "\"1.2.3\""),
            ("0x", "\"0x\""),
            ("1_000", "\"1_000\""),
            ("-", "\"-\""),
            (".", "\".\""),
            ("e3", "\"e3\""),
            ("09:00-03:00", "\"09:00-03:00\""),
        ] {
            assert_eq!(json(text), value, "{text}");
        }
    }

    #[test]
    fn what_a_double_cannot_hold_is_refused() {
        for text in [
            "18446744073709551616",
            "-9223372036854775809",
            "0.30000000000000000001",
            "1e999",
            ".inf",
            "-.INF",
            ".nan",
        ] {
            assert_eq!(json(text), "inexact", "{text}");
        }
    }
}
