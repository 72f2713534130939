//! ## What it does
//! Reports a `version` that does not pay for the change: breaking consumers takes a major version,
//! an addition or a stronger promise a minor one, any other difference a patch. Below 1.0.0 a
//! breaking change takes a minor version, all else a patch. After a pre-release (`2.0.0-rc.1`), which
//! promises nothing yet, any later version does: the next one of the series, or the release. A version
//! that is not semantic pays for nothing that breaks.
//!
//! ## Why it matters
//! Consumers pin versions. A break under a small number reaches those who asked to be spared.
//!
//! ## Example
//! ```yaml
//! # before
//! version: 1.1.0
//! # after, with a property removed
//! version: 1.1.1
//! ```
//!
//! ## How to fix
//! Declare the version that the finding names, or make a smaller change.

use super::prelude::*;
use crate::compare;
use crate::edition::Edition;
use crate::version::Advice;

pub(super) const RULE: Rule = Rule {
    name: super::VERSION_TOO_SMALL,
    since: "0.1.0",
    category: Category::Lifecycle,
    severities: &[(Producer, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    if let (Some(before), Some(after)) = (cx.before, cx.after) {
        let advice = compare::advice(cx, out);
        report(out, before.into(), after.into(), &advice);
    }
}

/// Reports a version that does not pay; nothing where it does.
pub(crate) fn report<'a>(
    out: &mut Findings<'a>,
    before: Edition<'a>,
    after: Edition<'a>,
    advice: &Advice,
) {
    if advice.pays {
        return;
    }
    let message = format!(
        "version `{}` does not pay for this change: at least `{}` is needed after `{}`",
        after.version, advice.required, before.version
    );
    let help = format!(
        "set `version: {}`, or make a smaller change",
        advice.required
    );
    let places = (before.version_at(), after.version_at());
    let draft = out.report_at("version", places, (Producer, Breaking), message, help);
    let stated = |edition: Edition<'a>| edition.document.root.get("version");
    draft.values = (stated(before), stated(after));
}
