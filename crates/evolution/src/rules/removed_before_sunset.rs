//! ## What it does
//! Something is removed before the `sunset` that was promised for it: a property, an object, or the
//! whole contract (deleted or `retired`). A property or an object that gets another name is gone for
//! those who read the old one. The sunset of an object covers its properties. The day of
//! the comparison is `--now`.
//!
//! ## Why it matters
//! Readers planned their move by that day. A major version says that something breaks; it does not
//! give back the time, so no version pays for this.
//!
//! ## Example
//! ```yaml
//! # before, compared on 2026-03-01
//! - name: qname
//! - name: rcode
//!   customProperties:
//!     - property: sunset
//!       value: 2027-06-30
//! # after
//! - name: qname
//! ```
//!
//! ## How to fix
//! Keep it until the day. Where that can't be, waive the finding by name, so that readers see who
//! decided and why.

use super::REMOVED_BEFORE_SUNSET;
use super::life::{self, Stage};
use super::prelude::*;
use super::sunsets::{Sunset, Sunsets};

pub(super) const RULE: Rule = Rule {
    name: REMOVED_BEFORE_SUNSET,
    since: "0.1.0",
    category: Category::Lifecycle,
    severities: &[(Consumer, Breaking)],
    check,
};

const HELP: &str = "keep it until that day: no version pays for less time than was promised";

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    let sunsets = Sunsets::of(cx);
    for fact in cx.changes() {
        let removed = fact.removes(SubjectKind::Property) || fact.removes(SubjectKind::Object);
        let renamed = fact.renames(SubjectKind::Property) || fact.renames(SubjectKind::Object);
        let retired = fact.alters(SubjectKind::Contract, "status")
            && life::stage(fact.after) == Some(Stage::Over);
        let sunset = if removed || renamed {
            sunsets.of_element(fact.subject.before)
        } else {
            sunsets.contract().filter(|_| retired)
        };
        if let Some(Sunset::Ahead(day)) = sunset {
            let what = match (retired, renamed) {
                (true, _) => "retired",
                (_, true) => "renamed",
                _ => "removed",
            };
            let message = format!(
                "`{}` is {what} before {}, until when it was promised",
                fact.path,
                quoted(Some(day))
            );
            out.report(fact, Consumer, Breaking, message, HELP);
        }
    }
    if let (Some(before), None, Some(Sunset::Ahead(day))) =
        (cx.before, cx.after, sunsets.contract())
    {
        let place = before.root().span.at(&before.document.file);
        let message = format!(
            "contract `{}` is deleted before {}, until when it was promised",
            before.id,
            quoted(Some(day))
        );
        let grade = (Consumer, Breaking);
        let draft = out.report_at("id", (Some(place), None), grade, message, HELP);
        draft.values = (Some(before.root()), None);
    }
}
