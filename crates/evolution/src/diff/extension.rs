//! The custom properties that Zonecut gives a meaning, where their values are more than they look.

use zonecut_contract::Node;

use super::scope::Scope;
use super::shape::Shape;
use crate::fact::SubjectKind;
use crate::settings::Mode;
use crate::transform;

/// The shape of `value`, where the walk stands in such a custom property.
pub(super) fn shape(scope: &Scope<'_>, key: &str) -> Option<Shape> {
    if key != "value" {
        return None;
    }
    match (scope.subject.kind, property(scope)?) {
        (SubjectKind::Property, "enum") => Some(Shape::Set),
        (_, "transform") => Some(Shape::Value(transform::are_one)),
        (_, "unit") => Some(Shape::Value(|before, after| {
            both(before, after, is_one_unit)
        })),
        (_, "region") => Some(Shape::Value(|before, after| {
            both(before, after, str::eq_ignore_ascii_case)
        })),
        (_, "compatibility") => Some(Shape::Value(|before, after| {
            both(before, after, is_one_mode)
        })),
        _ => None,
    }
}

/// The custom property that the walk is in: of the thing, or a thing of its own.
fn property<'s>(scope: &'s Scope<'_>) -> Option<&'s str> {
    if scope.subject.kind == SubjectKind::Custom && scope.field.is_empty() {
        let entry = scope.subject.after.or(scope.subject.before)?;
        return entry.get("property")?.as_str();
    }
    let label = scope.field.strip_prefix("customProperties[")?;
    label.strip_suffix(']')
}

fn both(before: &Node, after: &Node, are_one: fn(&str, &str) -> bool) -> bool {
    match (before.as_str(), after.as_str()) {
        (Some(before), Some(after)) => are_one(before, after),
        _ => false,
    }
}

/// Whether two texts mean one unit.
pub(super) fn is_one_unit(before: &str, after: &str) -> bool {
    let unit = |text| zonecut_dns::unit_meant(text).map(|unit| unit.name);
    unit(before).is_some_and(|name| unit(after) == Some(name))
}

fn is_one_mode(before: &str, after: &str) -> bool {
    let mode = |text: &str| text.parse::<Mode>().ok();
    mode(before).is_some_and(|known| mode(after) == Some(known))
}
