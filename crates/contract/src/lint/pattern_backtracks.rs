//! ## What it does
//! Looks for a `pattern` with a repetition that one text can pass in exponentially many ways: repetitions
//! within each other with nothing to tell their rounds apart, alternatives that begin alike.
//!
//! ## Why it matters
//! Engines that try one way after the other, as those of Java, JavaScript and Python do, never finish
//! with a text of thirty characters that nearly fits. One record stops the pipeline.
//!
//! ## Example
//! ```yaml
//! logicalTypeOptions: {pattern: "^([a-z0-9]+-?)+$"}
//! ```
//!
//! ## How to fix
//! Let every round of the outer repetition begin with what the inner one does not match:
//! `^[a-z0-9]+(-[a-z0-9]+)*-?$`.

mod ambiguity;

use std::collections::HashMap;

use zonecut_diagnostics::LintSeverity;

use super::pattern_invalid::patterns;
use super::rule::{Check, Report, Rule};
use super::subject::Subject;

pub(super) static RULE: Rule = Rule {
    name: "pattern-backtracks",
    since: "0.1.0",
    severity: LintSeverity::Warning,
    check: Check::Contract(check),
};

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    let mut search = Backtracking::default();
    for element in subject.elements.all() {
        for (pattern, node) in patterns(element.node) {
            if search.finds(pattern) {
                report.add(node.span, element, pattern, || {
                    (Backtracking::FLAW, Backtracking::HELP)
                });
            }
        }
    }
}

/// A search for patterns with catastrophic backtracking in one document.
#[derive(Debug)]
pub struct Backtracking<'a> {
    /// What all patterns of the document may still cost together.
    steps: usize,
    seen: HashMap<&'a str, bool>,
}

impl Default for Backtracking<'_> {
    fn default() -> Self {
        Self {
            steps: 2_000_000,
            seen: HashMap::new(),
        }
    }
}

impl<'a> Backtracking<'a> {
    /// What is wrong with such a pattern.
    pub const FLAW: &'static str =
        "the pattern can take exponential time: a repetition matches one text in many ways";
    /// What helps.
    pub const HELP: &'static str =
        "let each round of the outer repetition begin with what the inner one does not match";

    /// Whether the pattern is one, as far as a bounded search can tell.
    pub fn finds(&mut self, pattern: &'a str) -> bool {
        let steps = &mut self.steps;
        *self
            .seen
            .entry(pattern)
            .or_insert_with(|| ambiguity::is_exponential(pattern, steps))
    }
}
