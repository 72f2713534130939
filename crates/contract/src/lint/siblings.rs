//! Elements of one parent that share what only one of them may have.

use std::collections::HashSet;

use crate::model::{Contract, Element};

/// Each element whose `mark` an earlier one of the same parent has, with its path.
pub(super) fn repeated<'a>(
    contract: &'a Contract,
    mark: impl Fn(&'a Element) -> Option<String>,
) -> Vec<(String, &'a Element)> {
    let mut found = Vec::new();
    let mut among = |elements: &'a [Element], parent: &str| {
        let mut seen = HashSet::new();
        let again = elements
            .iter()
            .filter(|element| mark(element).is_some_and(|mark| !seen.insert(mark)));
        found.extend(again.map(|element| (path(parent, &element.name), element)));
    };
    among(contract.objects(), "");
    for object in contract.objects() {
        among(&object.properties, &object.name);
        for (path, element) in object.walk() {
            among(&element.properties, &format!("{}.{path}", object.name));
        }
    }
    found
}

fn path(parent: &str, name: &str) -> String {
    if parent.is_empty() {
        name.to_owned()
    } else {
        format!("{parent}.{name}")
    }
}
