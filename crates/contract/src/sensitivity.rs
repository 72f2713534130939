//! The order of classifications, and the tags that mean personal data: for lint and for comparing.

/// The classes, least to most guarded. What a document leaves out is below all of them.
pub const CLASSES: [&str; 4] = ["public", "internal", "confidential", "restricted"];

/// Tags that mark personal data.
const PERSONAL_TAGS: [&str; 5] = ["pii", "personal", "personal-data", "sensitive", "gdpr"];

/// How guarded a class is, from one, past case and surrounding space; `None` for nothing stated and for
/// labels that nobody has ordered.
#[must_use]
pub fn rank(classification: Option<&str>) -> Option<u8> {
    let label = classification?.trim();
    let mut ranked = CLASSES.iter().zip(1..);
    ranked
        .find(|(class, _)| class.eq_ignore_ascii_case(label))
        .map(|(_, rank)| rank)
}

/// Whether a tag marks personal data.
#[must_use]
pub fn is_personal_tag(tag: &str) -> bool {
    PERSONAL_TAGS
        .iter()
        .any(|personal| personal.eq_ignore_ascii_case(tag.trim()))
}
