//! ## What it does
//! Reports a contract that was not there before.
//!
//! ## Why it matters
//! Nobody relies on it yet. From now on it is a promise.
//!
//! ## Example
//! A file `queries.odcs.yaml` appears.
//!
//! ## How to fix
//! Nothing.

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "contract-added",
    since: "0.1.0",
    category: Category::Lifecycle,
    severities: &[(Consumer, Note)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    if let (None, Some(after)) = (cx.before, cx.after) {
        let place = after.root().span.at(&after.document.file);
        let message = format!("contract `{}` is new", after.id);
        let draft = out.report_at(
            "id",
            (None, Some(place)),
            (Consumer, Note),
            message,
            "nothing to do: nobody relies on it yet",
        );
        draft.values = (None, Some(after.root()));
    }
}
