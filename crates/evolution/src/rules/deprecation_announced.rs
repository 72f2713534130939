//! ## What it does
//! An object or a property is marked `deprecated` (ODCS 3.2), or gets a `sunset`.
//!
//! ## Why it matters
//! It still works, and readers should begin to move.
//!
//! ## Example
//! ```yaml
//! # before
//! - name: qname
//! # after
//! - name: qname
//!   customProperties:
//!     - property: sunset
//!       value: 2027-06-30
//! ```
//!
//! ## How to fix
//! Tell consumers what replaces it.

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "deprecation-announced",
    since: "0.1.0",
    category: Category::Structure,
    severities: &[(Consumer, Warning)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx.changes() {
        let marked = (fact.alters(SubjectKind::Property, "deprecated")
            || fact.alters(SubjectKind::Object, "deprecated"))
            && fact.after.and_then(Node::as_bool) == Some(true);
        let ends = matches!(custom_change(fact, "sunset"), Some((None, Some(_))));
        if marked || ends {
            let message = format!("`{}` is announced to end", fact.path);
            out.report(
                fact,
                Consumer,
                Warning,
                message,
                "tell consumers what replaces it, and by when",
            );
        }
    }
}
