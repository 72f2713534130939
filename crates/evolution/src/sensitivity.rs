//! Which data is personal, and how well it is guarded.

pub use zonecut_contract::sensitivity::is_personal_tag;
use zonecut_contract::{Contract, Node, sensitivity};
use zonecut_dns::PrivacyClass;

/// The order of the classes, below all of them where nothing is said; nothing for a label that nobody
/// has ordered.
#[must_use]
pub fn rank(label: Option<&str>) -> Option<u8> {
    match label {
        None => Some(0),
        Some(_) => sensitivity::rank(label),
    }
}

/// Whether a label asks for protection: confidential or higher.
#[must_use]
pub fn is_guarded(label: Option<&str>) -> bool {
    rank(label).is_some_and(|rank| rank >= 3)
}

/// The value of a custom property of a node.
#[must_use]
pub fn custom<'a>(node: &'a Node, property: &str) -> Option<&'a Node> {
    node.get("customProperties")?
        .items()
        .iter()
        .find(|entry| entry.get("property").and_then(Node::as_str) == Some(property))?
        .get("value")
}

/// The privacy class of a semantic type, as the field dictionary has it.
#[must_use]
pub fn privacy(semantic_type: Option<&str>) -> PrivacyClass {
    semantic_type
        .and_then(zonecut_dns::semantic_type)
        .map_or(PrivacyClass::None, |known| known.privacy)
}

/// Whether the contract promises personal data anywhere.
#[must_use]
pub fn holds_personal_data(contract: &Contract) -> bool {
    let root = contract.root();
    let tagged = has_personal_tag(root);
    root.get("schema").is_some_and(|schema| {
        schema
            .items()
            .iter()
            .any(|object| tagged || is_personal(object, None))
    })
}

/// Whether an element, or anything inside it, is personal data.
#[must_use]
pub fn is_personal(element: &Node, inherited_class: Option<&str>) -> bool {
    let class = element
        .get("classification")
        .and_then(Node::as_str)
        .or(inherited_class);
    let semantic = custom(element, "semanticType").and_then(Node::as_str);
    has_personal_tag(element)
        || (is_guarded(class) && privacy(semantic) == PrivacyClass::Personal)
        || parts(element).any(|part| is_personal(part, class))
}

/// Whether an element, or anything inside it, reveals people by what it means, guarded or not.
#[must_use]
pub fn reveals_people(element: &Node) -> bool {
    let semantic = custom(element, "semanticType").and_then(Node::as_str);
    has_personal_tag(element)
        || privacy(semantic) != PrivacyClass::None
        || parts(element).any(reveals_people)
}

fn has_personal_tag(node: &Node) -> bool {
    node.get("tags").is_some_and(|tags| {
        tags.items()
            .iter()
            .filter_map(Node::as_str)
            .any(is_personal_tag)
    })
}

/// What is directly inside an element.
pub(crate) fn parts(element: &Node) -> impl Iterator<Item = &Node> {
    let properties = element.get("properties").map_or(&[][..], Node::items);
    let map = element.get("map");
    let single = [
        element.get("items"),
        map.and_then(|map| map.get("key")),
        map.and_then(|map| map.get("value")),
    ];
    properties.iter().chain(single.into_iter().flatten())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_and_tags_are_read_past_case_and_space() {
        assert_eq!(rank(Some(" Restricted ")), rank(Some("restricted")));
        assert!(is_guarded(Some("CONFIDENTIAL\n")));
        assert_eq!(rank(Some("tier-2")), None);
        assert!(is_personal_tag(" PII "));
        assert!(!is_personal_tag("piistacchio"));
    }
}
