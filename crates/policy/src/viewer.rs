//! What of an engine's tables a principal may know of: for lists, which are not questions about
//! columns, and for what engines derive from tables.

use chrono::{DateTime, Utc};

use crate::decide::{Caller, View};
use crate::request::{Action, Principal};
use crate::tables::{EngineTables, INFORMATION_SCHEMA, Stored, Table};

/// A principal, looking through an engine.
pub struct Viewer<'a> {
    engine: EngineTables<'a>,
    caller: Caller<'a>,
    now: DateTime<Utc>,
    /// Whether the engine may be told about a contract.
    about: &'a dyn Fn(&str) -> bool,
}

impl<'a> Viewer<'a> {
    /// `principal`, looking through `engine` at `now`; what is not `about` is not there.
    #[must_use]
    pub fn new(
        engine: EngineTables<'a>,
        principal: &'a Principal<'a>,
        now: DateTime<Utc>,
        about: &'a dyn Fn(&str) -> bool,
    ) -> Self {
        Self {
            engine,
            caller: Caller::new(engine.snapshot, principal),
            now,
            about,
        }
    }

    /// Whether there is anything for them in a catalog.
    #[must_use]
    pub fn sees_catalog(&self, catalog: &str) -> bool {
        let engine = self.engine;
        engine.is_unmanaged(catalog)
            || engine.has_unmanaged_schema(catalog)
            || engine
                .schemas(catalog)
                .any(|schema| self.sees_any(catalog, schema))
    }

    /// Whether there is anything for them in a schema.
    #[must_use]
    pub fn sees_schema(&self, catalog: &str, schema: &str) -> bool {
        let description =
            schema.eq_ignore_ascii_case(INFORMATION_SCHEMA) && self.engine.is_managed(catalog);
        self.engine.is_unmanaged_schema(catalog, schema)
            || (description && self.sees_catalog(catalog))
            || self.sees_any(catalog, schema)
    }

    fn sees_any(&self, catalog: &str, schema: &str) -> bool {
        let mut objects = self.engine.in_schema(catalog, schema);
        objects.any(|stored| self.sees(stored))
    }

    /// Whether a table is there for them.
    #[must_use]
    pub fn sees_table(&self, catalog: &str, table: Table<'_>) -> bool {
        match table {
            Table::Unmanaged => true,
            Table::Description => self.sees_catalog(catalog),
            Table::Object(stored) => self.sees(stored),
            Table::Derived(stored) => self.sees_hidden(stored),
            Table::Unknown => false,
        }
    }

    /// Whether they may do anything at all to anything in an object.
    #[must_use]
    #[expect(
        clippy::redundant_closure_for_method_calls,
        reason = "the method itself is of one lifetime, and views are of many"
    )]
    pub fn sees(&self, stored: Stored<'_>) -> bool {
        (self.about)(stored.contract())
            && Action::ALL
                .into_iter()
                .any(|action| self.with_view(stored, action, |view| view.opens_any()))
    }

    /// Whether they may see what the engine keeps beside an object's columns, such as the least and
    /// the greatest value in each file: whoever manages it and has nothing of it kept from them.
    #[must_use]
    pub fn sees_hidden(&self, stored: Stored<'_>) -> bool {
        let all = |view: &View<'_>| (0..stored.object.leaves).all(|leaf| view.opens(leaf));
        let nothing_kept = |view: &View<'_>| {
            view.denies.is_empty() && view.masks.is_empty() && view.filters.is_empty()
        };
        (self.about)(stored.contract())
            && self.with_view(stored, Action::Manage, |it| all(it) && nothing_kept(it))
            && self.with_view(stored, Action::Select, nothing_kept)
    }

    fn with_view(
        &self,
        stored: Stored<'_>,
        action: Action,
        ask: impl FnOnce(&View<'_>) -> bool,
    ) -> bool {
        let (snapshot, object, rules) = (self.engine.snapshot, stored.object, stored.rules);
        let held = self.caller.held(snapshot, object.domain);
        let engine = Some(self.engine.entry);
        let principal = &self.caller.principal;
        let (context, _) =
            snapshot.context(principal, &held, object, rules, engine, None, self.now);
        ask(&snapshot.view(object, rules, action, &context))
    }
}
