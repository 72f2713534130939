//! When two spellings say the same.

use zonecut_contract::{Node, Value};

use super::extension;
use super::keys::Keys;
use super::metric;
use crate::accepted::{Accepted, Number};
use crate::fact::{Subject, SubjectKind};
use crate::quantity::{self, Quantity};
use crate::sla;
use crate::sql;
use crate::types;
use crate::zone;

/// How alike two values are.
pub(super) enum Sameness {
    /// Written the same.
    Identical,
    /// Written differently, meaning the same.
    SameMeaning,
    /// Not the same.
    Different,
}

/// What a quality rule measures, and how much of it is promised.
const RULE: &[&str] = &[
    "metric",
    "rule",
    "mustBe",
    "mustNotBe",
    "mustBeGreaterThan",
    "mustBeGreaterOrEqualTo",
    "mustBeLessThan",
    "mustBeLessOrEqualTo",
    "mustBeBetween",
    "mustNotBeBetween",
    "unit",
];
const OPERATORS: &[&str] = RULE.split_at(metric::KEYS.len()).1;
/// Prose that people read: how its lines break says nothing.
const PROSE: &[&str] = &[
    "description",
    "purpose",
    "limitations",
    "usage",
    "businessName",
    "transformDescription",
    "dataGranularityDescription",
    "instructions",
];
const BOUNDS: &[&str] = &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"];

/// The keys whose values mean the same only together: a number and its unit, the ends of a range.
pub(super) fn equal_keys(
    subject: &Subject<'_>,
    field: &str,
    before: &Node,
    after: &Node,
) -> &'static [&'static str] {
    match (subject.kind, field) {
        (SubjectKind::Sla, "") if same_promise(before, after) => &["value", "unit"],
        (SubjectKind::Quality, "") => {
            let promised = [before, after].map(Accepted::of_quality);
            let [old, new] = promised.each_ref().map(Option::as_ref);
            match (metric::same(before, after), same(old, new)) {
                (true, true) => RULE,
                (true, false) => metric::KEYS,
                (false, true) => OPERATORS,
                (false, false) => &[],
            }
        }
        (SubjectKind::Property, "logicalTypeOptions") => {
            let (Some(old), Some(new)) = (subject.before, subject.after) else {
                return &[];
            };
            if same(
                Accepted::of_property(old).as_ref(),
                Accepted::of_property(new).as_ref(),
            ) {
                BOUNDS
            } else {
                &[]
            }
        }
        _ => &[],
    }
}

fn same_promise(before: &Node, after: &Node) -> bool {
    match (sla::promise(before), sla::promise(after)) {
        (Some(old), Some(new)) => old.same(&new),
        _ => false,
    }
}

fn same(before: Option<&Accepted>, after: Option<&Accepted>) -> bool {
    before.is_some() && before == after
}

/// How alike the values of `key` are.
pub(super) fn sameness(kind: SubjectKind, key: &str, before: &Node, after: &Node) -> Sameness {
    if is_identical(before, after) {
        Sameness::Identical
    } else if same_meaning(kind, key, before, after) {
        Sameness::SameMeaning
    } else {
        Sameness::Different
    }
}

fn same_meaning(kind: SubjectKind, key: &str, before: &Node, after: &Node) -> bool {
    match (&before.value, &after.value) {
        (Value::Number(_), Value::Number(_)) => match (Number::of(before), Number::of(after)) {
            (Some(old), Some(new)) => old == new,
            _ => false,
        },
        (Value::Number(_), Value::String(_)) | (Value::String(_), Value::Number(_)) => {
            key == "port" && plain(before) == plain(after)
        }
        (Value::String(old), Value::String(new)) => match key {
            _ if PROSE.contains(&key) || key == "schedule" => {
                old.split_whitespace().eq(new.split_whitespace())
            }
            "query" | "transformLogic" => sql::normal(old) == sql::normal(new),
            "timezone" | "defaultTimezone" => zone::same(old, new),
            "physicalType" => types::are_one(old, new),
            "implementation" => lines(old).eq(lines(new)),
            "logicalType" | "status" | "tenant" | "host" | "priceCurrency" | "region"
            | "regionName" => old.eq_ignore_ascii_case(new),
            "classification" => old.trim().to_lowercase() == new.trim().to_lowercase(),
            "type" | "severity" | "dimension" | "unit" if kind == SubjectKind::Quality => {
                old.eq_ignore_ascii_case(new) || (key == "unit" && extension::is_one_unit(old, new))
            }
            "value" | "window" | "dateIn" | "dateOut" | "contractCreatedTs"
            | "productCreatedTs" => same_time(old, new),
            _ if BOUNDS.contains(&key) => same_time(old, new),
            _ => false,
        },
        _ => false,
    }
}

/// A text in another language, but for what nobody sees.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.trim_end().lines().map(str::trim_end)
}

/// Two instants or two ISO 8601 durations that are one.
fn same_time(before: &str, after: &str) -> bool {
    let time = |text| quantity::instant(text).or_else(|| quantity::iso_duration(text));
    match (time(before), time(after)) {
        (Some(old), Some(new)) => Quantity::same(&old, &new),
        _ => false,
    }
}

/// Equal as values; the order of keys says nothing.
pub(super) fn is_identical(before: &Node, after: &Node) -> bool {
    match (&before.value, &after.value) {
        (Value::Null, Value::Null) => true,
        (Value::Bool(old), Value::Bool(new)) => old == new,
        (Value::Number(old), Value::Number(new)) => old == new,
        (Value::String(old), Value::String(new)) => old == new,
        (Value::Secret(secret), other) | (other, Value::Secret(secret)) => secret.is(other),
        (Value::List(olds), Value::List(news)) => {
            olds.len() == news.len()
                && olds
                    .iter()
                    .zip(news)
                    .all(|(old, new)| is_identical(old, new))
        }
        (Value::Map(olds), Value::Map(news)) => {
            olds.len() == news.len() && {
                let keys = Keys::of(after);
                // Most mappings keep the order of their keys.
                olds.iter().zip(news).all(|(old, near)| {
                    let new = Some(near).filter(|near| near.identity() == old.identity());
                    new.or_else(|| keys.entry(old.identity()))
                        .is_some_and(|new| is_identical(&old.node, &new.node))
                })
            }
        }
        _ => false,
    }
}

/// The value as a person would write it inside a path.
pub(super) fn plain(node: &Node) -> String {
    node.as_str()
        .map_or_else(|| node.to_json().to_string(), str::to_owned)
}
