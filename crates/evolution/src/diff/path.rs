//! Paths of things, as findings show them.

use zonecut_contract::Node;

use super::scope::Scope;
use super::spelling;
use crate::fact::SubjectKind;

/// The key that names a thing, where a stable id can outlive the name.
pub(super) fn name_key(kind: SubjectKind) -> Option<&'static str> {
    match kind {
        SubjectKind::Object | SubjectKind::Property | SubjectKind::Quality => Some("name"),
        SubjectKind::Server => Some("server"),
        SubjectKind::Role => Some("role"),
        _ => None,
    }
}

/// The path of a thing: by what it is, never by its position.
pub(super) fn path_of(
    scope: &Scope<'_>,
    kind: SubjectKind,
    node: &Node,
    siblings: &[Node],
) -> String {
    let named = |keys: &[&str]| {
        keys.iter()
            .find_map(|key| node.get(key).map(spelling::plain))
            .unwrap_or_else(|| "?".to_owned())
    };
    match kind {
        SubjectKind::Object => named(&["name"]),
        SubjectKind::Property => format!("{}.{}", scope.path, named(&["name"])),
        SubjectKind::Quality if scope.path.is_empty() || scope.path == "quality" => {
            format!("quality[{}]", named(QUALITY_LABELS))
        }
        SubjectKind::Quality => format!("{}.quality[{}]", scope.path, named(QUALITY_LABELS)),
        SubjectKind::Sla => format!("slaProperties[{}]", sla_label(node, siblings)),
        SubjectKind::Member => format!("team[{}]", named(&["username", "name"])),
        _ => format!(
            "{}[{}]",
            scope.path,
            named(&["server", "role", "property", "channel", "type", "url"])
        ),
    }
}

const QUALITY_LABELS: &[&str] = &[
    "name",
    "metric",
    "rule",
    "id",
    "query",
    "description",
    "type",
];

/// The property alone where it stands once, else with what tells the entries apart.
fn sla_label(node: &Node, siblings: &[Node]) -> String {
    let property = node
        .get("property")
        .map(spelling::plain)
        .unwrap_or_default();
    let name = node.get("property").and_then(Node::as_str);
    let twins = siblings
        .iter()
        .filter(|other| other.get("property").and_then(Node::as_str) == name)
        // Two are enough to know.
        .take(2)
        .count();
    if twins < 2 {
        return property;
    }
    let parts = ["element", "driver"]
        .iter()
        .filter_map(|key| node.get(key).map(spelling::plain));
    std::iter::once(property.clone())
        .chain(parts)
        .collect::<Vec<_>>()
        .join("/")
}
