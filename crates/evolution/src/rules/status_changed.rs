//! ## What it does
//! The `status` turns to `deprecated`, or to a word that nobody has ordered. Coming alive is a
//! note.
//!
//! ## Why it matters
//! It still works, and readers should look.
//!
//! ## Example
//! ```yaml
//! # before
//! status: active
//! # after
//! status: deprecated
//! ```
//!
//! ## How to fix
//! Tell consumers what replaces it.

use super::life::{self, Stage};
use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "status-changed",
    since: "0.1.0",
    category: Category::Lifecycle,
    severities: &[(Consumer, Warning)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx
        .changes()
        .filter(|fact| fact.alters(SubjectKind::Contract, "status"))
    {
        let severity = match life::stage(fact.after) {
            Some(Stage::Over) => continue,
            Some(Stage::Planned) if life::stage(fact.before) == Some(Stage::Living) => continue,
            Some(Stage::Living) if !life::is_deprecated(fact.after) => Note,
            Some(Stage::Planned) => Note,
            _ => Warning,
        };
        out.report(
            fact,
            Consumer,
            severity,
            turned(fact),
            "tell consumers what replaces it, and by when",
        );
    }
}
