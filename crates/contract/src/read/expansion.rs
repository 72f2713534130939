//! What a document grows to when each of its elements is looked at by itself.
//!
//! An element is called by its path and carries the tags of everything around it, so that one long
//! name, or many tags, count as often as there are elements inside. Aliases are bounded where they
//! are expanded (`yaml`).

use zonecut_diagnostics::{LintSeverity, Span};

use crate::finding::{Findings, Flaw};
use crate::node::Node;

/// The most text that the paths of all values may hold together, in bytes.
const MAX_PATHS: usize = 16 * 1024 * 1024;
/// The most tags that all elements may carry together, inherited ones included.
const MAX_TAGS: usize = 1_000_000;
/// The keys whose value stands in paths.
const NAMES: [&str; 8] = [
    "name", "property", "server", "role", "channel", "username", "id", "type",
];

/// What an element has from those around it.
#[derive(Clone, Copy, Default)]
struct Around {
    path: usize,
    tags: usize,
}

#[derive(Default)]
struct Sum {
    paths: usize,
    tags: usize,
}

/// Whether it stays within limits; if not, with the finding that says where it leaves them.
pub(super) fn check(root: &Node, findings: &mut Findings) -> bool {
    let excess = Sum::default().add(root, Around::default()).err();
    if let Some((span, what)) = excess {
        findings.push(Flaw {
            rule: "too-many-values",
            severity: LintSeverity::Error,
            span,
            path: String::new(),
            about: "",
            message: format!("the document holds more than {what}"),
            help: "shorten the names, or state the tags nearer to what they are about".to_owned(),
        });
    }
    excess.is_none()
}

impl Sum {
    fn add(&mut self, node: &Node, around: Around) -> Result<(), (Span, &'static str)> {
        let mut here = around;
        if let Some(longest) = longest_name(node) {
            here.path += longest + 1;
            here.tags += node.get("tags").map_or(0, |tags| tags.items().len());
            self.tags += here.tags;
        }
        self.paths += here.path;
        if self.paths > MAX_PATHS {
            return Err((node.span, "`16` MiB of paths"));
        }
        if self.tags > MAX_TAGS {
            return Err((node.span, "a million tags, inherited ones included"));
        }
        let values = node.entries().iter().map(|entry| &entry.node);
        values
            .chain(node.items())
            .try_for_each(|inner| self.add(inner, here))
    }
}

/// How long the longest of its names is; none for what is not called anything.
fn longest_name(node: &Node) -> Option<usize> {
    let entries = node.entries().iter();
    let named = entries.filter(|entry| NAMES.contains(&entry.key.as_str()));
    named
        .filter_map(|entry| Some(entry.node.as_str()?.len()))
        .max()
}
