//! Whether a user may do what one of Trino's operations is about, and how they see a table: Trino's
//! names turned into questions about objects of contracts, which the one use case decides.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::Serialize;
use zonecut_policy::request::{Principal, Text};
use zonecut_policy::tables::{EngineTables, Stored, Table};
use zonecut_policy::viewer::Viewer;
use zonecut_policy::{
    Access, Action, ColumnDecision, DecisionRequest, ObjectDecision, ObjectRequest,
};

use super::operations::{Rule, SchemaName, Subject, TableName};
use crate::app::decide::Asker;

/// What hidden columns, which connectors have beside those of a table, begin with.
const HIDDEN: char = '$';
/// What hides every value.
const NOTHING: &str = "NULL";
/// What hides every row.
const NO_ROW: &str = "false";

/// Leave, or why not.
pub type Verdict = Result<(), Vec<String>>;

/// Why nothing of a table is served.
pub enum Kept {
    /// It is not for this user.
    Back(Vec<String>),
    /// Nobody knows what it is.
    Unknown(Vec<String>),
}

/// An expression that Trino puts in the place of a column, or keeps rows by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ViewExpression {
    /// In Trino's SQL.
    pub expression: String,
    /// As whom it runs; the user who asks without.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identity: Option<String>,
}

impl ViewExpression {
    fn plain(expression: &str) -> Self {
        Self {
            expression: expression.to_owned(),
            identity: None,
        }
    }

    /// No value of a column.
    #[must_use]
    pub fn nothing() -> Self {
        Self::plain(NOTHING)
    }

    /// No row of a table.
    #[must_use]
    pub fn no_row() -> Self {
        Self::plain(NO_ROW)
    }
}

/// One user at one engine.
pub struct Gate<'a> {
    /// Who asks.
    pub asker: &'a Asker<'a>,
    /// The engine.
    pub engine: EngineTables<'a>,
    /// Its name.
    pub name: &'a str,
    /// The user.
    pub principal: &'a Principal<'a>,
    /// What is there for them.
    pub viewer: &'a Viewer<'a>,
    /// The decision's id.
    pub id: &'a str,
    /// When it is taken.
    pub now: DateTime<Utc>,
}

impl<'a> Gate<'a> {
    /// Whether the user may do `operation`, of which `rule` is asked, to `subject`.
    ///
    /// # Errors
    /// Why not.
    pub fn allows(&self, operation: &str, rule: Rule, subject: Subject<'_>) -> Verdict {
        if self.is_evaluator() {
            return self.evaluates(operation, subject);
        }
        match rule {
            Rule::Anyone => Ok(()),
            Rule::Nobody => no(format!("no policy can grant `{operation}`")),
            Rule::Oneself => {
                let own = matches!(subject, Subject::User(user) if *user == *self.principal.user);
                when(own, || format!("`{operation}` is for oneself alone"))
            }
            Rule::Sees => self.sees(subject),
            Rule::Unguarded => when(self.is_unguarded(subject), || {
                format!("`{subject}` is in no contract, so nobody is granted `{operation}`")
            }),
            Rule::May(action) => self.may(action, subject),
            Rule::Shares => {
                self.may(Action::Select, subject)?;
                match subject {
                    Subject::Columns(table, _) => self.may_to(Action::Manage, table, None),
                    _ => Ok(()),
                }
            }
        }
    }

    fn is_evaluator(&self) -> bool {
        self.engine.is_evaluator(&self.principal.user)
    }

    /// What the user may do as whom row filters run: read what they read, and nothing else.
    fn evaluates(&self, operation: &str, subject: Subject<'_>) -> Verdict {
        let engine = self.engine;
        let may = match (operation, subject) {
            ("AccessCatalog", Subject::Catalog(catalog)) => engine.is_managed(catalog),
            ("SelectFromColumns", Subject::Columns(table, columns)) => match self.table(table) {
                Table::Object(stored) => {
                    self.asker.may_about(stored.contract())
                        && columns.iter().all(|it| engine.evaluates(stored, it))
                }
                _ => false,
            },
            ("ExecuteFunction", Subject::Function(within, function)) => {
                engine.masks_with(&format!("{within}.{function}"))
            }
            _ => false,
        };
        when(may, || {
            format!("`{}` is whom row filters run as", &*self.principal.user)
        })
    }

    fn table(&self, name: TableName<'_>) -> Table<'a> {
        let SchemaName { catalog, schema } = name.within;
        self.engine.table(catalog, schema, name.table)
    }

    fn sees(&self, subject: Subject<'_>) -> Verdict {
        let seen = match subject {
            Subject::Catalog(catalog) => self.viewer.sees_catalog(catalog),
            Subject::Schema(name) => self.viewer.sees_schema(name.catalog, name.schema),
            Subject::Table(name) => {
                let table = self.table(name);
                self.viewer.sees_table(name.within.catalog, table)
            }
            Subject::Columns(name, columns) => {
                self.readable(name, columns).into_iter().all(|it| it)
            }
            Subject::Function(..) => self.is_unguarded(subject),
            _ => false,
        };
        when(seen, || format!("nothing in `{subject}` is granted"))
    }

    fn is_unguarded(&self, subject: Subject<'_>) -> bool {
        let schema = |it: SchemaName<'_>| self.engine.is_unmanaged_schema(it.catalog, it.schema);
        match subject {
            Subject::Schema(name) | Subject::Function(name, _) => schema(name),
            Subject::Schemas(from, to) => schema(from) && schema(to),
            _ => false,
        }
    }

    fn may(&self, action: Action, subject: Subject<'_>) -> Verdict {
        match subject {
            Subject::Table(table) => self.may_to(action, table, None),
            Subject::Columns(table, columns) => self.may_to(action, table, Some(columns)),
            Subject::Tables(from, to) => {
                self.may_to(action, from, None)?;
                self.may_to(action, to, None)?;
                let is_guarded = |name| !matches!(self.table(name), Table::Unmanaged);
                when(is_guarded(from) == is_guarded(to), || {
                    format!("`{from}` would leave what is guarded, or come into it")
                })
            }
            _ => no("no table is named".to_owned()),
        }
    }

    /// Whether the user may do `action` to the columns, all of the table's where none are named.
    fn may_to(&self, action: Action, name: TableName<'_>, columns: Option<&[Text<'_>]>) -> Verdict {
        match self.table(name) {
            Table::Unmanaged => Ok(()),
            Table::Description => {
                let seen =
                    action == Action::Select && self.viewer.sees_catalog(name.within.catalog);
                when(seen, || format!("`{name}` describes what is not there"))
            }
            Table::Derived(stored) => {
                let seen = action == Action::Select && self.viewer.sees_hidden(stored);
                when(seen, || beside(name))
            }
            Table::Unknown => Err(vec![unknown(name)]),
            Table::Object(stored) => self.may_to_object(action, stored, columns),
        }
    }

    fn may_to_object(
        &self,
        action: Action,
        stored: Stored<'_>,
        columns: Option<&[Text<'_>]>,
    ) -> Verdict {
        let mut paths = columns.map(|_| Vec::new());
        let mut refused = Vec::new();
        for column in columns.into_iter().flatten() {
            match stored.path(column) {
                Some(path) => paths.get_or_insert_default().push(path),
                None if is_hidden(column) => {
                    if action != Action::Select || !self.viewer.sees_hidden(stored) {
                        refused.push(beside(&**column));
                    }
                }
                None => refused.push(format!("unknown column `{}`", &**column)),
            }
        }
        let decided = self.decide(action, stored, paths);
        if !decided.allow {
            refused.extend(decided.reasons.iter().cloned());
        }
        if action == Action::Select {
            refused.extend(self.unreadable_filter(stored, &decided));
        }
        if refused.is_empty() {
            Ok(())
        } else {
            Err(refused)
        }
    }

    /// Why Trino, which asks whether the user may read what a row filter reads, would refuse.
    fn unreadable_filter(&self, stored: Stored<'_>, decided: &ObjectDecision) -> Option<String> {
        let columns = decided.filters.iter().flat_map(|filter| &filter.columns);
        let columns: Vec<_> = columns.map(String::as_str).collect();
        if columns.is_empty() || self.engine.evaluator().is_some() {
            return None;
        }
        let read = self.decide(Action::Select, stored, Some(columns));
        (!read.allow).then(|| {
            let engine = self.name;
            format!(
                "a row filter reads what the user may not, and engine `{engine}` names no `evaluator`"
            )
        })
    }

    fn decide(
        &self,
        action: Action,
        stored: Stored<'_>,
        paths: Option<Vec<&str>>,
    ) -> Arc<ObjectDecision> {
        let object = ObjectRequest {
            contract: stored.contract().into(),
            object: stored.name().into(),
            columns: paths.map(|paths| paths.into_iter().map(Text::from).collect()),
        };
        let unknown = ObjectDecision::unknown(&object);
        let question = DecisionRequest {
            principal: self.principal.clone(),
            action: action.name().into(),
            engine: Some(self.name.into()),
            purpose: None,
            objects: vec![object],
            explain: false,
        };
        let decided = self.asker.decide(&question, self.id, self.now).decisions;
        decided
            .into_iter()
            .next()
            .unwrap_or_else(|| Arc::new(unknown))
    }

    /// What keeps rows of a table from the user.
    ///
    /// # Errors
    /// Why they see none at all.
    pub fn filters(&self, name: TableName<'_>) -> Result<Vec<ViewExpression>, Kept> {
        let Some(stored) = self.open(name)? else {
            return Ok(Vec::new());
        };
        self.may_to_object(Action::Select, stored, Some(&[]))
            .map_err(Kept::Back)?;
        let decided = self.decide(Action::Select, stored, Some(Vec::new()));
        let filters = decided.filters.iter().map(|filter| ViewExpression {
            expression: filter.expression.clone(),
            identity: self.engine.evaluator().map(str::to_owned),
        });
        Ok(filters.collect())
    }

    /// What the user sees in the place of each column; none where they see it as it is.
    ///
    /// # Errors
    /// Why they see none of the table.
    pub fn masks(
        &self,
        name: TableName<'_>,
        columns: &[&str],
    ) -> Result<Vec<Option<ViewExpression>>, Kept> {
        let Some(stored) = self.open(name)? else {
            return Ok(vec![None; columns.len()]);
        };
        let decided = self.decided_columns(stored, columns);
        let mask = |(column, decided): (&&str, Option<ColumnDecision>)| match decided {
            Some(decided) => self.mask(&decided),
            None if is_hidden(column) && self.viewer.sees_hidden(stored) => None,
            None => Some(ViewExpression::nothing()),
        };
        Ok(columns.iter().zip(decided).map(mask).collect())
    }

    fn mask(&self, decided: &ColumnDecision) -> Option<ViewExpression> {
        match decided.access {
            Access::Clear => None,
            Access::Denied => Some(ViewExpression::nothing()),
            Access::Masked => {
                // Who could call the function could find out what stands for a value they guess.
                let by_function = decided.enforced.is_none()
                    && decided
                        .mask
                        .as_ref()
                        .is_some_and(|mask| self.engine.has_function_for(mask));
                let identity = self.engine.evaluator().filter(|_| by_function);
                let expression = decided.expression.clone();
                Some(ViewExpression {
                    expression: expression.unwrap_or_else(|| NOTHING.to_owned()),
                    identity: identity.map(str::to_owned),
                })
            }
        }
    }

    /// Which columns of a table the user may read at all.
    #[must_use]
    pub fn readable(&self, name: TableName<'_>, columns: &[Text<'_>]) -> Vec<bool> {
        let columns: Vec<_> = columns.iter().map(|it| &**it).collect();
        let stored = match self.open(name) {
            Ok(Some(stored)) => stored,
            Ok(None) => return vec![true; columns.len()],
            Err(_) => return vec![false; columns.len()],
        };
        let decided = self.decided_columns(stored, &columns);
        let readable = |(column, decided): (&&str, Option<ColumnDecision>)| match decided {
            Some(decided) => decided.access != Access::Denied,
            None => is_hidden(column) && self.viewer.sees_hidden(stored),
        };
        columns.iter().zip(decided).map(readable).collect()
    }

    /// The decision about each column; none for one that is not in the contract.
    fn decided_columns(&self, stored: Stored<'_>, columns: &[&str]) -> Vec<Option<ColumnDecision>> {
        let paths: Vec<_> = columns.iter().map(|it| stored.path(it)).collect();
        let known = paths.iter().flatten().copied().collect();
        let decided = self.decide(Action::Select, stored, Some(known));
        let decision = |path: Option<&str>| decided.columns.get(path?).cloned();
        paths.into_iter().map(decision).collect()
    }

    /// The object behind a table; none where nothing falls on the table.
    fn open(&self, name: TableName<'_>) -> Result<Option<Stored<'a>>, Kept> {
        if self.is_evaluator() {
            let reason = format!("`{}` is whom row filters run as", &*self.principal.user);
            return Err(Kept::Back(vec![reason]));
        }
        match self.table(name) {
            Table::Unmanaged | Table::Description => Ok(None),
            Table::Derived(stored) if self.viewer.sees_hidden(stored) => Ok(None),
            Table::Derived(_) => Err(Kept::Back(vec![beside(name)])),
            Table::Object(stored) if self.asker.may_about(stored.contract()) => Ok(Some(stored)),
            Table::Object(_) | Table::Unknown => Err(Kept::Unknown(vec![unknown(name)])),
        }
    }
}

fn is_hidden(column: &str) -> bool {
    column.starts_with(HIDDEN)
}

fn unknown(name: TableName<'_>) -> String {
    format!("`{name}` is no object of one active contract")
}

fn beside(name: impl std::fmt::Display) -> String {
    format!("`{name}` may show raw values, and is for those who manage the table and see all of it")
}

fn no(reason: String) -> Verdict {
    Err(vec![reason])
}

fn when(allowed: bool, reason: impl FnOnce() -> String) -> Verdict {
    if allowed { Ok(()) } else { no(reason()) }
}
