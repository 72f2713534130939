//! Objects and properties of the schema, how they are addressed, and what they inherit.

use std::collections::{BTreeMap, HashSet};

use zonecut_diagnostics::Span;

/// An object or a property of the schema.
#[derive(Debug, Clone, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "the standard has these as independent flags"
)]
pub struct Element {
    /// Where it begins.
    pub span: Span,
    /// `id`, stable across renames.
    pub id: Option<String>,
    /// `name`.
    pub name: String,
    /// Where `name` stands, else where the element begins.
    pub name_span: Span,
    /// `physicalName`.
    pub physical_name: Option<String>,
    /// `logicalType`.
    pub logical_type: Option<String>,
    /// `physicalType`.
    pub physical_type: Option<String>,
    /// `logicalTypeOptions`, by name.
    pub options: BTreeMap<String, serde_json::Value>,
    /// The values that an `enum` (3.2) or a custom property `enum` allows.
    pub allowed: Option<Vec<serde_json::Value>>,
    /// `examples`.
    pub examples: Vec<serde_json::Value>,
    /// `required`.
    pub required: bool,
    /// `unique`.
    pub unique: bool,
    /// `primaryKey`.
    pub primary_key: bool,
    /// `partitioned`.
    pub partitioned: bool,
    /// `criticalDataElement`.
    pub critical: bool,
    /// `classification` stated here (not inherited).
    pub classification: Option<String>,
    /// `encryptedName`.
    pub encrypted_name: Option<String>,
    /// `businessName`.
    pub business_name: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `tags` stated here (not inherited).
    pub tags: Vec<String>,
    /// Custom property `semanticType`.
    pub semantic_type: Option<String>,
    /// `transformLogic` and its companions.
    pub transform: Transform,
    /// `relationships`.
    pub relationships: Vec<Relationship>,
    /// `quality`.
    pub quality: Vec<Quality>,
    /// All `customProperties` as JSON values, by property.
    pub custom: BTreeMap<String, serde_json::Value>,
    /// `properties` of an object.
    pub properties: Vec<Element>,
    /// `items` of an array. Its name is empty; its path segment is `[]`.
    pub items: Option<Box<Element>>,
    /// `map.key` (3.2). Its path segment is `{key}`.
    pub map_key: Option<Box<Element>>,
    /// `map.value` (3.2). Its path segment is `{value}`.
    pub map_value: Option<Box<Element>>,
}

/// How a property's values come to be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Transform {
    /// `transformLogic`.
    pub logic: Option<String>,
    /// `transformDescription`.
    pub description: Option<String>,
    /// `transformSourceObjects`.
    pub sources: Vec<String>,
}

/// A reference to other properties.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relationship {
    /// Where it begins.
    pub span: Span,
    /// `type`; `foreignKey` where left out.
    pub kind: String,
    /// `from`: one or several properties; empty where implied.
    pub from: Vec<String>,
    /// `to`: as many.
    pub to: Vec<String>,
}

/// A quality rule.
#[derive(Debug, Clone)]
pub struct Quality {
    /// Where it begins.
    pub span: Span,
    /// `id`.
    pub id: Option<String>,
    /// `name`.
    pub name: Option<String>,
    /// `type`: `library` (the default), `text`, `sql`, `custom`.
    pub kind: String,
    /// `metric`, or `rule` as 3.0 called it.
    pub metric: Option<String>,
    /// `query`, of an SQL rule.
    pub query: Option<String>,
    /// `dimension`.
    pub dimension: Option<String>,
    /// `severity`.
    pub severity: Option<String>,
    /// `unit`.
    pub unit: Option<String>,
    /// The operators stated (`mustBe`, `mustBeLessThan`, ...) with their bounds.
    pub bounds: BTreeMap<String, serde_json::Value>,
}

/// Where something stands within its object: `client_ip`, `answers[].rdata`, `labels{value}`.
pub type Path = String;

/// Something inside an object, with what it inherits.
#[derive(Debug, Clone)]
pub struct Column<'a> {
    /// Its address within the object.
    pub path: Path,
    /// What the document says of it.
    pub element: &'a Element,
    /// Tags of the contract, the object, the containers and its own, each once, outermost first.
    pub tags: Vec<&'a str>,
    /// The nearest classification stated.
    pub classification: Option<&'a str>,
}

impl Element {
    /// Whether it holds values of its own rather than further elements.
    #[must_use]
    pub fn is_leaf(&self) -> bool {
        self.properties.is_empty()
            && self.items.is_none()
            && self.map_key.is_none()
            && self.map_value.is_none()
    }

    /// What is directly inside it, each with its path segment.
    fn children(&self) -> impl Iterator<Item = (Segment<'_>, &Self)> {
        let properties = self
            .properties
            .iter()
            .map(|property| (Segment::Named(&property.name), property));
        let boxed = [
            (Segment::Mark("[]"), &self.items),
            (Segment::Mark("{key}"), &self.map_key),
            (Segment::Mark("{value}"), &self.map_value),
        ];
        let inner = boxed
            .into_iter()
            .filter_map(|(segment, element)| Some((segment, element.as_deref()?)));
        properties.chain(inner)
    }

    /// Everything inside it with its path, containers before their contents.
    #[must_use]
    pub fn walk(&self) -> Vec<(Path, &Self)> {
        let mut found = Vec::new();
        self.walk_into("", &mut found);
        found
    }

    fn walk_into<'a>(&'a self, path: &str, found: &mut Vec<(Path, &'a Self)>) {
        for (segment, child) in self.children() {
            let path = segment.after(path);
            found.push((path.clone(), child));
            child.walk_into(&path, found);
        }
    }
}

enum Segment<'a> {
    Named(&'a str),
    Mark(&'static str),
}

impl Segment<'_> {
    fn after(&self, path: &str) -> Path {
        match self {
            Self::Mark(mark) => format!("{path}{mark}"),
            Self::Named(name) if path.is_empty() => (*name).to_owned(),
            Self::Named(name) => format!("{path}.{name}"),
        }
    }
}

pub(super) fn columns<'a>(contract_tags: &'a [String], object: &'a Element) -> Vec<Column<'a>> {
    let inherited = Inherited::default().with(contract_tags, None);
    let inherited = inherited.with(&object.tags, object.classification.as_deref());
    let mut found = Vec::new();
    collect(object, "", &inherited, &mut found);
    found
}

#[derive(Clone, Default)]
struct Inherited<'a> {
    tags: Vec<&'a str>,
    classification: Option<&'a str>,
}

impl<'a> Inherited<'a> {
    fn with(&self, tags: &'a [String], classification: Option<&'a str>) -> Self {
        let mut inherited = self.clone();
        let mut known: HashSet<&str> = HashSet::new();
        if !tags.is_empty() {
            known.extend(&inherited.tags);
        }
        for tag in tags {
            if known.insert(tag) {
                inherited.tags.push(tag);
            }
        }
        inherited.classification = classification.or(inherited.classification);
        inherited
    }
}

fn collect<'a>(
    element: &'a Element,
    path: &str,
    inherited: &Inherited<'a>,
    found: &mut Vec<Column<'a>>,
) {
    for (segment, child) in element.children() {
        let path = segment.after(path);
        let own = inherited.with(&child.tags, child.classification.as_deref());
        found.push(Column {
            path: path.clone(),
            element: child,
            tags: own.tags.clone(),
            classification: own.classification,
        });
        collect(child, &path, &own, found);
    }
}
