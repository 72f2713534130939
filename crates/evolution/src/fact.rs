//! A single difference between two documents, without judgement.

use serde::ser::{Serialize, SerializeStruct, Serializer};
use zonecut_contract::Node;
use zonecut_diagnostics::Place;

/// How the two documents differ at one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FactKind {
    /// Only the new document says it.
    Added,
    /// Only the old document says it.
    Removed,
    /// Both say it, differently.
    Changed,
    /// The same thing, known by its stable `id`, has another name.
    Renamed,
    /// Written differently, meaning the same.
    Respelled,
}

/// What kind of thing a fact is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SubjectKind {
    /// The contract itself, or the product.
    Contract,
    /// A schema object: table, topic, file.
    Object,
    /// A property of an object, at any depth.
    Property,
    /// A quality rule.
    Quality,
    /// A service level.
    Sla,
    /// A server.
    Server,
    /// A role.
    Role,
    /// A support channel.
    Support,
    /// A member of the team.
    Member,
    /// The team itself.
    Team,
    /// The price.
    Price,
    /// `description`: purpose, limitations, usage.
    Terms,
    /// A custom property of the contract.
    Custom,
    /// An authoritative definition of the contract.
    Definition,
    /// A port of a product.
    Port,
}

/// The thing a fact is about, in both documents.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// Its kind.
    pub kind: SubjectKind,
    /// As the old document has it.
    pub before: Option<&'a Node>,
    /// As the new document has it.
    pub after: Option<&'a Node>,
}

/// A single difference between two documents.
#[derive(Debug, Clone)]
pub struct Fact<'a> {
    /// How they differ.
    pub kind: FactKind,
    /// The top-level section it belongs to: `schema`, `quality`, `slaProperties`, ...;
    /// `fundamentals` for what stands alone at the top.
    pub section: &'a str,
    /// The thing that differs, as in findings: `object.property`, `servers[name]`, `version`.
    pub path: String,
    /// What of it differs; absent when all of it was added, removed or renamed.
    pub field: Option<String>,
    /// What the old document says.
    pub before: Option<&'a Node>,
    /// What the new document says.
    pub after: Option<&'a Node>,
    /// Where the old document says it.
    pub before_at: Option<Place>,
    /// Where the new document says it.
    pub after_at: Option<Place>,
    /// The thing itself.
    pub subject: Subject<'a>,
}

impl Fact<'_> {
    /// The field, or the empty text when the fact is about the whole thing.
    #[must_use]
    pub fn field(&self) -> &str {
        self.field.as_deref().unwrap_or_default()
    }

    /// One of its values as it may be shown.
    #[must_use]
    pub fn shown(&self, value: Option<&Node>) -> Option<serde_json::Value> {
        value.map(Node::to_json)
    }

    /// Whether a whole thing of this kind was added.
    #[must_use]
    pub fn adds(&self, kind: SubjectKind) -> bool {
        self.is_whole(FactKind::Added, kind)
    }

    /// Whether a whole thing of this kind was removed.
    #[must_use]
    pub fn removes(&self, kind: SubjectKind) -> bool {
        self.is_whole(FactKind::Removed, kind)
    }

    /// Whether a whole thing of this kind was renamed.
    #[must_use]
    pub fn renames(&self, kind: SubjectKind) -> bool {
        self.is_whole(FactKind::Renamed, kind)
    }

    /// Whether this field of a thing of this kind got another meaning (added and removed count).
    #[must_use]
    pub fn alters(&self, kind: SubjectKind, field: &str) -> bool {
        self.subject.kind == kind
            && self.kind != FactKind::Respelled
            && self.field.as_deref() == Some(field)
    }

    fn is_whole(&self, kind: FactKind, subject: SubjectKind) -> bool {
        self.kind == kind && self.subject.kind == subject && self.field.is_none()
    }
}

impl Serialize for Fact<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fact = serializer.serialize_struct("Fact", 8)?;
        fact.serialize_field("kind", &self.kind)?;
        fact.serialize_field("section", self.section)?;
        fact.serialize_field("path", &self.path)?;
        fact.serialize_field("field", &self.field)?;
        fact.serialize_field("before", &self.shown(self.before))?;
        fact.serialize_field("after", &self.shown(self.after))?;
        fact.serialize_field("beforeAt", &self.before_at)?;
        fact.serialize_field("afterAt", &self.after_at)?;
        fact.end()
    }
}
