//! How guarded classes are, and what marks personal data: the one place that knows, for lint and for
//! comparing.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use zonecut_dns::PrivacyClass;

use crate::model::Contract;
use crate::node::Node;
use crate::spelling::{did_you_mean, list, quoted};

/// The usual classes, least to most guarded. What a document leaves out is below all of them.
const CLASSES: [&str; 4] = ["public", "internal", "confidential", "restricted"];
/// The usual class from which on data asks for protection.
const GUARDED_FROM: &str = "confidential";
/// The usual tags that mark personal data.
const PERSONAL_TAGS: [&str; 5] = ["pii", "personal", "personal-data", "sensitive", "gdpr"];

/// What the labels and tags of documents stand for. Labels and tags are compared past case and
/// surrounding space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Classification {
    /// The classes, least to most guarded.
    order: Vec<String>,
    /// Other labels, each with the place of its class in the order.
    aliases: Vec<(String, usize)>,
    /// The place from which on data asks for protection.
    guarded_from: usize,
    personal_tags: Vec<String>,
}

/// What a repository states; what it leaves out is as usual.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stated {
    /// The classes, least to most guarded.
    pub order: Option<Vec<String>>,
    /// Other labels for them.
    pub aliases: BTreeMap<String, String>,
    /// The class from which on data asks for protection.
    pub guarded_from: Option<String>,
    /// The tags that mark personal data.
    pub personal_tags: Option<Vec<String>>,
}

/// A statement that gives no order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unusable {
    /// The key that is wrong: `order`, `aliases`, `guarded_from` or `personal_tags`.
    pub key: &'static str,
    /// What is wrong with it.
    pub message: String,
    /// What would be right.
    pub help: String,
}

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.message, self.help)
    }
}

impl std::error::Error for Unusable {}

static USUAL: LazyLock<Classification> = LazyLock::new(|| Classification {
    order: CLASSES.map(str::to_owned).to_vec(),
    aliases: Vec::new(),
    guarded_from: 3,
    personal_tags: PERSONAL_TAGS.map(str::to_owned).to_vec(),
});

impl Classification {
    /// The order and the tags of those who state none.
    #[must_use]
    pub fn usual() -> &'static Self {
        &USUAL
    }

    /// What a repository states.
    ///
    /// # Errors
    /// When a label is empty or stands for two classes, or for one that the order lacks.
    pub fn of(stated: &Stated) -> Result<Self, Unusable> {
        let usual = Self::usual();
        let mut known = Self {
            order: Vec::new(),
            aliases: Vec::new(),
            guarded_from: 0,
            personal_tags: Vec::new(),
        };
        for class in stated.order.as_ref().unwrap_or(&usual.order) {
            known.is_new("order", class)?;
            known.order.push(class.trim().to_owned());
        }
        if known.order.is_empty() {
            let help = "name the classes, least to most guarded";
            return Err(unusable("order", "there is no class".to_owned(), help));
        }
        for (alias, class) in &stated.aliases {
            known.is_new("aliases", alias)?;
            let place = known.class("aliases", class)?;
            known.aliases.push((alias.trim().to_owned(), place));
        }
        let guarded_from = stated.guarded_from.as_deref();
        known.guarded_from = match guarded_from {
            Some(class) => known.class("guarded_from", class)?,
            None => known.place(GUARDED_FROM).ok_or_else(|| {
                let message = format!("the order has no `{GUARDED_FROM}`");
                let help = "name in `guarded_from` the class from which on data is to be protected";
                unusable("order", message, help)
            })?,
        };
        let tags = stated.personal_tags.as_ref();
        known
            .personal_tags
            .clone_from(tags.unwrap_or(&usual.personal_tags));
        if known.personal_tags.iter().any(|tag| tag.trim().is_empty()) {
            let message = "a tag is empty".to_owned();
            return Err(unusable("personal_tags", message, "leave it out"));
        }
        Ok(known)
    }

    /// The place of a label in the order, from one, and zero where nothing is said; `None` for labels
    /// that nobody has ordered.
    #[must_use]
    pub fn rank(&self, label: Option<&str>) -> Option<usize> {
        label.map_or(Some(0), |label| self.place(label))
    }

    /// Whether a label asks for protection.
    #[must_use]
    pub fn is_guarded(&self, label: Option<&str>) -> bool {
        self.rank(label)
            .is_some_and(|rank| rank >= self.guarded_from)
    }

    /// Whether a tag marks personal data.
    #[must_use]
    pub fn is_personal_tag(&self, tag: &str) -> bool {
        self.personal_tags.iter().any(|known| same(known, tag))
    }

    /// The classes, least to most guarded.
    #[must_use]
    pub fn order(&self) -> &[String] {
        &self.order
    }

    /// Every label that has a place, as it is usually written.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        let aliases = self.aliases.iter().map(|(alias, _)| alias);
        self.order.iter().chain(aliases).map(String::as_str)
    }

    /// How a label is usually written, where it has a place.
    #[must_use]
    pub fn written(&self, label: &str) -> Option<&str> {
        self.labels().find(|known| same(known, label))
    }

    /// Whether the contract promises personal data anywhere.
    #[must_use]
    pub fn holds_personal_data(&self, contract: &Contract) -> bool {
        let root = contract.root();
        let tagged = self.is_tagged(root);
        root.get("schema").is_some_and(|schema| {
            let mut objects = schema.items().iter();
            objects.any(|object| tagged || self.is_personal(object, None))
        })
    }

    /// Whether an element, or anything inside it, reveals people by what it means, guarded or not.
    #[must_use]
    pub fn reveals_people(&self, element: &Node) -> bool {
        self.is_tagged(element)
            || privacy(semantic_type(element)) != PrivacyClass::None
            || element.parts().any(|part| self.reveals_people(part))
    }

    /// Whether an element, or anything inside it, is personal data.
    fn is_personal(&self, element: &Node, inherited_class: Option<&str>) -> bool {
        let class = element
            .get("classification")
            .and_then(Node::as_str)
            .or(inherited_class);
        self.is_tagged(element)
            || (self.is_guarded(class) && privacy(semantic_type(element)) == PrivacyClass::Personal)
            || element.parts().any(|part| self.is_personal(part, class))
    }

    pub(crate) fn is_tagged(&self, node: &Node) -> bool {
        let tags = node.get("tags").map_or(&[][..], Node::items);
        let mut tags = tags.iter().filter_map(Node::as_str);
        tags.any(|tag| self.is_personal_tag(tag))
    }

    fn place(&self, label: &str) -> Option<usize> {
        let classes = self.order.iter().map(String::as_str).zip(1..);
        let aliases = self.aliases.iter();
        let aliases = aliases.map(|(alias, place)| (alias.as_str(), *place));
        let mut known = classes.chain(aliases);
        known
            .find(|(known, _)| same(known, label))
            .map(|(_, place)| place)
    }

    /// The place of a class that a statement names.
    fn class(&self, key: &'static str, class: &str) -> Result<usize, Unusable> {
        let mut classes = self.order.iter().zip(1..);
        let found = classes.find(|(known, _)| same(known, class));
        found.map(|(_, place)| place).ok_or_else(|| {
            let classes = self.order.iter().map(String::as_str);
            let likely = did_you_mean(class, classes);
            let help = likely.unwrap_or_else(|| format!("use one of {}", list(&self.order)));
            let message = format!("`{}` is no class of the order", quoted(class));
            unusable(key, message, &help)
        })
    }

    /// Refuses a label that is empty, or has a place already.
    fn is_new(&self, key: &'static str, label: &str) -> Result<(), Unusable> {
        let problem = if label.trim().is_empty() {
            "is no label".to_owned()
        } else if self.place(label).is_some() {
            "stands for two classes".to_owned()
        } else {
            return Ok(());
        };
        let message = format!("`{}` {problem}", quoted(label));
        let help = "name each label once, in any letters";
        Err(unusable(key, message, help))
    }
}

/// The privacy class of a semantic type, as the field dictionary has it.
#[must_use]
pub fn privacy(semantic_type: Option<&str>) -> PrivacyClass {
    semantic_type
        .and_then(zonecut_dns::semantic_type)
        .map_or(PrivacyClass::None, |known| known.privacy)
}

fn semantic_type(element: &Node) -> Option<&str> {
    element.custom("semanticType").and_then(Node::as_str)
}

fn same(known: &str, label: &str) -> bool {
    let (known, label) = (known.trim(), label.trim());
    known.eq_ignore_ascii_case(label)
        || (!label.is_ascii() && known.to_lowercase() == label.to_lowercase())
}

fn unusable(key: &'static str, message: String, help: &str) -> Unusable {
    Unusable {
        key,
        message,
        help: help.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().copied().map(str::to_owned).collect()
    }

    #[test]
    fn labels_and_tags_are_read_past_case_and_space() {
        let usual = Classification::usual();
        assert_eq!(usual.rank(Some(" Restricted ")), Some(4));
        assert_eq!(usual.rank(None), Some(0));
        assert_eq!(usual.rank(Some("tier-2")), None);
        assert!(usual.is_guarded(Some("CONFIDENTIAL\n")));
        assert!(!usual.is_guarded(Some("internal")));
        assert!(usual.is_personal_tag(" PII "));
        assert!(!usual.is_personal_tag("piistacchio"));
    }

    #[test]
    fn a_statement_of_nothing_is_the_usual() {
        let stated = Classification::of(&Stated::default());
        assert_eq!(stated.as_ref(), Ok(Classification::usual()));
    }

    #[test]
    fn a_repository_has_its_own_order() {
        let stated = Stated {
            order: Some(words(&[
                "offen",
                "intern",
                "öffentlich-rechtlich",
                "geheim",
            ])),
            aliases: [("C3", "geheim")].map(|(a, b)| (a.into(), b.into())).into(),
            guarded_from: Some("INTERN".to_owned()),
            personal_tags: Some(words(&["dsgvo"])),
        };
        let own = Classification::of(&stated).unwrap();
        assert_eq!(own.rank(Some("Öffentlich-Rechtlich")), Some(3));
        assert_eq!(own.rank(Some("c3")), own.rank(Some("geheim")));
        assert_eq!(own.rank(Some("restricted")), None);
        assert!(own.is_guarded(Some("intern")) && !own.is_guarded(Some("offen")));
        assert!(own.is_personal_tag("DSGVO") && !own.is_personal_tag("pii"));
    }

    #[test]
    fn what_gives_no_order_is_refused_at_its_key() {
        let order = |classes: &[&str]| Stated {
            order: Some(words(classes)),
            ..Stated::default()
        };
        let alias = |alias: &str, class: &str| Stated {
            aliases: [(alias.to_owned(), class.to_owned())].into(),
            ..Stated::default()
        };
        let guarded_from = Stated {
            guarded_from: Some("restrictd".to_owned()),
            ..Stated::default()
        };
        let personal_tags = Stated {
            personal_tags: Some(words(&[" "])),
            ..Stated::default()
        };
        for (stated, key, message) in [
            (order(&[]), "order", "there is no class"),
            (order(&["a", " "]), "order", "` ` is no label"),
            (order(&["a", "A"]), "order", "`A` stands for two classes"),
            (
                order(&["a", "b"]),
                "order",
                "the order has no `confidential`",
            ),
            (
                alias("Public", "internal"),
                "aliases",
                "`Public` stands for two classes",
            ),
            (alias("c3", "secret"), "aliases", "`secret` is no class"),
            (guarded_from, "guarded_from", "did you mean `restricted`?"),
            (personal_tags, "personal_tags", "a tag is empty"),
        ] {
            let refused = Classification::of(&stated).unwrap_err();
            assert_eq!(refused.key, key, "{refused}");
            assert!(refused.to_string().contains(message), "{refused}");
        }
    }
}
