//! ## What it does
//! An object begins or ceases to state its encoding: `jsonSchema` or `avro` among its custom properties.
//!
//! ## Why it matters
//! From then on its versions are judged as readers of that encoding read, each object as a whole, where
//! the contract's servers hold nothing else ([import](../import.md#how-versions-are-judged)). Readers who
//! address columns should know before a column goes that nobody was told about.
//!
//! ## Example
//! ```yaml
//! # before
//! - name: queries
//! # after
//! - name: queries
//!   customProperties:
//!     - {property: avro, value: {name: net.dns.Query}}
//! ```
//!
//! ## How to fix
//! Nothing, where all readers read that encoding; else leave it out.

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "encoding-changed",
    since: "0.1.0",
    category: Category::Meaning,
    severities: &[(Consumer, Warning)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    let is_encoding = |fact: &&Fact<'_>| {
        fact.subject.kind == SubjectKind::Object
            && matches!(
                fact.field(),
                "customProperties[avro]" | "customProperties[jsonSchema]"
            )
    };
    for fact in cx.changes().filter(is_encoding) {
        let how = match fact.kind {
            FactKind::Added => "is stated",
            FactKind::Removed => "is stated no more",
            _ => continue,
        };
        let message = format!("the encoding of `{}` {how}", fact.path);
        let help = "see to it that all readers read that encoding";
        out.report(fact, Consumer, Warning, message, help).minor();
    }
}
