//! Who sees what of a contract: every role against every column.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::answer::Cells;
use crate::compile::RuleEffect;
use crate::decide::{Held, Principal};
use crate::lower;
use crate::request::Action;
use crate::response::{Access, ColumnDecision};
use crate::snapshot::{EngineEntry, Snapshot};

/// Roles against columns, for the active version of a contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AccessMatrix {
    /// The serial it holds at.
    pub serial: u64,
    /// The contract's id.
    pub contract: String,
    /// Its objects.
    pub objects: Vec<ObjectAccess>,
}

/// Roles against the columns of one object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ObjectAccess {
    /// The object's name.
    pub name: String,
    /// Its top-level columns, in the order of the contract.
    pub columns: Vec<String>,
    /// One row per role.
    pub rows: Vec<RoleAccess>,
}

/// What the holders of one role see, be they otherwise nobody in particular.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RoleAccess {
    /// The role.
    pub role: String,
    /// The domain that defines it; `*` for a global one.
    pub domain: String,
    /// Whether no column is denied.
    pub allow: bool,
    /// By column.
    pub columns: BTreeMap<String, ColumnDecision>,
    /// Predicates that rows must satisfy, in the words of the rules or the engine's SQL.
    pub filters: Vec<String>,
}

/// The domain shown for global roles.
const GLOBAL: &str = "*";

impl Snapshot {
    /// Who sees what of a contract, for `purpose` through `engine`; none where no active contract
    /// of that id or no such engine is known.
    #[must_use]
    pub fn who_sees_what(
        &self,
        contract: &str,
        purpose: Option<&str>,
        engine: Option<&str>,
        now: DateTime<Utc>,
    ) -> Option<AccessMatrix> {
        let engine = match engine {
            Some(name) => Some(self.engines.get(name)?),
            None => None,
        };
        let names = self.by_name.get(contract)?;
        let mut objects = self
            .objects
            .iter()
            .filter(|object| &*object.contract == contract && names.contains_key(&object.name));
        let objects = objects
            .by_ref()
            .filter_map(|object| self.object_access(&object.name, contract, purpose, engine, now))
            .collect();
        Some(AccessMatrix {
            serial: self.serial,
            contract: contract.to_owned(),
            objects,
        })
    }

    /// The purposes that rules tell apart or domains publish: those worth asking about.
    #[must_use]
    pub fn purposes(&self) -> BTreeSet<&str> {
        let conditions = self.rules.iter().flat_map(|rule| {
            let unless = rule.unless.iter().map(|(_, when)| when);
            std::iter::once(&rule.when).chain(unless)
        });
        let named = conditions
            .filter_map(|when| when.purposes.as_deref())
            .flatten()
            .map(|purpose| self.symbols.name(*purpose));
        let published = self.purposes.values().flatten().map(String::as_str);
        named.chain(published).collect()
    }

    /// The registered engines, by name.
    #[must_use]
    pub fn engines(&self) -> BTreeSet<&str> {
        self.engines.keys().map(String::as_str).collect()
    }

    fn object_access(
        &self,
        name: &str,
        contract: &str,
        purpose: Option<&str>,
        engine: Option<&EngineEntry>,
        now: DateTime<Utc>,
    ) -> Option<ObjectAccess> {
        let (object, _) = self.find(contract, name)?;
        let domain = object.domain.map(|domain| self.symbols.name(domain));
        let own = domain.into_iter().flat_map(|domain| {
            self.roles
                .defined(Some(domain))
                .map(move |role| (role, domain))
        });
        let global = self.roles.defined(None).map(|role| (role, GLOBAL));
        let rows = own.chain(global).filter_map(|(role, domain)| {
            self.role_access(role, domain, (contract, name), purpose, engine, now)
        });
        Some(ObjectAccess {
            name: name.to_owned(),
            columns: object.top().map(|column| column.path.to_string()).collect(),
            rows: rows.collect(),
        })
    }

    fn role_access(
        &self,
        role: &str,
        defined: &str,
        (contract, name): (&str, &str),
        purpose: Option<&str>,
        engine: Option<&EngineEntry>,
        now: DateTime<Utc>,
    ) -> Option<RoleAccess> {
        let (object, rules) = self.find(contract, name)?;
        let symbol = self.symbols.get(role);
        let implied = |domain| {
            symbol
                .map(|symbol| self.roles.implied(symbol, domain))
                .unwrap_or_default()
        };
        let held = Held {
            domain: implied(object.domain),
            global: if defined == GLOBAL {
                implied(None)
            } else {
                Box::default()
            },
        };
        let principal = Principal::nobody();
        let (context, _) = self.context(&principal, &held, object, rules, engine, purpose, now);
        let view = self.view(object, rules, Action::Select, &context);
        let cells = Cells {
            object,
            view: &view,
            action: Action::Select,
            engine,
        };
        let columns: BTreeMap<_, _> = object
            .top()
            .map(|column| (column.path.to_string(), cells.path(&column.path)))
            .collect();
        let mut filters = view
            .filters
            .iter()
            .filter(|_| view.opens_any())
            .filter_map(|rule| match &rule.effect {
                RuleEffect::Filter(predicate) => {
                    // A predicate about the principal has no SQL until somebody asks.
                    let dialect = engine
                        .map(|engine| engine.dialect)
                        .filter(|_| !predicate.names_principal());
                    Some(lower::filter(predicate, dialect, &|path| {
                        object.reference(path)
                    }))
                }
                _ => None,
            })
            .collect::<Vec<_>>();
        filters.sort();
        filters.dedup();
        Some(RoleAccess {
            role: role.to_owned(),
            domain: defined.to_owned(),
            allow: !columns.is_empty()
                && columns
                    .values()
                    .all(|column| column.access != Access::Denied),
            columns,
            filters,
        })
    }
}
