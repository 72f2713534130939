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
    // What all patterns of a document may cost together.
    let mut steps = 2_000_000;
    let mut seen = HashMap::new();
    for element in subject.elements.all() {
        for (pattern, node) in patterns(element.node) {
            let is_exponential = *seen
                .entry(pattern)
                .or_insert_with(|| ambiguity::is_exponential(pattern, &mut steps));
            if is_exponential {
                report.add(node.span, element, pattern, || {
                    (
                        "the pattern can take exponential time: a repetition matches one text in many ways",
                        "let each round of the outer repetition begin with what the inner one does not match",
                    )
                });
            }
        }
    }
}
