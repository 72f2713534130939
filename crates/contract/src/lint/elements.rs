//! The elements of a contract's schema, gone through once for all rules.
//!
//! Belongs here: where an element stands, and what it has from those around it. Does not belong here: what
//! its keys say (`nodes`). A path is written only where it is told: those of deep elements are long.

use std::fmt;
use std::ops::Range;

use super::nodes::{name, text};
use crate::node::{Node, Value};

/// All objects and everything inside them, containers before their contents.
pub(super) struct Elements<'a> {
    list: Vec<Stored<'a>>,
    objects: Vec<Object>,
}

/// An object of the schema.
struct Object {
    /// Its place among the items of `schema`.
    place: usize,
    /// The elements that it is and holds.
    all: Range<usize>,
}

struct Stored<'a> {
    node: &'a Node,
    /// The element that holds it directly; objects have none.
    holder: Option<usize>,
    segment: Segment<'a>,
}

/// What an element adds to the path of its holder.
#[derive(Clone, Copy)]
enum Segment<'a> {
    Named(&'a str),
    Mark(&'static str),
}

/// An object, a property, or what is inside a list or a map. Shown as its path in the contract:
/// `queries.answers[].rdata`.
#[derive(Clone, Copy)]
pub(super) struct Element<'a> {
    /// What the document says of it.
    pub(super) node: &'a Node,
    among: &'a [Stored<'a>],
    index: usize,
}

impl<'a> Elements<'a> {
    pub(super) fn of(root: &'a Node) -> Self {
        let mut elements = Self {
            list: Vec::new(),
            objects: Vec::new(),
        };
        let schema = root.get("schema").map(Node::items).unwrap_or_default();
        for (place, object) in schema.iter().enumerate() {
            if is_element(object) {
                let start = elements.list.len();
                elements.collect(object, None, Segment::Named(name(object)));
                let all = start..elements.list.len();
                elements.objects.push(Object { place, all });
            }
        }
        elements
    }

    fn collect(&mut self, node: &'a Node, holder: Option<usize>, segment: Segment<'a>) {
        let here = Some(self.list.len());
        self.list.push(Stored {
            node,
            holder,
            segment,
        });
        for property in properties(node) {
            self.collect(property, here, Segment::Named(name(property)));
        }
        let map = node.get("map");
        let inner = [
            ("[]", node.get("items")),
            ("{key}", map.and_then(|map| map.get("key"))),
            ("{value}", map.and_then(|map| map.get("value"))),
        ];
        for (mark, inner) in inner {
            if let Some(inner) = inner {
                self.collect(inner, here, Segment::Mark(mark));
            }
        }
    }

    /// All of them.
    pub(super) fn all(&self) -> impl Iterator<Item = Element<'_>> + Clone {
        self.within(0..self.list.len())
    }

    /// Each object's place in `schema`, and the object with everything inside it, itself first.
    pub(super) fn objects(
        &self,
    ) -> impl Iterator<Item = (usize, impl Iterator<Item = Element<'_>> + Clone)> {
        let objects = self.objects.iter();
        objects.map(|object| (object.place, self.within(object.all.clone())))
    }

    fn within(&self, range: Range<usize>) -> impl Iterator<Item = Element<'_>> + Clone {
        let start = range.start;
        let stored = self.list.get(range).unwrap_or_default();
        stored.iter().enumerate().map(move |(index, it)| Element {
            node: it.node,
            among: &self.list,
            index: start + index,
        })
    }
}

/// The properties that stand directly in an element.
pub(super) fn properties(node: &Node) -> impl Iterator<Item = &Node> {
    let items = node.get("properties").map(Node::items).unwrap_or_default();
    items.iter().filter(|item| is_element(item))
}

/// Nothing but a mapping is an element of a list; what else stands there breaks the official schema.
pub(super) fn is_element(node: &Node) -> bool {
    matches!(node.value, Value::Map(_))
}

impl<'a> Element<'a> {
    /// Whether it is an object, which nothing holds.
    pub(super) fn is_object(self) -> bool {
        self.holder().is_none()
    }

    /// The object that it is or belongs to.
    pub(super) fn object(self) -> Self {
        self.around().last().unwrap_or(self)
    }

    /// Itself and what holds it, innermost first.
    pub(super) fn around(self) -> impl Iterator<Item = Self> {
        std::iter::successors(Some(self), |element| element.holder())
    }

    /// The nearest classification stated.
    pub(super) fn classification(self) -> Option<&'a str> {
        let mut stated = self.around().map(|it| text(it.node, "classification"));
        stated.find_map(|stated| Some(stated?.0))
    }

    /// Its path within its object.
    pub(super) fn path_within(self) -> String {
        let path = self.to_string();
        let inside = path.strip_prefix(name(self.object().node)).unwrap_or(&path);
        inside.strip_prefix('.').unwrap_or(inside).to_owned()
    }

    fn holder(self) -> Option<Self> {
        let index = self.among.get(self.index)?.holder?;
        let node = self.among.get(index)?.node;
        Some(Self {
            node,
            among: self.among,
            index,
        })
    }
}

impl fmt::Display for Element<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let holder = self.holder();
        if let Some(holder) = &holder {
            holder.fmt(formatter)?;
        }
        match self.among.get(self.index).map(|stored| stored.segment) {
            Some(Segment::Named(name)) if holder.is_some() => write!(formatter, ".{name}"),
            Some(Segment::Named(name) | Segment::Mark(name)) => formatter.write_str(name),
            None => Ok(()),
        }
    }
}
