//! Judging a document by the text of its schema, as far as that is simple.
//!
//! Compiling a validator costs more time and memory than reading a large contract, and nearly every
//! document is valid. So the keywords that the standards use are evaluated here without compiling
//! anything, and whatever this is not sure of, or finds wrong, goes to the validator: it alone says
//! what is wrong. Belongs here: JSON Schema 2019-09, sections 9.2 to 10.3 and 11.3 of the core, and 6
//! of validation, where they need no annotations but the names of evaluated properties.

use std::cell::RefCell;
use std::collections::HashMap;

use super::keyword::Keyword;
use super::pattern;
use super::published::{Json, Map, Names};
use super::survey::Survey;
use crate::node::{Entry, Node, Value};
use crate::read::MAX_DEPTH;

/// References may lead in a circle. As deep as a document may be takes less: a level of it passes four schemas.
const DEEPEST: usize = 4 * MAX_DEPTH;

/// What becomes of keys that a schema does not name, and does not allow either.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Strangers {
    /// They break it, as its text says.
    Refused,
    /// They are kept and warned about: only the rest decides.
    Kept,
}

/// Whether `node` keeps `schema`; none where that takes more than this module knows.
pub(super) fn holds(schema: &Json<'_>, node: &Node, strangers: Strangers) -> Option<bool> {
    Plain::new(schema, strangers).check(schema, node, 0)
}

/// The same, and which items of lists break `schema`. Looks at all of the document, however early it is
/// clear that it breaks.
pub(super) fn survey(
    schema: &Json<'_>,
    node: &Node,
    strangers: Strangers,
) -> (Option<bool>, Survey) {
    let mut plain = Plain::new(schema, strangers);
    plain.survey = Some(RefCell::default());
    let verdict = plain.check(schema, node, 0);
    (
        verdict,
        plain.survey.take().unwrap_or_default().into_inner(),
    )
}

struct Plain<'a> {
    /// The schemas that references lead to: all of them are in one place.
    definitions: Option<&'a Map<'a>>,
    strangers: Strangers,
    /// By schema, the names that it evaluates whatever a mapping says.
    certain: RefCell<HashMap<*const Map<'a>, Names<'a>>>,
    /// By schema, the names that it could evaluate; none where those are all.
    possible: RefCell<HashMap<*const Json<'a>, Option<Names<'a>>>>,
    survey: Option<RefCell<Survey>>,
}

/// Whether the schema evaluates all properties of every mapping that keeps it.
fn is_strict(schema: &Map<'_>) -> bool {
    let strict = ["additionalProperties", "unevaluatedProperties"];
    strict.iter().any(|keyword| schema.contains_key(keyword))
}

/// The schemas that `schema` applies to the same place where they hold.
fn alternatives<'a>(schema: &'a Map<'a>) -> impl Iterator<Item = &'a Json<'a>> {
    let lists = ["anyOf", "oneOf"].map(|keyword| schema.get(keyword).and_then(Json::as_array));
    lists.into_iter().flatten().flatten()
}

/// Both: one that fails decides, whatever the others are.
fn all(verdicts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut sure = Some(true);
    for verdict in verdicts {
        match verdict {
            Some(true) => {}
            Some(false) => return Some(false),
            None => sure = None,
        }
    }
    sure
}

fn not(verdict: Option<bool>) -> Option<bool> {
    verdict.map(|holds| !holds)
}

impl<'a> Plain<'a> {
    fn new(root: &'a Json<'a>, strangers: Strangers) -> Self {
        let definitions = root.as_object().and_then(|root| root.get("$defs"));
        Self {
            definitions: definitions.and_then(Json::as_object),
            strangers,
            certain: RefCell::default(),
            possible: RefCell::default(),
            survey: None,
        }
    }

    /// As [`all`], but in a survey none is left out.
    fn every(&self, verdicts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
        if self.survey.is_none() {
            return all(verdicts);
        }
        let mut sure = Some(true);
        for verdict in verdicts {
            sure = match (sure, verdict) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (None, _) | (_, None) => None,
                _ => Some(true),
            };
        }
        sure
    }

    /// Keys that no schema names, under what their schema says about them.
    fn strangers<'n>(
        &self,
        value: &'a Json<'a>,
        mut rest: impl Iterator<Item = &'n Entry>,
        depth: usize,
    ) -> Option<bool> {
        match value {
            Json::Bool(false) if self.strangers == Strangers::Kept => Some(true),
            Json::Bool(verdict) => Some(*verdict || rest.next().is_none()),
            _ => self.every(rest.map(|entry| self.check(value, &entry.node, depth))),
        }
    }

    fn check(&self, schema: &'a Json<'a>, node: &Node, depth: usize) -> Option<bool> {
        match schema {
            Json::Bool(verdict) => Some(*verdict),
            Json::Object(keywords) if depth < DEEPEST => {
                self.every(keywords.keywords().map(|(keyword, value)| {
                    self.keyword(keywords, keyword, value, node, depth + 1)
                }))
            }
            _ => None,
        }
    }

    fn keyword(
        &self,
        schema: &'a Map<'a>,
        keyword: Keyword,
        value: &'a Json<'a>,
        node: &Node,
        depth: usize,
    ) -> Option<bool> {
        let check = |schema| self.check(schema, node, depth);
        match (keyword, node.value.unsealed()) {
            (Keyword::Type, _) => is_of(value, node),
            (Keyword::Enum, _) => Some(value.as_array()?.iter().any(|one| same(one, node))),
            (Keyword::Const, _) => Some(same(value, node)),
            (Keyword::Ref, _) => check(self.target(value)?),
            (Keyword::AllOf, _) => self.every(value.as_array()?.iter().map(check)),
            (Keyword::AnyOf, _) => not(all(value.as_array()?.iter().map(|one| not(check(one))))),
            (Keyword::OneOf, _) => {
                let verdicts: Option<Vec<_>> = value.as_array()?.iter().map(check).collect();
                let holding = verdicts?.iter().filter(|holds| **holds).count();
                // Alternatives may differ in nothing but the keys that they allow.
                Some(holding == 1 || (holding > 1 && self.strangers == Strangers::Kept))
            }
            (Keyword::Not, _) => not(check(value)),
            (Keyword::If, _) => {
                let branch = if check(value)? { "then" } else { "else" };
                schema.get(branch).map_or(Some(true), check)
            }
            (Keyword::Pattern, Value::String(text)) => pattern::matches(value.as_str()?, text),
            (Keyword::Minimum, Value::Number(number)) => Some(number.as_f64()? >= value.as_f64()?),
            (Keyword::ExclusiveMinimum, Value::Number(number)) => {
                Some(number.as_f64()? > value.as_f64()?)
            }
            (_, Value::Map(entries)) => self.mapping(schema, keyword, value, entries, node, depth),
            (_, Value::List(items)) => self.list(keyword, value, items, depth),
            _ => (keyword != Keyword::Unknown).then_some(true),
        }
    }

    fn mapping(
        &self,
        schema: &'a Map<'a>,
        keyword: Keyword,
        value: &'a Json<'a>,
        entries: &[Entry],
        node: &Node,
        depth: usize,
    ) -> Option<bool> {
        match keyword {
            Keyword::Required => {
                let mut names = value.as_array()?.iter();
                Some(names.all(|name| name.as_str().is_some_and(|name| node.get(name).is_some())))
            }
            Keyword::Properties => {
                let properties = value.as_object()?;
                self.every(entries.iter().map(|entry| {
                    let schema = properties.get(&entry.key);
                    schema.map_or(Some(true), |schema| self.check(schema, &entry.node, depth))
                }))
            }
            Keyword::AdditionalProperties => {
                let named = schema.get("properties").and_then(Json::as_object);
                let rest = entries.iter().filter(|entry| {
                    named.is_none_or(|properties| !properties.contains_key(&entry.key))
                });
                self.strangers(value, rest, depth)
            }
            Keyword::UnevaluatedProperties
                if matches!(value, Json::Bool(false)) && self.strangers == Strangers::Kept =>
            {
                Some(true)
            }
            Keyword::UnevaluatedProperties => {
                let rest = self.unnamed(schema, entries);
                let rest = self.unevaluated(schema, node, rest, depth)?;
                self.strangers(value, rest.into_iter(), depth)
            }
            _ => (keyword != Keyword::Unknown).then_some(true),
        }
    }

    fn list(
        &self,
        keyword: Keyword,
        value: &'a Json<'a>,
        items: &[Node],
        depth: usize,
    ) -> Option<bool> {
        let length = items.len() as u64;
        match keyword {
            Keyword::Items if value.as_object().is_some() => self.each(
                items,
                items.iter().map(|item| self.check(value, item, depth)),
            ),
            Keyword::MinItems => Some(length >= value.as_u64()?),
            Keyword::MaxItems => {
                let fit = usize::try_from(value.as_u64()?).ok()?;
                self.each(items, (0..items.len()).map(|index| Some(index < fit)))
            }
            Keyword::UniqueItems if matches!(value, Json::Bool(true)) => {
                let texts: Option<Vec<&str>> = items.iter().map(Node::as_str).collect();
                let mut first = HashMap::with_capacity(items.len());
                let news = texts?.into_iter().enumerate().map(|(index, text)| {
                    let earlier = first.insert(text, index);
                    if let (Some(earlier), Some(survey)) = (earlier, &self.survey) {
                        survey.borrow_mut().show(items, earlier);
                    }
                    Some(earlier.is_none())
                });
                self.each(items, news)
            }
            Keyword::Items | Keyword::UniqueItems | Keyword::Unknown => None,
            _ => Some(true),
        }
    }

    /// The verdicts about the items of a list, those that break it noted in a survey.
    fn each(&self, items: &[Node], verdicts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
        let Some(survey) = &self.survey else {
            return all(verdicts);
        };
        survey.borrow_mut().look(items);
        self.every(verdicts.enumerate().map(|(index, verdict)| {
            if verdict == Some(false) {
                survey.borrow_mut().show(items, index);
            }
            verdict
        }))
    }

    /// The entries that neither the schema nor what always applies beside it names: nearly always there
    /// are none, and no condition has to be tried again.
    fn unnamed<'n>(&self, schema: &'a Map<'a>, entries: &'n [Entry]) -> Vec<&'n Entry> {
        let mut known = self.certain.borrow_mut();
        let names = known.entry(std::ptr::from_ref(schema)).or_insert_with(|| {
            let mut named = Vec::new();
            self.certain(schema, 0, &mut named);
            Names::of(&named)
        });
        let unnamed = entries.iter().filter(|entry| !names.contain(&entry.key));
        unnamed.collect()
    }

    fn certain(&self, schema: &'a Map<'a>, depth: usize, named: &mut Vec<&'a Map<'a>>) {
        if depth > DEEPEST {
            return;
        }
        named.extend(schema.get("properties").and_then(Json::as_object));
        for applied in self.always(schema) {
            if let Some(applied) = applied.as_object() {
                self.certain(applied, depth + 1, named);
            }
        }
    }

    /// Those of `rest` that neither the schema nor what applies beside it evaluates, given that all of
    /// it holds.
    fn unevaluated<'n>(
        &self,
        schema: &'a Map<'a>,
        node: &Node,
        mut rest: Vec<&'n Entry>,
        depth: usize,
    ) -> Option<Vec<&'n Entry>> {
        if let Some(properties) = schema.get("properties").and_then(Json::as_object) {
            rest.retain(|entry| !properties.contains_key(&entry.key));
        }
        if rest.is_empty() {
            return Some(rest);
        }
        if depth > DEEPEST || schema.contains_key("patternProperties") {
            return None;
        }
        for applied in self.always(schema) {
            rest = self.unevaluated_by(applied, node, rest, depth)?;
        }
        for one in alternatives(schema) {
            if self.may_evaluate(one, &rest) && self.check(one, node, depth)? {
                rest = self.unevaluated_by(one, node, rest, depth)?;
            }
        }
        if let Some(condition) = schema.get("if")
            && !rest.is_empty()
        {
            let holds = self.check(condition, node, depth)?;
            let branch = schema.get(if holds { "then" } else { "else" });
            for applied in holds.then_some(condition).into_iter().chain(branch) {
                rest = self.unevaluated_by(applied, node, rest, depth)?;
            }
        }
        Some(rest)
    }

    /// The same for a schema that applies to the same place and holds there.
    fn unevaluated_by<'n>(
        &self,
        applied: &'a Json<'a>,
        node: &Node,
        rest: Vec<&'n Entry>,
        depth: usize,
    ) -> Option<Vec<&'n Entry>> {
        let Some(schema) = applied.as_object() else {
            return Some(rest);
        };
        if is_strict(schema) {
            return Some(Vec::new());
        }
        if !self.may_evaluate(applied, &rest) {
            return Some(rest);
        }
        self.unevaluated(schema, node, rest, depth + 1)
    }

    /// Whether the schema could evaluate any of `rest` in some mapping.
    fn may_evaluate(&self, schema: &'a Json<'a>, rest: &[&Entry]) -> bool {
        let mut known = self.possible.borrow_mut();
        let names = known.entry(std::ptr::from_ref(schema)).or_insert_with(|| {
            let mut named = Vec::new();
            let is_open = self.possible(schema, 0, &mut named).is_none();
            (!is_open).then(|| Names::of(&named))
        });
        let mut rest = rest.iter();
        rest.any(|entry| names.as_ref().is_none_or(|names| names.contain(&entry.key)))
    }

    /// The properties that the schema and all that could apply beside it name; none where they may
    /// evaluate any.
    fn possible(
        &self,
        schema: &'a Json<'a>,
        depth: usize,
        named: &mut Vec<&'a Map<'a>>,
    ) -> Option<()> {
        let Some(schema) = schema.as_object() else {
            return Some(());
        };
        if depth > DEEPEST || is_strict(schema) || schema.contains_key("patternProperties") {
            return None;
        }
        named.extend(schema.get("properties").and_then(Json::as_object));
        let branches = ["if", "then", "else"].map(|keyword| schema.get(keyword));
        let branches = branches.into_iter().flatten();
        let mut applied = self
            .always(schema)
            .chain(alternatives(schema))
            .chain(branches);
        applied.try_for_each(|applied| self.possible(applied, depth + 1, named))
    }

    /// The schemas that `schema` applies to the same place, whatever stands there.
    fn always(&self, schema: &'a Map<'a>) -> impl Iterator<Item = &'a Json<'a>> {
        let referred = schema.get("$ref").and_then(|it| self.target(it));
        let all = schema.get("allOf").and_then(Json::as_array);
        referred.into_iter().chain(all.into_iter().flatten())
    }

    fn target(&self, reference: &Json<'_>) -> Option<&'a Json<'a>> {
        let mut steps = reference.as_str()?.strip_prefix("#/$defs/")?.split('/');
        let first = self.definitions?.get(steps.next()?)?;
        steps.try_fold(first, |here, step| here.as_object()?.get(step))
    }
}

fn is_of(types: &Json<'_>, node: &Node) -> Option<bool> {
    let is = |name: &Json<'_>| {
        Some(match (name.as_str()?, node.value.unsealed()) {
            ("null", Value::Null)
            | ("boolean", Value::Bool(_))
            | ("number", Value::Number(_))
            | ("string", Value::String(_))
            | ("array", Value::List(_))
            | ("object", Value::Map(_)) => true,
            ("integer", Value::Number(number)) => {
                number.is_i64() || number.is_u64() || number.as_f64()?.fract() == 0.0
            }
            _ => false,
        })
    };
    match types {
        Json::Array(types) => not(all(types.iter().map(|name| not(is(name))))),
        name => is(name),
    }
}

/// Equality of JSON Schema: numbers by value.
fn same(json: &Json<'_>, node: &Node) -> bool {
    match (json, node.value.unsealed()) {
        (Json::Null, Value::Null) => true,
        (Json::Bool(one), Value::Bool(other)) => one == other,
        (Json::String(one), Value::String(other)) => one == other,
        (Json::Number(one), Value::Number(other)) => one == other || one.as_f64() == other.as_f64(),
        (Json::Array(one), Value::List(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Json::Object(one), Value::Map(other)) => {
            let in_one = |entry: &Entry| {
                one.get(&entry.key)
                    .is_some_and(|json| same(json, &entry.node))
            };
            one.len() == other.len() && other.iter().all(in_one)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests;
