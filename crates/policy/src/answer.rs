//! What a request about one object is answered, and why.

use std::collections::BTreeMap;
use std::io::Write;

use zonecut_mask::Mask;

use crate::catalog::{Column, Object};
use crate::compile::{Leaves, ObjectRules, RuleEffect, bit};
use crate::decide::{Applied, View};
use crate::filter::Predicate;
use crate::lower::{self, Target};
use crate::matching::Context;
use crate::request::{Action, ObjectRequest};
use crate::response::{Access, ColumnDecision, Columns, FilterDecision, ObjectDecision};
use crate::snapshot::{EngineEntry, Snapshot};

/// What was asked, beside what the rules look at.
#[derive(Debug)]
pub(crate) struct Asked<'a> {
    pub request: &'a ObjectRequest<'a>,
    pub action: Action,
    pub user: &'a str,
    /// Sorted, each once.
    pub groups: &'a [&'a str],
    pub engine: Option<&'a EngineEntry>,
    pub explain: bool,
}

/// Everything denied, for a reason that is not a rule's.
pub(crate) fn closed(request: &ObjectRequest<'_>, reason: String) -> ObjectDecision {
    let paths = request.columns.iter().flatten().map(|path| &**path);
    ObjectDecision {
        contract: request.contract.to_string(),
        object: request.object.to_string(),
        allow: false,
        columns: once(paths, |_| denied(reason.clone())),
        filters: nothing(),
        obligations: Vec::new(),
        reasons: vec![reason],
    }
}

impl ObjectDecision {
    /// The answer about an object that there is not, or that the caller may not know of.
    #[must_use]
    pub fn unknown(asked: &ObjectRequest<'_>) -> Self {
        let (object, contract) = (&*asked.object, &*asked.contract);
        closed(
            asked,
            format!("unknown object `{object}` of contract `{contract}`"),
        )
    }
}

/// The filter of an object that may not be read: whoever looks at filters alone sees no row.
fn nothing() -> Vec<FilterDecision> {
    vec![FilterDecision {
        expression: "FALSE".to_owned(),
        columns: Vec::new(),
    }]
}

fn once<'a>(
    paths: impl Iterator<Item = &'a str>,
    decide: impl FnMut(&str) -> ColumnDecision,
) -> Columns {
    let mut seen = std::collections::HashSet::new();
    let mut decide = decide;
    let distinct = paths.filter(|path| seen.insert(*path)).collect::<Vec<_>>();
    Columns(
        distinct
            .into_iter()
            .map(|path| (path.to_owned(), decide(path)))
            .collect(),
    )
}

fn denied(reason: String) -> ColumnDecision {
    ColumnDecision {
        access: Access::Denied,
        mask: None,
        expression: None,
        enforced: None,
        reason: Some(reason),
    }
}

/// The answer about an object that exists.
pub(crate) fn object(
    snapshot: &Snapshot,
    object: &Object,
    rules: &ObjectRules,
    view: &View<'_>,
    context: &Context<'_>,
    asked: &Asked<'_>,
    notes: Vec<String>,
) -> ObjectDecision {
    let cells = Cells {
        object,
        view,
        action: asked.action,
        engine: asked.engine,
    };
    let columns = match &asked.request.columns {
        Some(paths) => once(paths.iter().map(|path| &**path), |path| cells.path(path)),
        None => once(object.top().map(|column| &*column.path), |path| {
            cells.path(path)
        }),
    };
    let any = view.opens_any();
    let none_denied = columns
        .0
        .iter()
        .all(|(_, column)| column.access != Access::Denied);
    let allow = none_denied && (any || !columns.0.is_empty());
    let mut reasons = notes;
    if !allow && columns.0.is_empty() {
        reasons.push(cells.nothing_opens());
    }
    reasons.extend(denials(&columns));
    reasons.extend(stronger(&columns, &cells));
    if asked.explain {
        explain(
            snapshot,
            object,
            rules,
            &cells,
            context,
            &columns,
            &mut reasons,
        );
    }
    let mut seen = std::collections::HashSet::new();
    reasons.retain(|reason| seen.insert(reason.clone()));
    ObjectDecision {
        contract: asked.request.contract.to_string(),
        object: asked.request.object.to_string(),
        allow,
        columns,
        filters: if any {
            filters(object, view, asked)
        } else {
            nothing()
        },
        obligations: Vec::new(),
        reasons,
    }
}

fn filters(object: &Object, view: &View<'_>, asked: &Asked<'_>) -> Vec<FilterDecision> {
    let dialect = asked.engine.map(|engine| engine.dialect);
    let predicates = view.filters.iter().filter_map(|rule| match &rule.effect {
        RuleEffect::Filter(predicate) => Some(predicate.bind(asked.user, asked.groups)),
        _ => None,
    });
    let mut filters = predicates
        .map(|predicate| FilterDecision {
            expression: lower::filter(&predicate, dialect, &|path| object.reference(path)),
            columns: paths(&predicate),
        })
        .collect::<Vec<_>>();
    filters.sort();
    filters.dedup();
    filters
}

fn paths(predicate: &Predicate) -> Vec<String> {
    let columns = predicate.columns().into_iter();
    let mut paths = columns.map(|it| it.path.clone()).collect::<Vec<_>>();
    paths.sort();
    paths.dedup();
    paths
}

/// One sentence per reason, with the columns it denied.
fn denials(columns: &Columns) -> Vec<String> {
    let mut by_reason: Vec<(&str, Vec<&str>)> = Vec::new();
    for (path, column) in columns
        .0
        .iter()
        .filter(|(_, column)| column.access == Access::Denied)
    {
        let reason = column.reason.as_deref().unwrap_or_default();
        match by_reason.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, paths)) => paths.push(path),
            None => by_reason.push((reason, vec![path])),
        }
    }
    by_reason
        .into_iter()
        .map(|(reason, paths)| format!("denied {}: {reason}", crate::quoted(paths.into_iter())))
        .collect()
}

/// Columns whose mask is stronger than each rule alone asked for.
fn stronger(columns: &Columns, cells: &Cells<'_>) -> Vec<String> {
    let mut reasons = Vec::new();
    for (path, decision) in columns
        .0
        .iter()
        .filter(|(_, column)| column.access == Access::Masked)
    {
        let column = cells.object.column(path);
        let merged = column
            .filter(|column| column.leaf)
            .map(|column| cells.mask(column.leaves.start, column));
        reasons.extend(
            merged
                .and_then(|merged| merged.note)
                .map(|note| format!("`{path}`: {note}")),
        );
        if let (Some(enforced), Some(engine), Some(mask), Some(column)) =
            (&decision.enforced, cells.engine, &decision.mask, column)
        {
            let why = lower::mask(mask, column.reference(), target(engine))
                .enforced
                .map(|(_, why)| why)
                .unwrap_or_default();
            let enforced = serde_json::to_string(enforced).unwrap_or_default();
            reasons.push(format!("`{path}`: {why}, so `{enforced}` is enforced"));
        }
    }
    reasons
}

fn target(engine: &EngineEntry) -> Target<'_> {
    Target {
        dialect: engine.dialect,
        functions: &engine.functions,
    }
}

/// How each column of an object looks to one request.
#[derive(Debug)]
pub(crate) struct Cells<'a> {
    pub object: &'a Object,
    pub view: &'a View<'a>,
    pub action: Action,
    pub engine: Option<&'a EngineEntry>,
}

/// The join of the masks of a leaf.
struct Merged<'a> {
    mask: Mask,
    rules: Vec<&'a Applied<'a>>,
    /// What has to be said about it.
    note: Option<String>,
}

impl Cells<'_> {
    /// The decision about the column of a path.
    pub(crate) fn path(&self, path: &str) -> ColumnDecision {
        match self.object.column(path) {
            Some(column) if column.leaf => self.leaf(column.leaves.start, column),
            Some(column) => self.container(column),
            None if self.object.is_ambiguous(path) => {
                denied("the path names more than one column".to_owned())
            }
            None => denied("unknown column".to_owned()),
        }
    }

    fn leaf(&self, leaf: usize, column: &Column) -> ColumnDecision {
        if !self.view.opens(leaf) {
            return denied(self.why_denied(leaf));
        }
        let merged = self.mask(leaf, column);
        let reason = merged
            .rules
            .iter()
            .map(|applied| applied.rule.reasoned())
            .collect::<Vec<_>>()
            .join("; ");
        self.shown(merged.mask, column, reason)
    }

    /// A container is its leaves together: any denied is denied, all clear is clear, else `null`.
    fn container(&self, column: &Column) -> ColumnDecision {
        let mut masked = None;
        let leaves = self
            .object
            .leaf_columns()
            .enumerate()
            .skip(column.leaves.start)
            .take(column.leaves.len());
        for (number, leaf) in leaves {
            if !self.view.opens(number) {
                return denied(format!("`{}`: {}", leaf.path, self.why_denied(number)));
            }
            if self.mask(number, leaf).mask != Mask::Clear {
                masked.get_or_insert_with(|| format!("`{}` in it is masked", leaf.path));
            }
        }
        match masked {
            None => self.shown(Mask::Clear, column, String::new()),
            Some(reason) => self.shown(Mask::Null, column, reason),
        }
    }

    fn shown(&self, mask: Mask, column: &Column, reason: String) -> ColumnDecision {
        if mask == Mask::Clear {
            return ColumnDecision {
                access: Access::Clear,
                mask: None,
                expression: None,
                enforced: None,
                reason: None,
            };
        }
        let lowered = self
            .engine
            .map(|engine| lower::mask(&mask, column.reference(), target(engine)));
        let (expression, enforced) = match lowered {
            None => (None, None),
            Some(lowered) => (
                Some(lowered.expression),
                lowered.enforced.map(|(mask, _)| mask),
            ),
        };
        ColumnDecision {
            access: Access::Masked,
            mask: Some(mask),
            expression,
            enforced,
            reason: Some(reason),
        }
    }

    fn mask(&self, leaf: usize, column: &Column) -> Merged<'_> {
        let mut merged = Merged {
            mask: Mask::Clear,
            rules: Vec::new(),
            note: None,
        };
        let mut notes = Vec::new();
        for applied in self
            .view
            .masks
            .iter()
            .filter(|applied| applied.leaves.has(leaf))
        {
            let RuleEffect::Mask(mask) = &applied.rule.effect else {
                continue;
            };
            merged.rules.push(applied);
            let meant = if mask.has_meaning_for(column.meaning) {
                mask.clone()
            } else {
                Mask::Null
            };
            if meant != *mask {
                notes.push(format!(
                    "{} needs {}, so it shows nothing",
                    applied.rule.label,
                    mask.needs()
                ));
            }
            let joined = merged.mask.join(&meant);
            if joined == Mask::Null && merged.mask != Mask::Null && meant != Mask::Null {
                let met = merged
                    .rules
                    .iter()
                    .map(|applied| applied.rule.label.as_str())
                    .collect::<Vec<_>>()
                    .join(" and ");
                notes.push(format!("{met} have nothing in common to show"));
            }
            merged.mask = joined;
        }
        merged.note = (!notes.is_empty()).then(|| notes.join("; "));
        merged
    }

    fn why_denied(&self, leaf: usize) -> String {
        self.denials(|leaves| leaves.has(leaf))
    }

    fn nothing_opens(&self) -> String {
        self.denials(|_| true)
    }

    /// What denies the leaves that are meant, or that nothing grants them.
    fn denials(&self, meant: impl Fn(&Leaves) -> bool) -> String {
        let denies = self.view.denies.iter().filter(|deny| meant(deny.leaves));
        let denies = denies.map(|deny| deny.rule.reasoned()).collect::<Vec<_>>();
        if denies.is_empty() {
            format!("no grant of `{}` matches", self.action.name())
        } else {
            denies.join("; ")
        }
    }
}

/// Every rule that applied, and what would open what no grant opens.
fn explain(
    snapshot: &Snapshot,
    object: &Object,
    rules: &ObjectRules,
    cells: &Cells<'_>,
    context: &Context<'_>,
    columns: &Columns,
    reasons: &mut Vec<String>,
) {
    let mut touched: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let applied = cells.view.grants.iter().chain(&cells.view.masks);
    for rule in applied {
        for (path, decision) in &columns.0 {
            let reached = decision.access != Access::Denied
                && object
                    .column(path)
                    .is_some_and(|column| column.leaves.clone().any(|leaf| rule.leaves.has(leaf)));
            if reached {
                touched.entry(&rule.rule.label).or_default().push(path);
            }
        }
    }
    reasons.extend(touched.into_iter().map(|(label, mut paths)| {
        paths.dedup();
        format!("{label} applies to {}", crate::quoted(paths.into_iter()))
    }));
    let filters = cells.view.filters.iter().filter(|_| cells.view.opens_any());
    reasons.extend(filters.map(|rule| format!("{} applies", rule.reasoned())));
    let closed = columns
        .0
        .iter()
        .filter(|(_, column)| column.access == Access::Denied);
    for column in closed.filter_map(|(path, _)| object.column(path)) {
        let opening = rules
            .grants
            .iter()
            .filter(|grant| column.leaves.clone().any(|leaf| grant.leaves.has(leaf)));
        for rule in opening.filter_map(|grant| snapshot.rules.get(grant.rule)) {
            if !rule.agreement && rule.actions & bit(cells.action) != 0 && !context.grants(rule) {
                reasons.push(format!(
                    "{} would open `{}` to {}",
                    rule.label,
                    column.path,
                    needs(snapshot, rule)
                ));
            }
        }
    }
}

/// Whom a grant opens to, in words.
fn needs(snapshot: &Snapshot, rule: &crate::compile::Rule) -> String {
    let lists = [
        ("user", &rule.to.users),
        ("group", &rule.to.groups),
        ("role", &rule.to.roles),
        ("purpose", &rule.when.purposes),
        ("region", &rule.when.regions),
        ("cloud", &rule.when.clouds),
        ("engine", &rule.when.engines),
    ];
    let words = lists.into_iter().filter_map(|(kind, list)| {
        let mut names = list
            .as_ref()?
            .iter()
            .map(|symbol| snapshot.symbols.name(*symbol))
            .collect::<Vec<_>>();
        names.sort_unstable();
        Some(format!("{kind} {}", crate::quoted(names.into_iter())))
    });
    let agreement = rule.when.agreement.then(|| "an agreement".to_owned());
    let time = rule.when.time.map(|_| "its time".to_owned());
    words
        .chain(agreement)
        .chain(time)
        .collect::<Vec<_>>()
        .join(", ")
}

/// The JSON of a decision.
pub(crate) fn json(decision: &ObjectDecision) -> Vec<u8> {
    // Nothing in it can fail to serialise; were it to, no reader takes this for an open door.
    serde_json::to_vec(decision).unwrap_or_else(|_| br#"{"allow":false}"#.to_vec())
}

pub(crate) fn json_string(text: &str, out: &mut Vec<u8>) {
    let start = out.len();
    if serde_json::to_writer(&mut *out, text).is_err() {
        out.truncate(start);
        out.extend_from_slice(b"\"\"");
    }
}

pub(crate) fn json_number(number: u64, out: &mut Vec<u8>) {
    if write!(out, "{number}").is_err() {
        out.push(b'0');
    }
}
