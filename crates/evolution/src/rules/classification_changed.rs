//! ## What it does
//! The `classification` of an element turns into, or from, a label whose place in the order is
//! unknown.
//!
//! ## Why it matters
//! Nobody can tell whether the data is guarded better or worse.
//!
//! ## Example
//! ```yaml
//! # before
//! classification: confidential
//! # after
//! classification: tier-2
//! ```
//!
//! ## How to fix
//! Use the ordered labels, or have the privacy office look.

use super::classes;
use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "classification-changed",
    since: "0.1.0",
    category: Category::Protection,
    severities: &[(Governance, Warning)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for change in classes::changes(cx) {
        let fact = change.fact;
        if matches!(change.ranks(), (None, _) | (_, None)) {
            let message = format!(
                "the classification of `{}` turned from {} into {}",
                fact.path,
                change.label_before(),
                change.label_after()
            );
            out.report(
                fact,
                Governance,
                Warning,
                message,
                format!(
                    "use one of {}, whose order is known",
                    list(cx.classification.order())
                ),
            );
        }
    }
}
