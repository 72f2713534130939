//! ## What it does
//! The custom property `transform` of an element turns into another mask, or is stated where there
//! was none. Where the new mask may show what the old one hid it is breaking for governance, by the
//! order of the masks: a longer prefix, a finer bucket, another kind of mask. A mask that shows no
//! more, or the next epoch of the same key, is a note; a key that others hold, and parameters that
//! nobody stated until now, are a warning. A word that is no mask is a warning, and breaking where
//! the product holds personal data.
//!
//! ## Why it matters
//! The values look different to readers, and may show more.
//!
//! ## Example
//! ```yaml
//! # before
//! - property: transform
//!   value: {type: ip-prefix, v4: 16, v6: 32}
//! # after
//! - property: transform
//!   value: {type: ip-prefix, v4: 24, v6: 48}
//! ```
//!
//! ## How to fix
//! Keep a mask that shows no more, or have the privacy office approve the change.

use zonecut_diagnostics::Severity;

use super::prelude::*;
use crate::transform::{Shows, is_stated, shows};

pub(super) const RULE: Rule = Rule {
    name: "transform-changed",
    since: "0.1.0",
    category: Category::Protection,
    severities: &[
        (Consumer, Warning),
        (Producer, Warning),
        (Governance, Breaking),
    ],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx.changes() {
        let Some((before, after)) = custom_change(fact, "transform") else {
            continue;
        };
        let Some(after) = after.filter(|value| is_stated(value)) else {
            continue;
        };
        let before = before.filter(|value| is_stated(value));
        let mask = quoted(Some(after));
        let message = match before {
            Some(_) => format!(
                "the transform of `{}` turned from {} into {mask}",
                fact.path,
                quoted(before)
            ),
            None => format!("`{}` is now transformed by {mask}", fact.path),
        };
        let help = "the values look different: tell readers";
        out.report(fact, Consumer, Warning, message.clone(), help);
        if let Some(before) = before {
            let (severity, help) = exposure(cx, shows(before, after));
            out.report(fact, Governance, severity, message, help);
        } else {
            let help = "apply the transform before the data leaves";
            out.report(fact, Producer, Warning, message, help).minor();
        }
    }
}

fn exposure(cx: &Comparison<'_>, shows: Shows) -> (Severity, &'static str) {
    const COMPARE: &str = "have the privacy office compare the two";
    match shows {
        Shows::NoMore => (Note, "nothing to do: it shows no more than before"),
        Shows::Unclear => (Warning, COMPARE),
        Shows::Unknown if !cx.personal => (Warning, COMPARE),
        Shows::Unknown => (
            Breaking,
            "name masks that can be compared, or have the privacy office approve the change",
        ),
        Shows::More => (
            Breaking,
            "keep a mask that shows no more, or have the privacy office approve the change",
        ),
    }
}
