//! The order of what a role may do.

use zonecut_contract::Node;

/// The place of an `access` in the order; nothing for a word that nobody has ordered.
pub(super) fn rank(access: Option<&Node>) -> Option<u8> {
    let Some(access) = access else {
        return Some(0);
    };
    let word: String = access
        .as_str()?
        .chars()
        .filter(char::is_ascii_alphabetic)
        .map(|letter| letter.to_ascii_lowercase())
        .collect();
    match word.as_str() {
        "none" | "" => Some(0),
        "read" | "readonly" | "select" | "view" | "viewer" | "r" => Some(1),
        "write" | "readwrite" | "rw" | "edit" | "editor" | "modify" => Some(2),
        "admin" | "administer" | "administrator" | "manage" | "owner" | "all" | "full" => Some(3),
        _ => None,
    }
}

/// Whether the `access` lets its holders read: this exact word does, and no other spelling of it.
pub(super) fn grants(access: Option<&Node>) -> bool {
    access.and_then(Node::as_str) == Some("read")
}
