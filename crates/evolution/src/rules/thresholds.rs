//! Changes of what a quality rule lets pass. Its operators are one threshold, so one finding.

use std::collections::HashSet;

use zonecut_contract::Node;

use super::phrase::quoted;
use crate::accepted::Accepted;
use crate::comparison::{Comparison, Findings};
use crate::fact::{Fact, SubjectKind};

/// Which way a threshold moved; both, where it moved aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Turn {
    /// Something passes that did not.
    pub(super) weaker: bool,
    /// Something no longer passes.
    pub(super) stronger: bool,
}

/// One fact for each rule whose threshold changed; the others of the same rule are claimed.
pub(super) fn changes<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) -> Vec<&'a Fact<'a>> {
    let mut seen = HashSet::new();
    let mut firsts = Vec::new();
    for fact in cx.changes().filter(|fact| is_about_threshold(fact)) {
        if fact
            .subject
            .before
            .is_none_or(|rule| seen.insert(std::ptr::from_ref(rule)))
        {
            firsts.push(fact);
        }
        out.claim(fact);
    }
    firsts
}

fn is_about_threshold(fact: &Fact<'_>) -> bool {
    let numeric = || {
        [fact.subject.before, fact.subject.after]
            .iter()
            .flatten()
            .any(|rule| Accepted::of_quality(rule).is_some())
    };
    fact.subject.kind == SubjectKind::Quality
        && (fact.field().starts_with("must") || (fact.field() == "unit" && numeric()))
}

/// Which way the threshold moved. A value that is no number is another promise: it moved aside.
pub(super) fn turn(fact: &Fact<'_>) -> Turn {
    let of = |node: Option<&Node>| node.and_then(Accepted::of_quality);
    match (of(fact.subject.before), of(fact.subject.after)) {
        (Some(old), Some(new)) => Turn {
            weaker: !new.within(&old),
            stronger: !old.within(&new),
        },
        _ => Turn {
            weaker: fact.before.is_some(),
            stronger: fact.after.is_some(),
        },
    }
}

/// "`mustBe` `0` became `mustBeLessThan` `5`".
pub(super) fn wording(fact: &Fact<'_>) -> String {
    let side = |rule: Option<&Node>| {
        let operators: Vec<String> = rule
            .map_or(&[][..], Node::entries)
            .iter()
            .filter(|entry| entry.key.starts_with("must") || entry.key == "unit")
            .map(|entry| format!("`{}` {}", entry.key, quoted(Some(&entry.node))))
            .collect();
        if operators.is_empty() {
            "nothing".to_owned()
        } else {
            operators.join(", ")
        }
    };
    format!(
        "{} became {}",
        side(fact.subject.before),
        side(fact.subject.after)
    )
}
