//! The custom property `transform`: which mask it states, and what a change of it shows.

use serde_json::Value as Json;
use zonecut_contract::{Node, Value};
use zonecut_mask::Mask;

/// What a `transform` states.
#[derive(Debug, PartialEq)]
enum Transform {
    /// A mask with all its parameters.
    Mask(Mask),
    /// The name of a mask, or one whose parameters are not all there.
    Named(&'static str, Json),
    /// Something that is no mask.
    Unknown(Json),
}

/// What a transform that turned into another shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shows {
    /// Nothing that was not shown before.
    NoMore,
    /// Nobody can tell, since a parameter is not stated, or somebody else holds the key.
    Unclear,
    /// Nobody can tell, since one of the two is no mask.
    Unknown,
    /// Something new.
    More,
}

/// Whether a transform is stated at all.
pub(crate) fn is_stated(node: &Node) -> bool {
    match &node.value {
        Value::Null => false,
        Value::String(text) => !text.trim().is_empty(),
        _ => true,
    }
}

/// Whether two values state one transform.
pub(crate) fn are_one(before: &Node, after: &Node) -> bool {
    is_stated(before) && is_stated(after) && Transform::of(before) == Transform::of(after)
}

/// What the new transform shows, beside the old.
pub(crate) fn shows(before: &Node, after: &Node) -> Shows {
    let (before, after) = (Transform::of(before), Transform::of(after));
    match (&before, &after) {
        (old, new) if old == new || new.shows_nothing() => Shows::NoMore,
        (old, _) if old.shows_nothing() => Shows::More,
        (Transform::Mask(old), Transform::Mask(new)) => masks(old, new),
        (Transform::Unknown(_), _) | (_, Transform::Unknown(_)) => Shows::Unknown,
        (Transform::Named(old, _), new) if new.name() == Some(old) => Shows::Unclear,
        // A mask that no longer states how much it hides, and one of another family.
        _ => Shows::More,
    }
}

fn masks(before: &Mask, after: &Mask) -> Shows {
    let other_key = match (before.keyed(), after.keyed()) {
        (Some(old), Some(new)) => old.key != new.key,
        _ => false,
    };
    match after.shows_no_more_than(before) {
        true if other_key => Shows::Unclear,
        true => Shows::NoMore,
        false => Shows::More,
    }
}

impl Transform {
    fn of(node: &Node) -> Self {
        let document = match node.as_str() {
            Some(name) => serde_json::json!({ "type": name.trim() }),
            None => node.to_json(),
        };
        if let Ok(mask) = Mask::from_json(&document) {
            return Self::Mask(mask);
        }
        let word = document.get("type").and_then(Json::as_str);
        match Mask::type_names().find(|name| word == Some(name)) {
            Some(name) => Self::Named(name, document),
            None => Self::Unknown(document),
        }
    }

    fn name(&self) -> Option<&'static str> {
        match self {
            Self::Mask(mask) => Some(mask.type_name()),
            Self::Named(name, _) => Some(name),
            Self::Unknown(_) => None,
        }
    }

    fn shows_nothing(&self) -> bool {
        matches!(self.name(), Some("null" | "constant"))
    }
}
