//! The numbers that a threshold or a range lets pass, whichever operators it is written with.

use std::cmp::Ordering;

use zonecut_contract::{Node, Value};

/// A set of numbers: intervals, lowest first, that do not touch.
#[derive(Debug, Clone, PartialEq)]
pub struct Accepted(Vec<Interval>);

#[derive(Debug, Clone, Copy, PartialEq)]
struct Interval {
    low: Number,
    low_open: bool,
    high: Number,
    high_open: bool,
}

const ALL: Interval = Interval {
    low: Number::Real(f64::NEG_INFINITY),
    low_open: true,
    high: Number::Real(f64::INFINITY),
    high_open: true,
};

/// A number as documents write it: integers keep all their digits.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Number {
    Integer(i128),
    Real(f64),
}

impl Number {
    /// The number that a value states; nothing for words that merely parse, such as `inf`.
    pub(crate) fn of(node: &Node) -> Option<Self> {
        let text = match &node.value {
            Value::Number(number) => number.to_string(),
            Value::String(text) => text.trim().to_owned(),
            _ => return None,
        };
        if let Ok(integer) = text.parse() {
            return Some(Self::Integer(integer));
        }
        let real: f64 = text.parse().ok()?;
        real.is_finite().then_some(Self::Real(real))
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "only beside a number that has a fraction, or a percentage"
    )]
    fn real(self) -> f64 {
        match self {
            Self::Integer(integer) => integer as f64,
            Self::Real(real) => real,
        }
    }

    /// The next integer in that direction; nothing where this is none.
    pub(crate) fn step(self, by: i128) -> Option<Self> {
        match self {
            Self::Integer(integer) => integer.checked_add(by).map(Self::Integer),
            Self::Real(real) if real.is_finite() && real.fract() == 0.0 => {
                Some(Self::Real(real + if by < 0 { -1.0 } else { 1.0 }))
            }
            Self::Real(_) => None,
        }
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Integer(a), Self::Integer(b)) => Some(a.cmp(b)),
            (a, b) => a.real().partial_cmp(&b.real()),
        }
    }
}

impl Accepted {
    /// What a quality rule's operator lets pass; nothing when it has none or it is no number.
    #[must_use]
    pub fn of_quality(rule: &Node) -> Option<Self> {
        let number = |key| rule.get(key).and_then(Number::of);
        let pair = |key| match rule.get(key).map(Node::items) {
            Some([low, high]) => Some((Number::of(low)?, Number::of(high)?)),
            _ => None,
        };
        let mut set = if let Some(exact) = number("mustBe") {
            vec![closed(exact, exact)]
        } else if let Some(other) = number("mustNotBe") {
            vec![below(other, true), above(other, true)]
        } else if let Some((low, high)) = pair("mustNotBeBetween") {
            vec![below(low, true), above(high, true)]
        } else if let Some((low, high)) = pair("mustBeBetween") {
            vec![closed(low, high)]
        } else {
            let bounds = [
                number("mustBeGreaterThan").map(|low| above(low, true)),
                number("mustBeGreaterOrEqualTo").map(|low| above(low, false)),
                number("mustBeLessThan").map(|high| below(high, true)),
                number("mustBeLessOrEqualTo").map(|high| below(high, false)),
            ];
            bounds
                .iter()
                .any(Option::is_some)
                .then(|| vec![meet(bounds.into_iter().flatten())])?
        };
        if counts_rows(rule) {
            set.iter_mut().for_each(close_for_integers);
        }
        if is_percent(rule) {
            for interval in &mut set {
                interval.low = Number::Real(interval.low.real() * 0.01);
                interval.high = Number::Real(interval.high.real() * 0.01);
            }
        }
        Some(Self(set))
    }

    /// What the range in a property's `logicalTypeOptions` lets pass; nothing when it has none.
    #[must_use]
    pub fn of_property(property: &Node) -> Option<Self> {
        let options = property.get("logicalTypeOptions")?;
        let number = |key| options.get(key).and_then(Number::of);
        // ODCS 3.0 has boolean exclusive bounds, 3.1 numbers.
        let flag = |key| options.get(key).and_then(Node::as_bool).unwrap_or_default();
        let bounds = [
            number("minimum").map(|low| above(low, flag("exclusiveMinimum"))),
            number("exclusiveMinimum").map(|low| above(low, true)),
            number("maximum").map(|high| below(high, flag("exclusiveMaximum"))),
            number("exclusiveMaximum").map(|high| below(high, true)),
        ];
        if bounds.iter().all(Option::is_none) {
            return None;
        }
        let mut range = meet(bounds.into_iter().flatten());
        if property.get("logicalType").and_then(Node::as_str) == Some("integer") {
            close_for_integers(&mut range);
        }
        Some(Self(vec![range]))
    }

    /// Whether everything that passes here passes there.
    #[must_use]
    pub fn within(&self, other: &Self) -> bool {
        self.0
            .iter()
            .all(|inner| other.0.iter().any(|outer| contains(outer, inner)))
    }
}

fn contains(outer: &Interval, inner: &Interval) -> bool {
    let low =
        inner.low > outer.low || (inner.low >= outer.low && (inner.low_open || !outer.low_open));
    let high = inner.high < outer.high
        || (inner.high <= outer.high && (inner.high_open || !outer.high_open));
    low && high
}

fn closed(low: Number, high: Number) -> Interval {
    Interval {
        low,
        low_open: false,
        high,
        high_open: false,
    }
}

fn above(low: Number, open: bool) -> Interval {
    Interval {
        low,
        low_open: open,
        ..ALL
    }
}

fn below(high: Number, open: bool) -> Interval {
    Interval {
        high,
        high_open: open,
        ..ALL
    }
}

fn meet(bounds: impl Iterator<Item = Interval>) -> Interval {
    bounds.fold(ALL, |met, next| {
        let low_wins = next.low > met.low || (next.low >= met.low && next.low_open);
        let high_wins = next.high < met.high || (next.high <= met.high && next.high_open);
        Interval {
            low: if low_wins { next.low } else { met.low },
            low_open: if low_wins {
                next.low_open
            } else {
                met.low_open
            },
            high: if high_wins { next.high } else { met.high },
            high_open: if high_wins {
                next.high_open
            } else {
                met.high_open
            },
        }
    })
}

/// Among integers `< 65536` is `<= 65535`.
fn close_for_integers(range: &mut Interval) {
    if let (true, Some(next)) = (range.low_open, range.low.step(1)) {
        range.low = next;
        range.low_open = false;
    }
    if let (true, Some(next)) = (range.high_open, range.high.step(-1)) {
        range.high = next;
        range.high_open = false;
    }
}

fn is_percent(rule: &Node) -> bool {
    rule.get("unit")
        .and_then(Node::as_str)
        .and_then(zonecut_dns::unit_meant)
        .is_some_and(|unit| unit.name == "percent")
}

/// The library's metrics count rows unless the rule says percent.
fn counts_rows(rule: &Node) -> bool {
    (rule.get("metric").is_some() || rule.get("rule").is_some()) && !is_percent(rule)
}

#[cfg(test)]
mod tests {
    use super::*;
    use zonecut_contract::Entry;
    use zonecut_diagnostics::Span;

    fn rule(pairs: &[(&str, Value)]) -> Node {
        let entries = pairs
            .iter()
            .map(|(key, value)| {
                let node = Node {
                    span: Span::START,
                    value: value.clone(),
                };
                Entry::new((*key).into(), Span::START, node)
            })
            .collect();
        Node {
            span: Span::START,
            value: Value::Map(entries),
        }
    }

    fn count(operator: &str, value: i64) -> Accepted {
        let metric = ("metric", Value::String("rowCount".into()));
        Accepted::of_quality(&rule(&[metric, (operator, Value::Number(value.into()))])).unwrap()
    }

    #[test]
    fn integers_close_their_ends() {
        assert_eq!(
            count("mustBeLessThan", 65_536),
            count("mustBeLessOrEqualTo", 65_535)
        );
        assert_ne!(
            count("mustBeLessThan", 65_536),
            count("mustBeLessOrEqualTo", 65_536)
        );
    }

    #[test]
    fn looser_thresholds_hold_the_stricter() {
        assert!(count("mustBeGreaterThan", 1_000_000).within(&count("mustBeGreaterThan", 10)));
        assert!(!count("mustBeGreaterThan", 10).within(&count("mustBeGreaterThan", 1_000_000)));
        assert!(count("mustBe", 0).within(&count("mustBeLessThan", 5)));
        assert!(count("mustBe", 3).within(&count("mustNotBe", 4)));
        assert!(!count("mustNotBe", 4).within(&count("mustBe", 3)));
    }

    #[test]
    fn large_integers_keep_all_their_digits() {
        let large = 9_007_199_254_740_993;
        assert_ne!(
            count("mustBeLessOrEqualTo", large),
            count("mustBeLessOrEqualTo", large - 1)
        );
        assert_ne!(count("mustBe", i64::MAX), count("mustBe", i64::MAX - 1));
        assert_eq!(
            count("mustBeLessThan", large),
            count("mustBeLessOrEqualTo", large - 1)
        );
    }

    #[test]
    fn what_is_not_finite_is_no_number() {
        for word in ["inf", "-inf", "nan", "infinity", "1e999"] {
            let bound = ("mustBeLessThan", Value::String(word.into()));
            assert_eq!(Accepted::of_quality(&rule(&[bound])), None, "{word}");
        }
    }
}
