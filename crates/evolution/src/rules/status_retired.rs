//! ## What it does
//! The `status` turns to `retired`, or from a living one back to `draft` or `proposed`. A note where
//! the contract's `sunset` has passed.
//!
//! ## Why it matters
//! It is the end of the promise: retired and drafted contracts grant nothing.
//!
//! ## Example
//! ```yaml
//! # before
//! status: active
//! # after
//! status: retired
//! ```
//!
//! ## How to fix
//! Deprecate first, with a `sunset`, and retire when nobody reads it any more.

use super::life::{self, Stage};
use super::prelude::*;
use super::sunsets::{Sunset, Sunsets};

pub(super) const RULE: Rule = Rule {
    name: "status-retired",
    since: "0.1.0",
    category: Category::Lifecycle,
    severities: &[(Consumer, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx
        .changes()
        .filter(|fact| fact.alters(SubjectKind::Contract, "status"))
    {
        if life::stage(fact.after) == Some(Stage::Over)
            || (life::stage(fact.after) == Some(Stage::Planned)
                && life::stage(fact.before) == Some(Stage::Living))
        {
            let promised = matches!(Sunsets::of(cx).contract(), Some(Sunset::Passed));
            out.report(
                fact,
                Consumer,
                if promised { Note } else { Breaking },
                turned(fact),
                "deprecate first, with a `sunset`, and retire when nobody reads it any more",
            );
        }
    }
}
