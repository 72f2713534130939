//! Custom properties whose change gives the same values another meaning.

use zonecut_diagnostics::Severity;

use super::prelude::*;

/// A custom property that readers rely on.
pub(super) struct Meaning {
    /// The custom property.
    pub(super) property: &'static str,
    /// What it is called in a sentence.
    pub(super) called: &'static str,
    /// How grave it is when it turns into another, or goes. Stated for the first time it is a note.
    pub(super) severity: Severity,
    /// What to do.
    pub(super) help: &'static str,
}

/// Reports every change of the custom property.
pub(super) fn report<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>, meaning: &Meaning) {
    for fact in cx.changes() {
        let Some((before, after)) = custom_change(fact, meaning.property) else {
            continue;
        };
        let severity = before.map_or(Note, |_| meaning.severity);
        let message = format!(
            "the {} of `{}` turned from {} into {}",
            meaning.called,
            fact.path,
            quoted(before),
            quoted(after)
        );
        out.report(fact, Consumer, severity, message, meaning.help);
    }
}
