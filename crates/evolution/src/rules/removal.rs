//! What the rules about removed objects and removed properties have in common.

use super::prelude::*;
use super::rename::Renames;
use super::sunsets::{Sunset, Sunsets};

/// Reports every removed element of a kind.
pub(super) fn report<'a>(
    cx: &Comparison<'a>,
    out: &mut Findings<'a>,
    kind: SubjectKind,
    called: &str,
) {
    if !cx.changes().any(|fact| fact.removes(kind)) {
        return;
    }
    let (renames, sunsets) = (Renames::of(cx, kind), Sunsets::of(cx));
    for fact in cx.changes().filter(|fact| fact.removes(kind)) {
        let path = &fact.path;
        if let Some(Sunset::Passed) = sunsets.of_element(fact.subject.before) {
            let message = format!("{called} `{path}` was removed after its sunset");
            out.report(
                fact,
                Consumer,
                Note,
                message,
                "nothing to do: its end was announced",
            );
            continue;
        }
        let help = match renames.guess(fact) {
            Some(new) => format!(
                "if `{}` is its new name, give both the same `id`; else keep it, or publish a major version",
                new.path
            ),
            None => "keep it and announce a `sunset`, or publish a major version".to_owned(),
        };
        let message = format!("{called} `{path}` was removed");
        out.report(fact, Consumer, cx.old_readers(Breaking), message, help);
    }
}

/// Reports every element of a kind that kept its `id` and got another name.
pub(super) fn report_renamed<'a>(
    cx: &Comparison<'a>,
    out: &mut Findings<'a>,
    kind: SubjectKind,
    (called, help): (&str, &str),
) {
    let mut renamed = cx.changes().filter(|fact| fact.renames(kind)).peekable();
    if renamed.peek().is_none() {
        return;
    }
    let sunsets = Sunsets::of(cx);
    for fact in renamed {
        let message = format!(
            "{called} `{}` is now called {}",
            fact.path,
            quoted(fact.after)
        );
        let (severity, help) = match sunsets.of_element(fact.subject.before) {
            Some(Sunset::Passed) => (Note, "nothing to do: the end of the old name was announced"),
            _ => (Breaking, help),
        };
        out.report(fact, Consumer, severity, message, help);
    }
}
