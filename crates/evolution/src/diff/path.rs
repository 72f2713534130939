//! Paths of things, as findings show them.

use std::collections::HashMap;

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
    labels: &Labels<'_>,
) -> String {
    let named = |keys: &[&str]| {
        keys.iter()
            .find_map(|key| node.get(key).map(|name| label(key, name)))
            .unwrap_or_else(|| "?".to_owned())
    };
    match kind {
        SubjectKind::Object => named(&["name"]),
        SubjectKind::Property => format!("{}.{}", scope.path, named(&["name"])),
        SubjectKind::Quality if scope.path.is_empty() || scope.path == "quality" => {
            format!("quality[{}]", named(QUALITY_LABELS))
        }
        SubjectKind::Quality => format!("{}.quality[{}]", scope.path, named(QUALITY_LABELS)),
        SubjectKind::Sla => format!("slaProperties[{}]", labels.label(node)),
        SubjectKind::Port => format!("{}[{}]", scope.path, labels.label(node)),
        // The roles of a server.
        SubjectKind::Role if scope.section == "servers" => {
            format!("{}.roles[{}]", scope.path, named(&["role"]))
        }
        SubjectKind::Member => format!("team[{}]", named(&["username", "name"])),
        _ => format!(
            "{}[{}]",
            scope.path,
            named(&["server", "role", "property", "channel", "type", "url"])
        ),
    }
}

/// A name on one line; of prose and queries no more than tells what they are about.
fn label(key: &str, name: &Node) -> String {
    const LONGEST: usize = 60;
    let text = spelling::plain(name);
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = words.join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((cut, _)) if matches!(key, "query" | "description") => {
            format!("{}…", line.get(..cut).unwrap_or_default())
        }
        _ => line,
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

/// How entries that may share their name are called: by the name alone where it stands once, else
/// with what tells them apart.
pub(super) struct Labels<'a> {
    name: &'static str,
    more: &'static [&'static str],
    count: HashMap<&'a str, usize>,
}

impl<'a> Labels<'a> {
    pub(super) fn of(kind: SubjectKind, siblings: &'a [Node]) -> Self {
        let (name, more): (_, &[_]) = match kind {
            SubjectKind::Sla => ("property", &["element", "driver"]),
            SubjectKind::Port => ("name", &["version"]),
            // All others have names of their own.
            _ => ("", &[]),
        };
        let mut count = HashMap::new();
        let siblings = if name.is_empty() { &[] } else { siblings };
        for text in siblings.iter().filter_map(|node| node.get(name)?.as_str()) {
            *count.entry(text).or_default() += 1;
        }
        Self { name, more, count }
    }

    fn label(&self, node: &Node) -> String {
        let name = node.get(self.name).map(spelling::plain).unwrap_or_default();
        if self.count.get(name.as_str()).is_none_or(|count| *count < 2) {
            return name;
        }
        let parts = self
            .more
            .iter()
            .filter_map(|key| node.get(key).map(spelling::plain));
        std::iter::once(name)
            .chain(parts)
            .collect::<Vec<_>>()
            .join("/")
    }
}
