//! Lists that stand in any section of a document: custom properties, authoritative definitions.

use std::fmt::{self, Display};

use crate::node::Node;
use crate::place::{self, Step};

/// What holds a list, and under which key.
#[derive(Clone, Copy)]
pub(super) struct Holder<'a> {
    root: &'a Node,
    steps: &'a [Step<'a>],
    key: &'a str,
}

impl Holder<'_> {
    /// The section of the document that it stands in; that of the document itself is empty.
    pub(super) fn section(&self) -> &str {
        match self.steps.first() {
            Some(Step::Key(section)) => section,
            _ => "",
        }
    }

    /// The path of an item of the list.
    pub(super) fn item(&self, name: &str) -> impl Display {
        fmt::from_fn(move |path| {
            let holder = place::find(self.root, self.steps).path;
            let dot = if holder.is_empty() { "" } else { "." };
            write!(path, "{holder}{dot}{}[{name}]", self.key)
        })
    }
}

/// Shows every list under one of the keys, wherever it stands but in another one, and what holds it.
pub(super) fn each<'a>(root: &'a Node, keys: &[&str], show: &mut dyn FnMut(&'a Node, Holder<'_>)) {
    visit(root, root, keys, &mut Vec::new(), show);
}

fn visit<'a>(
    root: &'a Node,
    node: &'a Node,
    keys: &[&str],
    steps: &mut Vec<Step<'a>>,
    show: &mut dyn FnMut(&'a Node, Holder<'_>),
) {
    for entry in node.entries() {
        if keys.contains(&&*entry.key) {
            let key = &entry.key;
            show(&entry.node, Holder { root, steps, key });
        } else {
            steps.push(Step::key(&entry.key));
            visit(root, &entry.node, keys, steps, show);
            steps.pop();
        }
    }
    for (index, item) in node.items().iter().enumerate() {
        steps.push(Step::Index(index));
        visit(root, item, keys, steps, show);
        steps.pop();
    }
}
