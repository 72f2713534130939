//! ## What it does
//! A property appears in an object, at any depth.
//!
//! ## Why it matters
//! Readers of the old version ignore it. When it is `required`, everyone who writes the data must
//! supply it from now on; in the backward and full modes readers of the new version miss it in old
//! data.
//!
//! ## Example
//! ```yaml
//! # before
//! properties:
//!   - name: qname
//! # after
//! properties:
//!   - name: qname
//!   - name: transport
//!     required: true
//! ```
//!
//! ## How to fix
//! Add it without `required`, fill it everywhere, and require it in a later version.

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    name: "property-added",
    since: "0.1.0",
    category: Category::Structure,
    severities: &[(Producer, Breaking), (Consumer, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    for fact in cx.changes().filter(|fact| fact.adds(SubjectKind::Property)) {
        let required = fact
            .after
            .and_then(|node| node.get("required"))
            .and_then(Node::as_bool)
            == Some(true);
        let new_readers = cx.new_readers(Breaking).filter(|_| required);
        let message = format!(
            "{}property `{}` was added",
            if required { "required " } else { "" },
            fact.path
        );
        let help = match new_readers {
            Some(_) => "add it without `required`: data written before does not have it",
            None => "nothing to do for readers: they ignore what they do not know",
        };
        out.report(
            fact,
            Consumer,
            new_readers.unwrap_or(Note),
            message.clone(),
            help,
        )
        .minor();
        if required {
            let help =
                "add it without `required`, fill it everywhere, and require it in a later version";
            out.report(fact, Producer, Breaking, message, help).minor();
        }
    }
}
