//! Rules whose `columns` pick nothing: a typo there opens or hides nothing, and nobody is told.
//! A guardrail may guard what is still to come; only words that nobody knows are doubtful there.

use std::collections::BTreeSet;

use zonecut_diagnostics::LintFinding;

use super::{unknown, warn};
use crate::catalog::{Column, Object};
use crate::compile::select;
use crate::documents::{ColumnSelector, Effect, Rule, RuleSet, Word};

/// Labels that are expected before the first column bears them.
const CLASSIFICATIONS: [&str; 4] = ["public", "internal", "confidential", "restricted"];

/// What the columns that a document is about are called, and how they are marked.
struct Words<'a> {
    paths: BTreeSet<&'a str>,
    tags: BTreeSet<&'a str>,
    classifications: BTreeSet<&'a str>,
}

impl<'a> Words<'a> {
    fn of(scope: &[&'a Object]) -> Self {
        let columns = || scope.iter().flat_map(|object| &object.columns);
        let classified = |column: &'a Column| column.classification.as_deref();
        Self {
            paths: columns().map(|column| &*column.path).collect(),
            tags: columns()
                .flat_map(|column| column.tags.iter().map(String::as_str))
                .collect(),
            classifications: CLASSIFICATIONS
                .into_iter()
                .chain(columns().filter_map(classified))
                .collect(),
        }
    }
}

/// Looks at the rules of a document that is about `scope`.
pub(super) fn check(
    set: &RuleSet,
    guardrail: bool,
    scope: &[&Object],
    findings: &mut Vec<LintFinding>,
) {
    let picky = |rule: &&Rule| {
        let ColumnSelector {
            names,
            tags,
            classifications,
            semantic_types,
        } = &rule.columns;
        let lists = [names, tags, classifications, semantic_types];
        !matches!(rule.effect, Effect::Filter(_)) && lists.iter().any(|list| list.is_some())
    };
    let rules: Vec<_> = set.rules.iter().filter(picky).collect();
    if rules.is_empty() || scope.is_empty() {
        return;
    }
    let words = Words::of(scope);
    for rule in rules {
        let before = findings.len();
        unknown_words(rule, &words, findings);
        let mut types = rule.columns.semantic_types.iter().flatten();
        let known = |word: &Word| zonecut_dns::semantic_type(&word.text).is_some();
        if !guardrail && findings.len() == before && types.all(known) {
            nothing_picked(rule, scope, &words, findings);
        }
    }
}

fn unknown_words(rule: &Rule, words: &Words<'_>, findings: &mut Vec<LintFinding>) {
    unknown(
        "column",
        rule.columns.names.as_ref(),
        &|name| words.paths.contains(name),
        words.paths.iter().copied(),
        &rule.path,
        findings,
    );
    unknown(
        "classification",
        rule.columns.classifications.as_ref(),
        &|label| {
            words
                .classifications
                .contains(label.to_ascii_lowercase().as_str())
        },
        words.classifications.iter().copied(),
        &rule.path,
        findings,
    );
}

fn nothing_picked(
    rule: &Rule,
    scope: &[&Object],
    words: &Words<'_>,
    findings: &mut Vec<LintFinding>,
) {
    let grant = matches!(rule.effect, Effect::Grant);
    let picks = |object: &&Object| !select(object, &rule.columns, grant).is_empty();
    if scope.iter().any(picks) {
        return;
    }
    let strange = rule
        .columns
        .tags
        .iter()
        .flatten()
        .find(|tag| !words.tags.contains(tag.text.to_ascii_lowercase().as_str()));
    let nearest = strange
        .and_then(|tag| zonecut_contract::spelling::nearest(&tag.text, words.tags.iter().copied()));
    let help = nearest.map_or_else(
        || "until a column is of all that `columns` names, it does nothing".to_owned(),
        |tag| format!("did you mean the tag `{tag}`?"),
    );
    findings.push(warn(
        "empty-selection",
        &rule.at,
        &format!("{}.columns", rule.path),
        format!(
            "`{}` picks no column of what the document is about",
            rule.name
        ),
        help,
    ));
}
