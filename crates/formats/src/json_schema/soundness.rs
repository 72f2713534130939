//! What a schema must be and the meta-schemas do not ask: patterns that can be read, and references
//! that come to an end. That a pattern is read for ever is said, and no reason to refuse it.

use std::collections::HashMap;

use zonecut_contract::lint::{Backtracking, pattern_flaw};
use zonecut_contract::{Node, Value};
use zonecut_diagnostics::{LintSeverity, Span};

use super::keywords::{self, Draft, Held, Keyword};
use super::references::References;
use crate::remarks::Remarks;

/// Keywords whose schemas speak of the same value as the schema around them.
const IN_PLACE: &[&str] = &[
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "if",
    "then",
    "else",
    "dependentSchemas",
];

/// Whether patterns and references are sound; what is not is remarked.
pub(super) fn is_sound(root: &Node, references: &References<'_>, remarks: &mut Remarks) -> bool {
    let mut schemas = Vec::new();
    collect(root, String::new(), &mut schemas);
    let mut sound = true;
    let mut backtracking = Backtracking::default();
    for (schema, path) in &schemas {
        for (pattern, span) in patterns(schema) {
            if let Some(flaw) = pattern_flaw(pattern) {
                let message = format!("no engine reads the pattern `{pattern}`: {flaw}");
                remarks.invalid("JSON Schema", span, path, message);
                sound = false;
            } else if backtracking.finds(pattern) {
                remarks.push(
                    "pattern-backtracks",
                    LintSeverity::Warning,
                    (span, path),
                    Backtracking::FLAW.to_owned(),
                    Backtracking::HELP,
                );
            }
        }
    }
    let places: HashMap<*const Node, &str> = schemas
        .iter()
        .flat_map(|(schema, path)| stated(schema).map(|node| (std::ptr::from_ref(node), &**path)))
        .collect();
    for reference in loops(root, &schemas, references) {
        let message = format!(
            "`{}` leads back to itself without a step into the value, so no validator comes to an end",
            reference.as_str().unwrap_or_default()
        );
        let path = places.get(&std::ptr::from_ref(reference)).copied();
        remarks.invalid(
            "JSON Schema",
            reference.span,
            path.unwrap_or_default(),
            message,
        );
        sound = false;
    }
    sound
}

/// A schema, and where it stands.
type Placed<'a> = (&'a Node, String);

fn collect<'a>(schema: &'a Node, path: String, schemas: &mut Vec<Placed<'a>>) {
    let below = |steps: &[&str]| {
        let escaped = steps
            .iter()
            .map(|step| step.replace('~', "~0").replace('/', "~1"));
        escaped.fold(path.clone(), |path, step| format!("{path}/{step}"))
    };
    let mut inner: Vec<Placed<'a>> = Vec::new();
    for definitions in ["$defs", "definitions"] {
        let held = schema.get(definitions).map_or(&[][..], Node::entries);
        inner.extend(
            held.iter()
                .map(|entry| (&entry.node, below(&[definitions, &entry.key]))),
        );
    }
    for Keyword { name, held, .. } in keywords::of(schema) {
        match held {
            Held::Plain(_) => {}
            Held::Schema(one) => inner.push((one, below(&[name]))),
            Held::List(list) => inner.extend(
                list.into_iter()
                    .enumerate()
                    .map(|(at, one)| (one, below(&[name, &at.to_string()]))),
            ),
            Held::Named(list) => inner.extend(
                list.into_iter()
                    .map(|(key, one)| (one, below(&[name, key]))),
            ),
        }
    }
    schemas.push((schema, path));
    for (schema, path) in inner {
        collect(schema, path, schemas);
    }
}

/// The regular expressions that a schema states.
fn patterns(schema: &Node) -> Vec<(&str, Span)> {
    let own = schema
        .get("pattern")
        .and_then(|node| Some((node.as_str()?, node.span)));
    let names = schema
        .get("patternProperties")
        .map_or(&[][..], Node::entries);
    let names = names
        .iter()
        .map(|entry| (entry.key.as_str(), entry.node.span));
    own.into_iter().chain(names).collect()
}

/// A step from a schema to one that speaks of the same value.
struct Step<'a> {
    to: &'a Node,
    /// The reference, where it is one.
    reference: Option<&'a Node>,
}

/// The references that close a circle. Walked without recursion: a chain may be as long as the
/// document.
fn loops<'a>(root: &Node, schemas: &[Placed<'a>], references: &References<'a>) -> Vec<&'a Node> {
    let alone = Draft::of(root).ignores_siblings();
    let mut found = Vec::new();
    // Whether the steps from a schema are still being walked.
    let mut open: HashMap<*const Node, bool> = HashMap::new();
    for (schema, _) in schemas {
        if open.contains_key(&std::ptr::from_ref(*schema)) {
            continue;
        }
        open.insert(std::ptr::from_ref(*schema), true);
        let mut walked = vec![(*schema, steps(schema, alone, references), None)];
        while let Some((node, left, reference)) = walked.last_mut() {
            let Some(step) = left.pop() else {
                open.insert(std::ptr::from_ref(*node), false);
                walked.pop();
                continue;
            };
            let reference = step.reference.or(*reference);
            match open.get(&std::ptr::from_ref(step.to)) {
                Some(true) => {
                    found.extend(reference);
                }
                Some(false) => {}
                None => {
                    open.insert(std::ptr::from_ref(step.to), true);
                    let next = steps(step.to, alone, references);
                    walked.push((step.to, next, reference));
                }
            }
        }
    }
    found
}

/// The references that a schema states.
fn stated(schema: &Node) -> impl Iterator<Item = &Node> {
    ["$ref", "$dynamicRef", "$recursiveRef"]
        .into_iter()
        .filter_map(|key| schema.get(key))
}

fn steps<'a>(schema: &'a Node, alone: bool, references: &References<'a>) -> Vec<Step<'a>> {
    let to = |to| Step {
        to,
        reference: None,
    };
    let mut steps: Vec<Step<'a>> = stated(schema)
        .filter_map(|node| {
            Some(Step {
                to: references.resolve(node.as_str()?)?,
                reference: Some(node),
            })
        })
        .collect();
    if alone && !steps.is_empty() {
        return steps;
    }
    if !matches!(schema.value, Value::Map(_)) {
        return steps;
    }
    for keyword in keywords::of(schema) {
        if !IN_PLACE.contains(&keyword.name) {
            continue;
        }
        match keyword.held {
            Held::Plain(_) => {}
            Held::Schema(one) => steps.push(to(one)),
            Held::List(list) => steps.extend(list.into_iter().map(to)),
            Held::Named(list) => steps.extend(list.into_iter().map(|(_, one)| to(one))),
        }
    }
    steps
}
