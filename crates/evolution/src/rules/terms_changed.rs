//! ## What it does
//! `description.limitations`, `usage` or `purpose` changes.
//!
//! ## Why it matters
//! A use that was allowed may not be any more; another purpose needs another legal ground.
//!
//! ## Example
//! ```yaml
//! # before
//! description:
//!   limitations: none
//! # after
//! description:
//!   limitations: not for marketing
//! ```
//!
//! ## How to fix
//! Tell consumers which use ends; let the privacy office see a new purpose.

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "terms-changed",
    since: "0.1.0",
    category: Category::Terms,
    severities: &[(Consumer, Warning), (Governance, Warning)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx
        .changes()
        .filter(|fact| fact.subject.kind == SubjectKind::Terms)
    {
        match fact.field() {
            "limitations" | "usage" | "" => {
                out.report(
                    fact,
                    Consumer,
                    Warning,
                    turned(fact),
                    "a use that was allowed may not be any more: tell consumers",
                );
            }
            "purpose" => {
                out.report(
                    fact,
                    Governance,
                    Warning,
                    turned(fact),
                    "let the privacy office confirm the purpose",
                );
            }
            _ => {}
        }
    }
}
