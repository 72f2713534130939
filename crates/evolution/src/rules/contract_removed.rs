//! ## What it does
//! Reports a contract that is gone. A note where it was retired already, or its `sunset` has
//! passed.
//!
//! ## Why it matters
//! Everyone who relies on it is left without a promise, and no version can pay for that.
//!
//! ## Example
//! The file `queries.odcs.yaml` is deleted while its `status` is `active`.
//!
//! ## How to fix
//! Keep the file, publish a version whose `status` is `retired`, and delete it afterwards.

use super::life::{self, Stage};
use super::prelude::*;
use super::sunsets::{Sunset, Sunsets};

pub(super) const RULE: Rule = Rule {
    name: "contract-removed",
    since: "0.1.0",
    category: Category::Lifecycle,
    severities: &[(Consumer, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    if let (Some(before), None) = (cx.before, cx.after) {
        let retired = life::stage(before.root().get("status")) == Some(Stage::Over);
        let promised = matches!(Sunsets::of(cx).contract(), Some(Sunset::Passed));
        let severity = if retired || promised { Note } else { Breaking };
        let place = before.root().span.at(&before.document.file);
        let message = format!("contract `{}` was deleted", before.id);
        let help = "publish a version whose `status` is `retired` before deleting the file";
        let draft = out.report_at(
            "id",
            (Some(place), None),
            (Consumer, severity),
            message,
            help,
        );
        draft.values = (Some(before.root()), None);
    }
}
