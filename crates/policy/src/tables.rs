//! Where contracts' objects stand in engines: what `catalog.schema.table` names, in lower case.
//!
//! Belongs here: finding the object behind an engine's own names. Does not belong here: whether
//! anybody may see it ([`viewer`](crate::viewer)), and how an engine asks.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use zonecut_contract::Contract;
use zonecut_mask::{DomainCut, Mask};

use crate::catalog::{Column, Object};
use crate::compile::{ObjectRules, RuleEffect};
use crate::documents;
use crate::lower::Dialect;
use crate::snapshot::{EngineEntry, Found, Snapshot};

/// The schema with which an engine describes its catalogs (ISO/IEC 9075-11).
pub const INFORMATION_SCHEMA: &str = "information_schema";
/// What parts the name of a table from that of one derived from it: `queries$files`.
const DERIVED: char = '$';

type Schemas = HashMap<String, HashMap<String, Found>>;

/// Objects by the server they stand on, schema and table.
#[derive(Debug, Default)]
pub(crate) struct Tables(HashMap<String, Schemas>);

impl Tables {
    /// Those of `contracts`, whose objects are numbered in that order.
    pub(crate) fn new(contracts: &[&Contract]) -> Self {
        let mut tables = Self::default();
        let objects = contracts
            .iter()
            .flat_map(|contract| contract.objects().iter().map(move |it| (contract, it)));
        for (position, (contract, object)) in objects.enumerate() {
            let name = object.physical_name.as_deref().unwrap_or(&object.name);
            for server in &contract.servers {
                if let Some(schema) = &server.schema {
                    tables.place(&server.name, schema, name, position);
                }
            }
        }
        tables
    }

    fn place(&mut self, server: &str, schema: &str, table: &str, position: usize) {
        let schemas = self.0.entry(server.to_owned()).or_default();
        let tables = schemas.entry(schema.to_lowercase()).or_default();
        tables
            .entry(table.to_lowercase())
            .and_modify(|found| {
                if !matches!(found, Found::One(first) if *first == position) {
                    *found = Found::Ambiguous;
                }
            })
            .or_insert(Found::One(position));
    }
}

/// The names of an engine.
#[derive(Debug)]
pub(crate) struct EngineNames {
    /// The server behind each catalog; none where two documents' spellings of a catalog differ in it.
    catalogs: HashMap<String, Option<String>>,
    unmanaged_catalogs: HashSet<String>,
    /// `catalog.schema`.
    unmanaged_schemas: HashSet<String>,
    evaluator: Option<String>,
}

impl EngineNames {
    pub(crate) fn new(engine: &documents::Engine) -> Self {
        let mut catalogs: HashMap<String, Option<String>> = HashMap::new();
        for (catalog, server) in &engine.catalogs {
            catalogs
                .entry(catalog.to_lowercase())
                .and_modify(|known| *known = known.take().filter(|known| known == server))
                .or_insert_with(|| Some(server.clone()));
        }
        let lower = |names: &[String]| names.iter().map(|name| name.to_lowercase()).collect();
        Self {
            catalogs,
            unmanaged_catalogs: lower(&engine.unmanaged_catalogs),
            unmanaged_schemas: lower(&engine.unmanaged_schemas),
            evaluator: engine.evaluator.clone(),
        }
    }
}

/// A registered engine, and what its names stand for.
#[derive(Debug, Clone, Copy)]
pub struct EngineTables<'a> {
    pub(crate) snapshot: &'a Snapshot,
    pub(crate) entry: &'a EngineEntry,
}

/// What the name of a table stands for.
#[derive(Debug, Clone, Copy)]
pub enum Table<'a> {
    /// Something that Zonecut is not asked to guard.
    Unmanaged,
    /// The engine's own description of a managed catalog, whose rows it filters by asking.
    Description,
    /// An object of a contract.
    Object(Stored<'a>),
    /// A table that the engine derives from an object's, such as `queries$files`.
    Derived(Stored<'a>),
    /// Nothing that a contract promises, or what two do.
    Unknown,
}

/// An object of a contract where it is stored.
#[derive(Debug, Clone, Copy)]
pub struct Stored<'a> {
    pub(crate) object: &'a Object,
    pub(crate) rules: &'a ObjectRules,
}

impl Snapshot {
    /// The names of a registered engine.
    #[must_use]
    pub fn engine(&self, name: &str) -> Option<EngineTables<'_>> {
        let entry = self.engines.get(name)?;
        Some(EngineTables {
            snapshot: self,
            entry,
        })
    }
}

impl<'a> EngineTables<'a> {
    /// The SQL it speaks.
    #[must_use]
    pub fn dialect(self) -> Dialect {
        self.entry.dialect
    }

    /// Whether row filters run as that user.
    #[must_use]
    pub fn is_evaluator(self, user: &str) -> bool {
        self.evaluator() == Some(user)
    }

    /// The user as whom row filters run.
    #[must_use]
    pub fn evaluator(self) -> Option<&'a str> {
        self.entry.names.evaluator.as_deref()
    }

    /// Whether that is one of the functions it applies masks with: `catalog.schema.function`.
    #[must_use]
    pub fn masks_with(self, function: &str) -> bool {
        let mut functions = self.entry.functions.values();
        functions.any(|known| known.eq_ignore_ascii_case(function))
    }

    /// Whether a mask is applied with one of its functions.
    #[must_use]
    pub fn has_function_for(self, mask: &Mask) -> bool {
        let needs = mask.keyed().is_some() || matches!(mask, Mask::Domain(DomainCut::Registrable));
        needs && self.entry.functions.contains_key(mask.type_name())
    }

    /// Whether the catalog has a server of contracts behind it.
    #[must_use]
    pub fn is_managed(self, catalog: &str) -> bool {
        self.entry.names.catalogs.contains_key(&*lower(catalog))
    }

    /// Whether Zonecut is not asked to guard anything in the catalog. One both managed and unmanaged is
    /// managed.
    #[must_use]
    pub fn is_unmanaged(self, catalog: &str) -> bool {
        let names = &self.entry.names;
        names.unmanaged_catalogs.contains(&*lower(catalog)) && !self.is_managed(catalog)
    }

    /// Whether Zonecut is not asked to guard anything in the schema. One in which an object of a
    /// contract stands is guarded.
    #[must_use]
    pub fn is_unmanaged_schema(self, catalog: &str, schema: &str) -> bool {
        let listed = || {
            let name = format!("{}.{}", lower(catalog), lower(schema));
            self.entry.names.unmanaged_schemas.contains(&name)
        };
        self.is_unmanaged(catalog) || (listed() && self.tables(catalog, schema).is_none())
    }

    /// Whether the catalog has a schema that Zonecut is not asked to guard.
    #[must_use]
    pub fn has_unmanaged_schema(self, catalog: &str) -> bool {
        let catalog = lower(catalog);
        let mut listed = self.entry.names.unmanaged_schemas.iter();
        listed.any(|name| {
            let name = name.split_once('.');
            name.is_some_and(|(of, schema)| of == catalog && self.is_unmanaged_schema(of, schema))
        })
    }

    /// What a name stands for.
    #[must_use]
    pub fn table(self, catalog: &str, schema: &str, table: &str) -> Table<'a> {
        if self.is_unmanaged_schema(catalog, schema) {
            return Table::Unmanaged;
        }
        if !self.is_managed(catalog) {
            return Table::Unknown;
        }
        if *lower(schema) == *INFORMATION_SCHEMA {
            return Table::Description;
        }
        let Some(tables) = self.tables(catalog, schema) else {
            return Table::Unknown;
        };
        let table = lower(table);
        let find = |name: &str| match tables.get(name)? {
            Found::One(position) => self.stored(*position),
            Found::Ambiguous => None,
        };
        if tables.contains_key(&*table) {
            return find(&table).map_or(Table::Unknown, Table::Object);
        }
        let derived = table.split_once(DERIVED).and_then(|(of, _)| find(of));
        derived.map_or(Table::Unknown, Table::Derived)
    }

    /// All objects that stand in a schema.
    pub(crate) fn in_schema(
        self,
        catalog: &str,
        schema: &str,
    ) -> impl Iterator<Item = Stored<'a>> + use<'a> {
        let tables = self.tables(catalog, schema);
        let found = tables.into_iter().flat_map(HashMap::values);
        found.filter_map(move |found| match found {
            Found::One(position) => self.stored(*position),
            Found::Ambiguous => None,
        })
    }

    /// All schemas of a catalog in which objects stand.
    pub(crate) fn schemas(self, catalog: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        let schemas = self.server(catalog).into_iter().flat_map(HashMap::keys);
        schemas.map(String::as_str)
    }

    fn server(self, catalog: &str) -> Option<&'a Schemas> {
        let server = self.entry.names.catalogs.get(&*lower(catalog))?.as_ref()?;
        self.snapshot.tables.0.get(server)
    }

    fn tables(self, catalog: &str, schema: &str) -> Option<&'a HashMap<String, Found>> {
        self.server(catalog)?.get(&*lower(schema))
    }

    fn stored(self, position: usize) -> Option<Stored<'a>> {
        Some(Stored {
            object: self.snapshot.objects.get(position)?,
            rules: self.snapshot.reach.get(position)?,
        })
    }

    /// Whether the evaluator has to read a column: a filter of the object names it, or a mask of it
    /// is applied with a function.
    #[must_use]
    pub fn evaluates(self, stored: Stored<'a>, column: &str) -> bool {
        let object = stored.object;
        let Some(column) = object.stored(&lower(column)) else {
            return false;
        };
        let rule = |rule: usize| self.snapshot.rules.get(rule);
        let in_filter = stored.rules.filters.iter().any(|filter| {
            let Some(RuleEffect::Filter(predicate)) = rule(*filter).map(|it| &it.effect) else {
                return false;
            };
            let mut named = predicate.columns().into_iter();
            named.any(|named| holds(object, column, &named.path))
        });
        in_filter
            || stored.rules.masks.iter().any(|reach| {
                let Some(RuleEffect::Mask(mask)) = rule(reach.rule).map(|it| &it.effect) else {
                    return false;
                };
                let mut leaves = column.leaves.clone();
                self.has_function_for(mask) && leaves.any(|leaf| reach.leaves.has(leaf))
            })
    }
}

/// Whether a path names `column` or something in it.
fn holds(object: &Object, column: &Column, path: &str) -> bool {
    object.column(path).is_some_and(|named| {
        let top = object.containers(named).next().unwrap_or(named);
        top.path == column.path
    })
}

impl<'a> Stored<'a> {
    /// The contract's id.
    #[must_use]
    pub fn contract(self) -> &'a str {
        &self.object.contract
    }

    /// The object's name.
    #[must_use]
    pub fn name(self) -> &'a str {
        &self.object.name
    }

    /// The path of the column stored under a name.
    #[must_use]
    pub fn path(self, column: &str) -> Option<&'a str> {
        Some(&self.object.stored(&lower(column))?.path)
    }
}

/// Engines send names in lower case as a rule.
fn lower(name: &str) -> Cow<'_, str> {
    if name.chars().any(char::is_uppercase) {
        Cow::Owned(name.to_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}
