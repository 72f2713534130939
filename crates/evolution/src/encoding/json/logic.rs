//! Choices, negations, conditions.

use super::apart;
use super::scalars::same_value;
use super::values::{At, Values};
use super::walk::Walk;

/// Whether the values fit one and the same branch of `anyOf`.
pub(super) fn any(walk: &mut Walk, inner: &Values<'_>, outer: At<'_>) -> bool {
    outer
        .list("anyOf")
        .any(|branch| walk.all_fit(inner, branch))
}

/// Whether the values fit one branch of `oneOf`, and no other: because they were one branch of a
/// `oneOf` before, or because the others hold nothing of them.
pub(super) fn one(walk: &mut Walk, inner: &Values<'_>, outer: At<'_>) -> bool {
    let branches: Vec<At<'_>> = outer.list("oneOf").collect();
    branches.iter().enumerate().any(|(index, branch)| {
        let others = branches
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != index);
        walk.all_fit(inner, *branch)
            && (inner.chosen
                || others
                    .into_iter()
                    .all(|(_, other)| apart::of(inner, *other)))
    })
}

/// Whether the values hold nothing of what `not` excludes: they exclude as much themselves, or are
/// something else altogether.
pub(super) fn none(walk: &mut Walk, inner: &Values<'_>, outer: At<'_>) -> bool {
    let Some(excluded) = outer.get("not").map(|node| outer.at(node)) else {
        return true;
    };
    let own: Vec<At<'_>> = inner.schemas("not").collect();
    own.into_iter()
        .any(|own| walk.all_fit(&Values::of(excluded), own))
        || apart::of(inner, excluded)
}

/// Whether the values are what follows from the condition, on the same condition or on none.
pub(super) fn conditional(walk: &mut Walk, inner: &Values<'_>, outer: At<'_>) -> bool {
    let Some(condition) = outer.get("if") else {
        return true;
    };
    let alike: Vec<At<'_>> = inner
        .parts
        .iter()
        .copied()
        .filter(|part| part.get("if").is_some_and(|own| same_value(own, condition)))
        .collect();
    let mut follows = |key: &'static str, holds: bool| {
        let Some(wanted) = outer.get(key).map(|node| outer.at(node)) else {
            return true;
        };
        let own = alike
            .iter()
            .filter_map(|part| part.get(key).map(|node| part.at(node)));
        let condition = holds.then(|| outer.at(condition));
        walk.all_fit(&inner.with(own.chain(condition)), wanted)
    };
    follows("then", true) && follows("else", false)
}
