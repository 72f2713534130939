//! ## What it does
//! Readers of the new version can't read all that was written under the old one. It judges objects
//! that state their encoding (`jsonSchema` or `avro` among their custom properties), each as a whole.
//!
//! ## Why it matters
//! What was valid to write no longer is, so whoever writes must change; and in the backward and full
//! modes new readers fail on data that is already there.
//!
//! ## Example
//! ```yaml
//! # before
//! - name: rcode
//!   logicalType: integer
//! # after
//! - name: rcode
//!   logicalType: integer
//!   logicalTypeOptions:
//!     maximum: 23
//! ```
//!
//! ## How to fix
//! Keep accepting what was accepted; in Avro, give a new field a default.

use super::prelude::*;
use super::refusals::{self, Meeting};

pub(super) const RULE: Rule = Rule {
    name: "new-readers-refuse",
    since: "0.1.0",
    category: Category::Values,
    severities: &[(Consumer, Breaking), (Producer, Breaking)],
    check,
};

fn check<'a>(cx: &Comparison<'a>, out: &mut Findings<'a>) {
    let readers = cx
        .new_readers(Breaking)
        .map(|severity| (Consumer, severity));
    let grades: Vec<_> = readers.into_iter().chain([(Producer, Breaking)]).collect();
    for object in cx.encoded {
        refusals::report(
            cx,
            out,
            object,
            Meeting::NewReaders,
            &grades,
            "keep accepting what was accepted; give what is new a default",
        );
    }
}
