//! Elements of one parent that share what only one of them may have.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

use super::elements::{Element, is_element, properties};
use super::nodes::name;
use super::subject::Subject;
use crate::node::Node;

/// An element beside others, shown as its path.
pub(super) struct Sibling<'a> {
    pub(super) node: &'a Node,
    holder: Option<Element<'a>>,
}

/// Each element whose `mark` an earlier one of the same parent has.
pub(super) fn repeated<'a>(
    subject: &Subject<'a>,
    mark: impl Fn(&'a Node) -> Option<Cow<'a, str>>,
) -> Vec<Sibling<'a>> {
    let mut found = Vec::new();
    let mut among = |nodes: &mut dyn Iterator<Item = &'a Node>, holder| {
        let mut seen = HashSet::new();
        for node in nodes {
            if mark(node).is_some_and(|mark| !seen.insert(mark)) {
                found.push(Sibling { node, holder });
            }
        }
    };
    let mut objects = subject.list("schema").iter().filter(|it| is_element(it));
    among(&mut objects, None);
    for element in subject.elements.all() {
        among(&mut properties(element.node), Some(element));
    }
    found
}

impl fmt::Display for Sibling<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = name(self.node);
        match self.holder {
            Some(holder) => write!(formatter, "{holder}.{name}"),
            None => formatter.write_str(name),
        }
    }
}
