//! The order of classifications, and the tags that mean personal data.

/// The classes, least to most guarded. What a document leaves out is below all of them.
pub(super) const CLASSES: [&str; 4] = ["public", "internal", "confidential", "restricted"];

const PERSONAL_TAGS: [&str; 5] = ["pii", "personal", "personal-data", "sensitive", "gdpr"];

/// How guarded a class is; `None` for nothing stated and for labels that have no place.
pub(super) fn rank(classification: Option<&str>) -> Option<usize> {
    let label = classification?;
    CLASSES
        .iter()
        .position(|class| class.eq_ignore_ascii_case(label))
}

/// Whether a tag says that data is personal.
pub(super) fn is_personal_tag(tag: &str) -> bool {
    PERSONAL_TAGS
        .iter()
        .any(|personal| personal.eq_ignore_ascii_case(tag))
}
