//! Which columns a query names that none of its tables has.
//!
//! Whatever leaves a doubt is silent: a table that the contract does not describe, `*`, functions in
//! place of tables, names in double quotes (texts, to some), words that some dialect knows.

use std::collections::{HashMap, HashSet};

use sqlparser::ast::{
    Expr, GroupByExpr, Ident, JoinConstraint, JoinOperator, OrderBy, OrderByExpr, OrderByKind,
    Query, Select, SelectItem, SetExpr, TableAlias, TableFactor, TableWithJoins,
};

use super::Place;
use super::names::Names;
use super::placeholders::{Filled, Stands};
use super::tables::{Columns, Tables};
use super::words;
use crate::spelling::nearest;

/// A column that no table has.
pub(in crate::lint) struct Missing {
    /// As the query names it.
    pub(in crate::lint) name: String,
    /// The one that was probably meant.
    pub(in crate::lint) nearest: Option<String>,
    /// Where the query names it.
    pub(in crate::lint) place: Option<Place>,
}

/// What `with` names.
type Common = HashMap<String, Columns>;

/// What the names in a `select` may mean.
struct Scope<'s> {
    outer: Option<&'s Scope<'s>>,
    /// The tables, by their names within the query.
    relations: Vec<(String, Columns)>,
    /// The names it gives to what it selects.
    given: HashSet<String>,
}

/// The most tables that a name is looked for in: nobody joins as many, and each name costs as much.
const MOST_TABLES: usize = 64;

/// Looks through one query.
pub(super) struct Search<'t> {
    tables: &'t Tables,
    own: usize,
    filled: &'t Filled,
    missing: Vec<Missing>,
    said: HashSet<String>,
}

impl<'t> Search<'t> {
    pub(super) fn new(tables: &'t Tables, own: usize, filled: &'t Filled) -> Self {
        Self {
            tables,
            own,
            filled,
            missing: Vec::new(),
            said: HashSet::new(),
        }
    }

    pub(super) fn run(mut self, query: &Query) -> Vec<Missing> {
        self.query(query, None, &Common::new());
        self.missing
    }

    /// Looks through a query, and answers which columns it makes.
    fn query(&mut self, query: &Query, outer: Option<&Scope<'_>>, common: &Common) -> Columns {
        if !query.pipe_operators.is_empty() {
            return None;
        }
        let mut common = common.clone();
        for table in query.with.iter().flat_map(|with| &with.cte_tables) {
            let name = folded(&table.alias.name);
            // It may name itself, where it is recursive.
            common.insert(name.clone(), None);
            let columns = self.query(&table.query, outer, &common);
            common.insert(name, renamed(columns, &table.alias));
        }
        let order = query.order_by.as_ref().map_or(&[][..], by_expressions);
        self.body(&query.body, order, outer, &common)
    }

    fn body(
        &mut self,
        body: &SetExpr,
        order: &[OrderByExpr],
        outer: Option<&Scope<'_>>,
        common: &Common,
    ) -> Columns {
        match body {
            SetExpr::Select(select) => self.select(select, order, outer, common),
            SetExpr::Query(query) => self.query(query, outer, common),
            SetExpr::SetOperation { left, right, .. } => {
                let columns = self.body(left, &[], outer, common);
                self.body(right, &[], outer, common);
                columns
            }
            _ => None,
        }
    }

    fn select(
        &mut self,
        select: &Select,
        order: &[OrderByExpr],
        outer: Option<&Scope<'_>>,
        common: &Common,
    ) -> Columns {
        let mut scope = Scope {
            outer,
            relations: Vec::new(),
            given: select.projection.iter().filter_map(given).collect(),
        };
        let mut names = Names::default();
        for table in &select.from {
            self.relations(table, &mut scope, &mut names, common);
        }
        if !select.lateral_views.is_empty() || !select.connect_by.is_empty() {
            scope.relations.push((String::new(), None));
        }
        for item in &select.projection {
            if let SelectItem::UnnamedExpr(it) | SelectItem::ExprWithAlias { expr: it, .. } = item {
                names.of(it);
            }
        }
        let conditions = [&select.prewhere, &select.selection, &select.having];
        let conditions = conditions.into_iter().chain([&select.qualify]);
        for condition in conditions.flatten() {
            names.of(condition);
        }
        if let GroupByExpr::Expressions(list, _) = &select.group_by {
            for expression in list {
                names.of(expression);
            }
        }
        names.of_order(&select.sort_by);
        names.of_order(order);
        let columns = if scope.visible().len() > MOST_TABLES {
            Vec::new()
        } else {
            names.columns
        };
        for name in columns {
            self.judge(name, &scope);
        }
        for query in names.queries {
            self.query(query, Some(&scope), common);
        }
        made(&select.projection)
    }

    /// Adds the tables of a `from`, and the names in the conditions that join them.
    fn relations<'a>(
        &mut self,
        table: &'a TableWithJoins,
        scope: &mut Scope<'_>,
        names: &mut Names<'a>,
        common: &Common,
    ) {
        self.relation(&table.relation, scope, names, common);
        for join in &table.joins {
            self.relation(&join.relation, scope, names, common);
            match constraint(&join.join_operator) {
                Some(JoinConstraint::On(condition)) => names.of(condition),
                Some(_) => {}
                // What is joined is an array, or made for each row.
                None => scope.relations.push((String::new(), None)),
            }
        }
    }

    fn relation<'a>(
        &mut self,
        factor: &'a TableFactor,
        scope: &mut Scope<'_>,
        names: &mut Names<'a>,
        common: &Common,
    ) {
        let relation = match factor {
            TableFactor::Table {
                name,
                alias,
                args: None,
                with_ordinality: false,
                json_path: None,
                ..
            } => {
                let last = name.0.last().and_then(|part| part.as_ident());
                let called = last.map(folded).unwrap_or_default();
                let in_query = common.get(&called).filter(|_| name.0.len() == 1);
                let columns = in_query.cloned().unwrap_or_else(|| {
                    let known = self.tables.find(self.own, self.filled, name);
                    known.and_then(|index| self.tables.columns(index))
                });
                match alias {
                    Some(alias) => (folded(&alias.name), renamed(columns, alias)),
                    None => (called, columns),
                }
            }
            TableFactor::Derived {
                lateral: false,
                subquery,
                alias,
                ..
            } => {
                let columns = self.query(subquery, scope.outer, common);
                match alias {
                    Some(alias) => (folded(&alias.name), renamed(columns, alias)),
                    None => (String::new(), columns),
                }
            }
            TableFactor::NestedJoin {
                table_with_joins,
                alias: None,
            } => return self.relations(table_with_joins, scope, names, common),
            _ => (String::new(), None),
        };
        scope.relations.push(relation);
    }

    fn judge(&mut self, name: &[Ident], scope: &Scope<'_>) {
        let certain = |part: &Ident| is_certain(part) && self.filled.stands(part) == Stands::Itself;
        let Some(last) = name.last().filter(|_| name.iter().skip(1).all(certain)) else {
            return;
        };
        let (wanted, tables) = match name {
            [only] if certain(only) => (only, scope.visible()),
            [_] => return,
            _ => match scope.qualified(name) {
                Some(qualified) => qualified,
                None => return,
            },
        };
        let folded = folded(wanted);
        let is_known = |columns: &&Columns| {
            let columns = columns.as_ref();
            columns.is_none_or(|columns| columns.contains_key(&folded))
        };
        let given = name.len() == 1 && scope.gives(&folded);
        if given || tables.is_empty() || tables.iter().any(is_known) {
            return;
        }
        let text = wanted.value.clone();
        if self.said.insert(folded) {
            let nearest = self.nearest(&text, &tables);
            self.missing.push(Missing {
                nearest,
                place: place(if name.len() == 1 { last } else { wanted }),
                name: text,
            });
        }
    }

    fn nearest(&self, name: &str, tables: &[&Columns]) -> Option<String> {
        let known = || tables.iter().filter_map(|columns| columns.as_ref());
        let count = known().map(|columns| columns.len()).sum();
        if !self.tables.may_compare(count) {
            return None;
        }
        let columns = known().flat_map(|columns| columns.values());
        nearest(name, columns.map(String::as_str)).map(str::to_owned)
    }
}

impl<'s> Scope<'s> {
    /// This one and those around it.
    fn chain(&self) -> impl Iterator<Item = &Scope<'s>> {
        std::iter::successors(Some(self), |scope| scope.outer)
    }

    /// The columns of every table that a plain name may mean.
    fn visible(&self) -> Vec<&Columns> {
        let relations = self.chain().flat_map(|scope| &scope.relations);
        relations.map(|(_, columns)| columns).collect()
    }

    /// Whether a name is one that the query gives, or that of a table.
    fn gives(&self, name: &str) -> bool {
        self.chain().any(|scope| {
            scope.given.contains(name) || scope.relations.iter().any(|(table, _)| table == name)
        })
    }

    /// The column that a qualified name means, and the tables that may have it; nothing where its
    /// beginning is no table.
    fn qualified<'n>(&self, name: &'n [Ident]) -> Option<(&'n Ident, Vec<&Columns>)> {
        let first = folded(name.first()?);
        let is_column = |columns: &&Columns| {
            let columns = columns.as_ref();
            columns.is_none_or(|columns| columns.contains_key(&first))
        };
        let pairs = name.iter().zip(name.iter().skip(1));
        for (table, column) in pairs {
            let called = folded(table);
            let relations = self.chain().flat_map(|scope| &scope.relations);
            let named: Vec<&Columns> = relations
                .filter(|(table, _)| *table == called)
                .map(|(_, columns)| columns)
                .collect();
            if !named.is_empty() {
                let is_record = self.visible().iter().any(is_column);
                return (!is_record).then_some((column, named));
            }
        }
        None
    }
}

/// The columns under the names that an alias gives them; unknown where it names some.
fn renamed(columns: Columns, alias: &TableAlias) -> Columns {
    columns.filter(|_| alias.columns.is_empty() && alias.at.is_none())
}

/// The columns that a projection makes, where each has a name that every engine gives it.
fn made(projection: &[SelectItem]) -> Columns {
    let name = |item: &SelectItem| match item {
        SelectItem::UnnamedExpr(Expr::Identifier(name))
        | SelectItem::ExprWithAlias { alias: name, .. } => Some(name.clone()),
        SelectItem::UnnamedExpr(Expr::CompoundIdentifier(names)) => names.last().cloned(),
        _ => None,
    };
    let names: Option<Vec<Ident>> = projection.iter().map(name).collect();
    let columns = names?.into_iter().map(|name| (folded(&name), name.value));
    Some(std::rc::Rc::new(columns.collect()))
}

/// The name that a projection gives to something.
fn given(item: &SelectItem) -> Option<String> {
    match item {
        SelectItem::ExprWithAlias { alias, .. } => Some(folded(alias)),
        _ => None,
    }
}

fn by_expressions(order: &OrderBy) -> &[OrderByExpr] {
    match &order.kind {
        OrderByKind::Expressions(list) => list,
        OrderByKind::All(_) => &[],
    }
}

/// What joins two tables; nothing where the join is none of two tables.
fn constraint(join: &JoinOperator) -> Option<&JoinConstraint> {
    match join {
        JoinOperator::Join(constraint)
        | JoinOperator::Inner(constraint)
        | JoinOperator::Left(constraint)
        | JoinOperator::LeftOuter(constraint)
        | JoinOperator::Right(constraint)
        | JoinOperator::RightOuter(constraint)
        | JoinOperator::FullOuter(constraint)
        | JoinOperator::CrossJoin(constraint)
        | JoinOperator::Semi(constraint)
        | JoinOperator::LeftSemi(constraint)
        | JoinOperator::RightSemi(constraint)
        | JoinOperator::Anti(constraint)
        | JoinOperator::LeftAnti(constraint)
        | JoinOperator::RightAnti(constraint)
        | JoinOperator::StraightJoin(constraint) => Some(constraint),
        _ => None,
    }
}

fn folded(name: &Ident) -> String {
    name.value.to_lowercase()
}

fn place(name: &Ident) -> Option<Place> {
    let start = name.span.start;
    Some((start.line.try_into().ok()?, start.column.try_into().ok()?))
}

/// Whether a name can be nothing but a column: no text in double quotes, no variable, no word that some
/// dialect knows.
fn is_certain(name: &Ident) -> bool {
    let plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-' | ' ');
    let quoted = matches!(name.quote_style, Some('"' | '\''));
    let begins = name.value.starts_with(char::is_alphabetic);
    let known = words::KNOWN.contains(folded(name).as_str());
    !quoted && begins && name.value.chars().all(plain) && !known
}
