//! ## What it does
//! Looks for `examples` that their own column refuses: a word where a number is promised, a day that does
//! not exist, a text that is too long or does not match the `pattern`, a number out of bounds, a value that
//! is none of the `enum`, a list with too many items.
//!
//! ## Why it matters
//! Consumers build tests from examples, and believe them more than the type beside them. One of the two
//! is wrong.
//!
//! ## Example
//! ```yaml
//! - {name: rcode, logicalType: integer, examples: [NXDOMAIN]}
//! - {name: country, logicalType: string, logicalTypeOptions: {pattern: "^[A-Z]{2}$"}, examples: [Brazil]}
//! ```
//!
//! ## How to fix
//! Correct the example, or the type and its options.

mod flaw;

use zonecut_diagnostics::LintSeverity;

use super::rule::{Check, Report, Rule};
use super::subject::Subject;
use crate::node::Node;
use flaw::Judge;

pub(super) static RULE: Rule = Rule {
    name: "example-contradicts",
    since: "0.1.0",
    severity: LintSeverity::Warning,
    check: Check::Contract(check),
};

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    let mut judge = Judge::default();
    for element in subject.elements.all() {
        let (path, element) = (element, element.node);
        // What is shown of a transformed column may be either side of the transform.
        if element.custom("transform").is_some() {
            continue;
        }
        for example in element.get("examples").map(Node::items).unwrap_or_default() {
            if let Some(flaw) = judge.flaw(element, example) {
                let stated = example.to_json().to_string();
                report.add(example.span, path, &stated, || {
                    (
                        format!("an example {flaw}"),
                        "correct the example, or the type and its options",
                    )
                });
            }
        }
    }
}
