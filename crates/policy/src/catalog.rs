//! The objects that decisions are about: contracts' active versions, flattened and indexed.

use std::collections::HashMap;
use std::sync::Arc;

use zonecut_contract::Contract;
use zonecut_contract::model::Element;
use zonecut_dns::Family;
use zonecut_mask::{LogicalType, Meaning};

use crate::lower::ColumnRef;
use crate::symbols::{Symbol, Symbols};

/// An object of a contract.
#[derive(Debug)]
pub(crate) struct Object {
    /// The contract's id.
    pub contract: Arc<str>,
    /// Its name.
    pub name: Arc<str>,
    /// The domain whose policies speak about it.
    pub domain: Option<Symbol>,
    /// Tags of the contract and the object, lower case.
    pub tags: Vec<String>,
    /// Everything in it, containers before their contents.
    pub columns: Vec<Column>,
    /// Which column a path names.
    paths: HashMap<Box<str>, Target>,
    /// Which column at the top is stored under a name, in lower case.
    stored: HashMap<Box<str>, Target>,
    /// How many columns are leaves.
    pub leaves: usize,
    /// How many columns stand at the top.
    pub width: usize,
}

/// A column, at any depth.
#[derive(Debug)]
pub(crate) struct Column {
    /// Its path.
    pub path: Arc<str>,
    /// Its name where it is stored, after those of the structs it is in.
    pub names: Vec<String>,
    /// Whether it stands at the top.
    pub top: bool,
    /// The leaves in it: a range of leaf numbers; itself alone, when it is one.
    pub leaves: std::ops::Range<usize>,
    /// Whether it is a leaf.
    pub leaf: bool,
    /// The containers it is in, outermost first: positions in `columns`.
    pub inside: Vec<usize>,
    /// Tags, inherited ones included, lower case.
    pub tags: Vec<String>,
    /// The nearest classification, lower case.
    pub classification: Option<String>,
    /// Its own semantic type.
    pub semantic_type: Option<String>,
    /// What its values mean.
    pub meaning: Meaning,
    /// `physicalType`.
    pub physical_type: Option<String>,
}

#[derive(Debug, Clone, Copy)]
enum Target {
    One(usize),
    /// Two columns of one path: `a.b`, and `b` in `a`.
    Ambiguous,
}

/// Gives a name to a column, unless another has it: then it names neither.
fn claim(names: &mut HashMap<Box<str>, Target>, name: &str, position: usize) {
    let target = names.entry(name.into()).or_insert(Target::One(position));
    if !matches!(target, Target::One(first) if *first == position) {
        *target = Target::Ambiguous;
    }
}

impl Object {
    /// Flattens an object of a contract.
    pub(crate) fn new(contract: &Contract, object: &Element, symbols: &mut Symbols) -> Self {
        let mut flat = Self {
            contract: contract.id.as_str().into(),
            name: object.name.as_str().into(),
            domain: contract
                .domain
                .as_deref()
                .map(|domain| symbols.intern(domain)),
            tags: lower(contract.tags.iter().chain(&object.tags).map(String::as_str)),
            columns: Vec::new(),
            paths: HashMap::new(),
            stored: HashMap::new(),
            leaves: 0,
            width: 0,
        };
        let listed = contract.columns(object);
        let mut open: Vec<(usize, usize)> = Vec::new();
        for (position, column) in listed.iter().enumerate() {
            open.retain(|(_, end)| *end > position);
            let inside = open
                .iter()
                .map(|(container, _)| *container)
                .collect::<Vec<_>>();
            flat.push(column, inside);
            open.push((position, position + 1 + column.element.walk().len()));
        }
        flat.close_ranges();
        flat
    }

    fn push(&mut self, column: &zonecut_contract::model::Column<'_>, inside: Vec<usize>) {
        let position = self.columns.len();
        claim(&mut self.paths, column.path.as_str(), position);
        let leaf = column.element.is_leaf();
        let outer = inside
            .last()
            .and_then(|container| self.columns.get(*container));
        let mut names = outer
            .map(|container| container.names.clone())
            .unwrap_or_default();
        let element = column.element;
        if !element.name.is_empty() {
            names.push(
                element
                    .physical_name
                    .clone()
                    .unwrap_or_else(|| element.name.clone()),
            );
        }
        let top = inside.is_empty();
        if let Some(name) = names.first().filter(|_| top) {
            claim(&mut self.stored, &name.to_lowercase(), position);
        }
        self.columns.push(Column {
            path: column.path.as_str().into(),
            names,
            top,
            leaves: self.leaves..self.leaves + usize::from(leaf),
            leaf,
            inside,
            tags: lower(column.tags.iter().copied()),
            classification: column.classification.map(str::to_ascii_lowercase),
            semantic_type: column.element.semantic_type.clone(),
            meaning: meaning(column.element),
            physical_type: column.element.physical_type.clone(),
        });
        self.leaves += usize::from(leaf);
        self.width += usize::from(top);
    }

    /// A container ends where the last leaf inside it ends.
    fn close_ranges(&mut self) {
        for position in (0..self.columns.len()).rev() {
            let Some(column) = self.columns.get(position) else {
                continue;
            };
            let (end, inside) = (column.leaves.end, column.inside.clone());
            for container in inside {
                if let Some(container) = self.columns.get_mut(container) {
                    container.leaves.end = container.leaves.end.max(end);
                }
            }
        }
    }

    /// The column of a path; none when there is none, or more than one.
    pub(crate) fn column(&self, path: &str) -> Option<&Column> {
        self.named(self.paths.get(path)?)
    }

    /// The column at the top that is stored under a name, in lower case; none when there is none, or
    /// more than one.
    pub(crate) fn stored(&self, name: &str) -> Option<&Column> {
        self.named(self.stored.get(name)?)
    }

    fn named(&self, target: &Target) -> Option<&Column> {
        match target {
            Target::One(position) => self.columns.get(*position),
            Target::Ambiguous => None,
        }
    }

    /// Whether more than one column has that path.
    pub(crate) fn is_ambiguous(&self, path: &str) -> bool {
        matches!(self.paths.get(path), Some(Target::Ambiguous))
    }

    /// The columns at the top, in the order of the contract.
    pub(crate) fn top(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(|column| column.top)
    }

    /// The leaves, by leaf number.
    pub(crate) fn leaf_columns(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(|column| column.leaf)
    }

    /// The containers a column is in.
    pub(crate) fn containers<'a>(&'a self, column: &'a Column) -> impl Iterator<Item = &'a Column> {
        column
            .inside
            .iter()
            .filter_map(|position| self.columns.get(*position))
    }

    /// The type of a column that a filter may name: no filter reaches into arrays and maps.
    pub(crate) fn filterable(&self, path: &str) -> Option<LogicalType> {
        let column = self
            .column(path)
            .filter(|column| !column.reference().item)?;
        Some(if column.leaf {
            column.meaning.logical
        } else {
            LogicalType::Other
        })
    }

    /// What lowering must know of a column that a filter names.
    pub(crate) fn reference(&self, path: &str) -> Option<ColumnRef<'_>> {
        self.column(path).map(Column::reference)
    }
}

impl Column {
    /// What lowering must know of it.
    pub(crate) fn reference(&self) -> ColumnRef<'_> {
        ColumnRef {
            names: &self.names,
            item: self.path.contains(['[', '{']),
            meaning: self.meaning,
            physical_type: self.physical_type.as_deref(),
        }
    }
}

fn lower<'a>(tags: impl Iterator<Item = &'a str>) -> Vec<String> {
    tags.map(str::to_ascii_lowercase).collect()
}

fn meaning(element: &Element) -> Meaning {
    let family = element
        .semantic_type
        .as_deref()
        .and_then(zonecut_dns::semantic_type)
        .map(|known| known.family);
    Meaning {
        address: element.is_leaf() && family == Some(Family::Address),
        name: element.is_leaf() && family == Some(Family::Name),
        logical: if element.is_leaf() {
            logical_type(element)
        } else {
            LogicalType::Other
        },
    }
}

/// `logicalType`, and where that says too little, what the physical type says.
fn logical_type(element: &Element) -> LogicalType {
    let physical = element
        .physical_type
        .as_deref()
        .unwrap_or_default()
        .to_ascii_lowercase();
    match element.logical_type.as_deref() {
        Some("string") => LogicalType::Text,
        Some("integer") => LogicalType::Integer,
        Some("number") => LogicalType::Number,
        Some("boolean") => LogicalType::Boolean,
        Some("timestamp") => LogicalType::Timestamp,
        // Editions before 3.1 have no `timestamp`.
        Some("date") if physical.starts_with("timestamp") => LogicalType::Timestamp,
        Some("date") => LogicalType::Date,
        Some(_) => LogicalType::Other,
        None => physical_type(&physical),
    }
}

fn physical_type(physical: &str) -> LogicalType {
    let word = physical.split(['(', ' ']).next().unwrap_or_default();
    match word {
        "varchar" | "char" | "character" | "text" | "string" => LogicalType::Text,
        "tinyint" | "smallint" | "int" | "integer" | "bigint" | "long" => LogicalType::Integer,
        "real" | "float" | "double" | "decimal" | "numeric" => LogicalType::Number,
        "boolean" | "bool" => LogicalType::Boolean,
        "timestamp" | "timestamptz" => LogicalType::Timestamp,
        "date" => LogicalType::Date,
        _ => LogicalType::Other,
    }
}
