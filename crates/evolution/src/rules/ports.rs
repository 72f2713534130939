//! The ports of a product.

use crate::fact::{Fact, SubjectKind};

/// Whether the fact is about a port through which others read.
pub(super) fn is_output(fact: &Fact<'_>) -> bool {
    fact.subject.kind == SubjectKind::Port && fact.section == "outputPorts"
}
