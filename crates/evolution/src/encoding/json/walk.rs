//! The walk: what is written on one side, what is read on the other.

use std::collections::HashSet;

use zonecut_contract::{Node, Value, canonical};

use super::super::Misfit;
use super::kinds::Kinds;
use super::values::{At, Values};
use super::{admits, arrays, bounds, evaluated, logic, objects, scalars};

/// Comparisons after which two schemas count as too entangled to judge.
const MOST_STEPS: u32 = 50_000;
/// Schemas within each other that are followed.
const DEEPEST: u32 = 160;
/// Longest value that a message shows.
const LONGEST: usize = 60;

type Question = ((Vec<usize>, Kinds, bool), usize);

/// One comparison of two schemas.
#[derive(Debug, Default)]
pub(super) struct Walk {
    /// Questions that are being answered, or were answered well: a schema that refers to itself
    /// fits when nothing within it does not.
    open: HashSet<Question>,
    order: Vec<Question>,
    steps: u32,
    depth: u32,
}

impl Walk {
    /// What of the values is refused; nothing when all of them pass.
    pub(super) fn fits(&mut self, inner: &Values<'_>, outer: At<'_>, path: &str) -> Vec<Misfit> {
        match &outer.node.value {
            Value::Bool(true) => return Vec::new(),
            _ if inner.is_never() => return Vec::new(),
            Value::Bool(false) => {
                return vec![misfit(
                    path,
                    inner,
                    outer.node,
                    "nothing here".to_owned(),
                    "something",
                )];
            }
            _ => {}
        }
        if self.steps >= MOST_STEPS || self.depth >= DEEPEST {
            let expects = "a schema that can be compared".to_owned();
            return vec![misfit(
                path,
                inner,
                outer.node,
                expects,
                "one that is too entangled",
            )];
        }
        let question = (inner.address(), outer.address());
        if !self.open.insert(question.clone()) {
            return Vec::new();
        }
        let known = self.order.len();
        self.order.push(question);
        self.steps += 1;
        self.depth += 1;
        let refused = self.answer(inner, outer, path);
        self.depth -= 1;
        if !refused.is_empty() {
            // What was answered on the way may have counted on this.
            for question in self.order.drain(known..) {
                self.open.remove(&question);
            }
        }
        refused
    }

    /// Whether all of the values pass.
    pub(super) fn all_fit(&mut self, inner: &Values<'_>, outer: At<'_>) -> bool {
        self.fits(inner, outer, "").is_empty()
    }

    fn answer(&mut self, inner: &Values<'_>, outer: At<'_>, path: &str) -> Vec<Misfit> {
        if admits::whole_list(inner, outer) {
            return Vec::new();
        }
        let refused = self.keywords(inner, outer, path);
        if refused.is_empty() {
            return refused;
        }
        let apart = inner.split().is_some_and(|parts| {
            parts
                .iter()
                .all(|part| self.fits(part, outer, path).is_empty())
        });
        if apart { Vec::new() } else { refused }
    }

    fn keywords(&mut self, inner: &Values<'_>, outer: At<'_>, path: &str) -> Vec<Misfit> {
        let mut refused = Vec::new();
        for entry in outer.node.entries() {
            let key = entry.key.as_str();
            let node = &entry.node;
            let simple = match key {
                "type" => scalars::kind(inner, node),
                "enum" => scalars::list(inner, node.items()),
                "const" => scalars::list(inner, std::slice::from_ref(node)),
                "minimum" | "exclusiveMinimum" | "maximum" | "exclusiveMaximum" => {
                    bounds::range(inner, key, node)
                }
                "multipleOf" => bounds::multiple(inner, node),
                "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties"
                | "maxProperties" => bounds::count(inner, key, node),
                "uniqueItems" => arrays::unique(inner, node),
                "pattern" | "format" | "contentEncoding" | "contentMediaType" | "contentSchema" => {
                    scalars::same(inner, key, node)
                }
                "required" => objects::required(inner, node),
                "dependentRequired" => objects::dependent_names(inner, node),
                _ => {
                    refused.extend(self.nested(key, inner, outer, node, path));
                    continue;
                }
            };
            if !simple {
                refused.push(by_keyword(path, inner, key, node));
            }
        }
        refused
    }

    /// Keywords that hold schemas. Others say nothing about values.
    fn nested(
        &mut self,
        key: &str,
        inner: &Values<'_>,
        outer: At<'_>,
        node: &Node,
        path: &str,
    ) -> Vec<Misfit> {
        let keeps = match key {
            "allOf" => {
                return outer
                    .list(key)
                    .flat_map(|part| self.fits(inner, part, path))
                    .collect();
            }
            "$ref" => match outer.get(key).and_then(|name| outer.resolve(name)) {
                Some(meant) => return self.fits(inner, meant, path),
                None => scalars::same(inner, "$ref", node),
            },
            "anyOf" => logic::any(self, inner, outer),
            "oneOf" => logic::one(self, inner, outer),
            "not" => logic::none(self, inner, outer),
            "if" => logic::conditional(self, inner, outer),
            "items" => return arrays::items(self, inner, outer, path),
            "prefixItems" if outer.get("items").is_none() => {
                return arrays::items(self, inner, outer, path);
            }
            "contains" => arrays::contains(self, inner, outer),
            "properties" => return objects::properties(self, inner, outer, path),
            "patternProperties" | "additionalProperties" => {
                // Names are judged once, by the first of the three keywords.
                let first = ["properties", "patternProperties", "additionalProperties"]
                    .iter()
                    .find(|key| outer.get(key).is_some());
                if first != Some(&key) {
                    return Vec::new();
                }
                return objects::properties(self, inner, outer, path);
            }
            "propertyNames" => objects::all_names(self, inner, outer),
            "dependentSchemas" => objects::dependent_schemas(self, inner, outer),
            "unevaluatedProperties" => evaluated::alike(inner, outer, "unevaluatedProperties"),
            "unevaluatedItems" => evaluated::alike(inner, outer, "unevaluatedItems"),
            _ => true,
        };
        if keeps {
            Vec::new()
        } else {
            vec![by_keyword(path, inner, key, node)]
        }
    }
}

fn by_keyword(path: &str, inner: &Values<'_>, key: &str, node: &Node) -> Misfit {
    let meets = inner.parts.iter().find_map(|part| part.get(key));
    let said = |node: &Node| format!("`{key}: {}`", short(node));
    let meets = meets.map_or_else(|| format!("no `{key}` to that effect"), said);
    misfit(path, inner, node, said(node), &meets)
}

fn misfit(path: &str, inner: &Values<'_>, outer: &Node, expects: String, meets: &str) -> Misfit {
    Misfit {
        path: path.to_owned(),
        expects,
        meets: meets.to_owned(),
        reader: Some(outer.span),
        writer: inner.parts.first().map(|part| part.node.span),
    }
}

fn short(node: &Node) -> String {
    let text = canonical::without_secrets(node);
    if text.chars().count() <= LONGEST {
        return text;
    }
    let start: String = text.chars().take(LONGEST).collect();
    format!("{start}…")
}
