//! ## What it does
//! The description or the business name of an object or a property changes.
//!
//! ## Why it matters
//! It is documentation: nobody breaks, a patch version says that there is something new to read.
//!
//! ## Example
//! ```yaml
//! # before
//! description: Name asked for
//! # after
//! description: Name that the client asked for
//! ```
//!
//! ## How to fix
//! Nothing.

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "description-changed",
    since: "0.1.0",
    category: Category::Meaning,
    severities: &[(Consumer, Note)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx.changes() {
        let element = matches!(
            fact.subject.kind,
            SubjectKind::Object | SubjectKind::Property
        );
        if element && matches!(fact.field(), "description" | "businessName") {
            out.report(
                fact,
                Consumer,
                Note,
                turned(fact),
                "nothing to do: documentation",
            );
        }
    }
}
