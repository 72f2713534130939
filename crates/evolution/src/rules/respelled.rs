//! ## What it does
//! Reports that something is written differently and means the same: `24 h` and `1 d`, `BIGINT`
//! and `bigint`, a default that is spelled out.
//!
//! ## Why it matters
//! Nobody breaks. The document has another hash, so it takes a patch version.
//!
//! ## Example
//! ```yaml
//! # before
//! physicalType: BIGINT
//! # after
//! physicalType: bigint
//! ```
//!
//! ## How to fix
//! Nothing.

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "respelled",
    since: "0.1.0",
    category: Category::Lifecycle,
    severities: &[(Consumer, Note)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx
        .facts
        .iter()
        .filter(|fact| fact.kind == FactKind::Respelled)
    {
        // Adopting a stable id is what every document should do: no reason to speak.
        if fact.field() == "id" {
            continue;
        }
        let message = format!("{}: the meaning is the same", turned(fact));
        out.report(fact, Consumer, Note, message, "nothing to do");
    }
}
