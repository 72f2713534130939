//! The validator's errors in our words: the place in the document, what stands there, what would
//! be right.

use std::collections::BTreeSet;

use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use jsonschema::paths::LocationSegment;
use jsonschema::{JsonType, ValidationError};
use serde_json::Value as Json;
use zonecut_diagnostics::{LintSeverity, Span};

use super::survey::Survey;
use crate::finding::{Findings, Flaw};
use crate::fix::Fix;
use crate::node::Node;
use crate::place::{self, Found, Step};
use crate::spelling::{did_you_mean, list, quoted, slip_of};

/// Explains the errors of one document under one schema.
pub struct Judge<'a> {
    root: &'a Node,
    survey: Option<&'a Survey>,
    vocabulary: BTreeSet<&'a str>,
}

impl<'a> Judge<'a> {
    /// A survey tells which items the validator saw, and so which one it means by an index.
    pub fn new(root: &'a Node, schema: &'a Json, survey: Option<&'a Survey>) -> Self {
        let mut vocabulary = BTreeSet::new();
        collect_names(schema, &mut vocabulary);
        Self {
            root,
            survey,
            vocabulary,
        }
    }

    /// Adds a finding for each error. An error makes a schema forget which keys it had evaluated,
    /// so that keys it knows are believed only where nothing else is wrong.
    pub fn explain_all(&self, errors: &[ValidationError<'_>], findings: &mut Findings) {
        let wrong: Vec<&str> = errors
            .iter()
            .filter(|error| !is_about_keys(error))
            .map(|error| error.instance_path().as_str())
            .collect();
        for error in errors {
            if findings.is_full() {
                findings.leave(gravest(error));
                continue;
            }
            let here = error.instance_path().as_str();
            let doubtful = matches!(error.kind(), Kind::UnevaluatedProperties { .. })
                && wrong.iter().any(|path| is_within(path, here));
            self.explain(error, doubtful, findings);
        }
    }

    fn explain(&self, error: &ValidationError<'_>, doubtful: bool, findings: &mut Findings) {
        let found = place::find(self.root, &self.steps(error));
        match error.kind() {
            Kind::AdditionalProperties { unexpected }
            | Kind::UnevaluatedProperties { unexpected } => {
                for key in unexpected {
                    if findings.is_full() {
                        findings.leave(LintSeverity::Warning);
                    } else if !doubtful || !self.vocabulary.contains(key.as_str()) {
                        self.unknown_key(&found, key, findings);
                    }
                }
            }
            Kind::AnyOf { context } | Kind::OneOfNotValid { context } => {
                self.no_alternative(error, &found, context, findings);
            }
            _ => broken(error, &found, findings),
        }
    }

    fn steps<'e>(&self, error: &'e ValidationError<'_>) -> Vec<Step<'e>> {
        let mut here = Some(self.root);
        let mut steps = Vec::new();
        for segment in error.instance_path() {
            let (step, next) = match segment {
                LocationSegment::Property(key) => {
                    let next = here.and_then(|node| node.get(&key));
                    (Step::Key(key), next)
                }
                LocationSegment::Index(index) => {
                    let meant = |node| self.survey.map_or(index, |it| it.index(node, index));
                    let index = here.map_or(index, meant);
                    let next = here.and_then(|node| node.items().get(index));
                    (Step::Index(index), next)
                }
            };
            steps.push(step);
            here = next;
        }
        steps
    }

    fn unknown_key(&self, found: &Found<'_>, key: &str, findings: &mut Findings) {
        let span = found
            .node
            .entry(key)
            .map_or(found.node.span, |entry| entry.key_span);
        let misplaced = self.vocabulary.contains(key);
        let message = if misplaced {
            format!("the standard has no `{key}` here")
        } else {
            format!("the standard does not know the key `{}`", quoted(key))
        };
        let suggestion = did_you_mean(key, self.vocabulary.iter().copied()).filter(|_| !misplaced);
        let kept =
            "it is kept, and means nothing to others; `customProperties` is the place for your own";
        findings.push(Flaw {
            rule: "unknown-key",
            severity: LintSeverity::Warning,
            span,
            path: found.path.clone(),
            about: key,
            message,
            help: suggestion
                .map_or_else(|| kept.to_owned(), |question| format!("{question} {kept}")),
        });
        let meant = slip_of(key, self.vocabulary.iter().copied());
        if let Some(meant) = meant.filter(|meant| !misplaced && found.node.get(meant).is_none()) {
            findings.fix(fix("unknown-key", span, key, meant));
        }
    }

    /// Explains the alternative that came nearest.
    fn no_alternative(
        &self,
        error: &ValidationError<'_>,
        found: &Found<'_>,
        alternatives: &[Vec<ValidationError<'static>>],
        findings: &mut Findings,
    ) {
        let here = error.instance_path().as_str();
        let lone_type = |errors: &Vec<ValidationError<'static>>| match errors.as_slice() {
            [only] if only.instance_path().as_str() == here => wanted_types(only),
            _ => None,
        };
        let types: Option<Vec<Vec<&'static str>>> = alternatives.iter().map(lone_type).collect();
        if let Some(types) = types {
            let types: Vec<&str> = types.into_iter().flatten().collect();
            findings.push(wrong_type(found, &types));
            return;
        }
        let required: Option<Vec<String>> = alternatives
            .iter()
            .map(|errors| lone_required(errors))
            .collect();
        if let Some(keys) = required {
            findings.push(flaw(
                found.node.span,
                found,
                "",
                format!("{} has none of {}", name(found), list(&keys)),
                "state exactly one of them".to_owned(),
            ));
            return;
        }
        let nearest = alternatives.iter().min_by_key(|errors| {
            let elsewhere = errors.iter().any(|error| {
                error.instance_path().as_str() == here && wanted_types(error).is_some()
            });
            // Whoever states the key of an alternative means that one.
            let lacks = errors.iter().any(|error| {
                error.instance_path().as_str() == here
                    && matches!(error.kind(), Kind::Required { .. })
            });
            (
                elsewhere,
                lacks,
                errors.iter().filter(|error| !is_about_keys(error)).count(),
                errors.len(),
            )
        });
        if let Some(errors) = nearest {
            self.explain_all(errors, findings);
        }
    }
}

/// The operators of a quality rule: the alternatives of the standards that can be stated together.
fn operators(node: &Node) -> Vec<&str> {
    let keys = node.entries().iter().map(|entry| entry.key.as_str());
    keys.filter(|key| key.starts_with("must")).collect()
}

fn broken(error: &ValidationError<'_>, found: &Found<'_>, findings: &mut Findings) {
    let said = found.node.as_str().unwrap_or_default();
    let at_value =
        |message: String, help: String| flaw(found.node.span, found, said, message, help);
    let subject = name(found);
    if let Kind::Enum { options } = error.kind() {
        let allowed = texts(options);
        if let Some(meant) = slip_of(said, allowed.iter().map(String::as_str)) {
            findings.fix(fix(SCHEMA, found.node.span, said, meant));
        }
    }
    findings.push(match error.kind() {
        Kind::Required { property } => {
            let key = property.as_str().unwrap_or_default();
            flaw(
                found.node.span,
                found,
                key,
                format!("{subject} lacks `{key}`"),
                format!("add `{key}`; the standard requires it here"),
            )
        }
        Kind::Type { .. } => wrong_type(found, &wanted_types(error).unwrap_or_default()),
        Kind::Enum { options } => {
            let allowed = texts(options);
            let suggestion = did_you_mean(said, allowed.iter().map(String::as_str));
            at_value(
                format!(
                    "{subject} is {}, which is not among the values allowed",
                    value(found.node)
                ),
                match suggestion {
                    Some(question) => format!("{question} allowed are {}", list(&allowed)),
                    None => format!("allowed are {}", list(&allowed)),
                },
            )
        }
        Kind::Constant { expected_value } => at_value(
            format!("{subject} is {}", value(found.node)),
            format!("write `{expected_value}`"),
        ),
        Kind::Pattern { pattern } => at_value(
            format!(
                "{subject} is {}, which the standard's pattern does not allow",
                value(found.node)
            ),
            format!("write a value that matches `{pattern}`"),
        ),
        Kind::UniqueItems => at_value(
            format!("{subject} holds a value twice"),
            "keep each value once".to_owned(),
        ),
        Kind::MinItems { limit } => at_value(
            format!("{subject} holds fewer than `{limit}` values"),
            "add what is missing, or leave the key out".to_owned(),
        ),
        Kind::MaxItems { limit } => at_value(
            format!("{subject} holds more than `{limit}` values"),
            format!("keep `{limit}` of them"),
        ),
        Kind::Minimum { limit } => at_value(
            format!("{subject} is {}", value(found.node)),
            format!("write a number of at least `{limit}`"),
        ),
        Kind::ExclusiveMinimum { limit } => at_value(
            format!("{subject} is {}", value(found.node)),
            format!("write a number greater than `{limit}`"),
        ),
        Kind::OneOfMultipleValid { .. } => at_value(
            match operators(found.node) {
                several if several.len() > 1 => {
                    format!(
                        "{subject} states {}, of which one may be stated",
                        list(&several)
                    )
                }
                _ => format!("{subject} states several alternatives of which one may be stated"),
            },
            "keep one of them".to_owned(),
        ),
        Kind::Not { schema } => {
            let keys = schema.get("required").map(texts).unwrap_or_default();
            let span = keys
                .first()
                .and_then(|key| found.node.entry(key))
                .map_or(found.node.span, |entry| entry.key_span);
            flaw(
                span,
                found,
                said,
                format!("{subject} has {}, which is implied here", list(&keys)),
                "remove it".to_owned(),
            )
        }
        other => at_value(
            format!("{subject} breaks the standard's rule `{}`", other.keyword()),
            "see the standard's description of this key".to_owned(),
        ),
    });
}

const SCHEMA: &str = "schema";

fn fix(rule: &'static str, span: Span, from: &str, to: &str) -> Fix {
    Fix {
        rule,
        span,
        from: from.to_owned(),
        to: to.to_owned(),
    }
}

fn flaw<'a>(
    span: Span,
    found: &Found<'_>,
    about: &'a str,
    message: String,
    help: String,
) -> Flaw<'a> {
    Flaw {
        rule: SCHEMA,
        severity: LintSeverity::Error,
        span,
        path: found.path.clone(),
        about,
        message,
        help,
    }
}

fn wrong_type(found: &Found<'_>, wanted: &[&str]) -> Flaw<'static> {
    let is = place::describe(found.node);
    let wanted = either(wanted);
    let unquoted = wanted == "text" && !matches!(is.as_str(), "a list" | "a mapping" | "nothing");
    let help = if unquoted {
        "put it in quotes".to_owned()
    } else {
        format!("write {wanted}")
    };
    let message = format!("{} is {is} where {wanted} is expected", name(found));
    flaw(found.node.span, found, "", message, help)
}

/// The types with commas and `or`; a number needs no second mention as a whole one.
fn either(types: &[&str]) -> String {
    let number = types.contains(&"a number");
    let types: Vec<&str> = types
        .iter()
        .copied()
        .filter(|wanted| !(number && *wanted == "a whole number"))
        .collect();
    match types.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => "another type".to_owned(),
    }
}

/// What the message speaks of: the key, else an item of what holds it.
fn name(found: &Found<'_>) -> String {
    match (found.key, found.path.as_str()) {
        (Some(key), _) => format!("`{}`", quoted(key)),
        (None, "") => "the document".to_owned(),
        (None, path) => format!("`{}`", quoted(path)),
    }
}

fn value(node: &Node) -> String {
    match node.as_str() {
        Some(text) => format!("`{}`", quoted(text)),
        None => place::describe(node),
    }
}

/// How grave an error is, told or not.
fn gravest(error: &ValidationError<'_>) -> LintSeverity {
    if is_about_keys(error) {
        LintSeverity::Warning
    } else {
        LintSeverity::Error
    }
}

fn is_about_keys(error: &ValidationError<'_>) -> bool {
    matches!(
        error.kind(),
        Kind::AdditionalProperties { .. } | Kind::UnevaluatedProperties { .. }
    )
}

/// Whether the JSON pointer `path` is `container` or inside it.
fn is_within(path: &str, container: &str) -> bool {
    path.strip_prefix(container)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn lone_required(errors: &[ValidationError<'static>]) -> Option<String> {
    match errors {
        [only] => match only.kind() {
            Kind::Required { property } => property.as_str().map(str::to_owned),
            _ => None,
        },
        _ => None,
    }
}

fn wanted_types(error: &ValidationError<'_>) -> Option<Vec<&'static str>> {
    match error.kind() {
        Kind::Type {
            kind: TypeKind::Single(kind),
        } => Some(vec![in_words(*kind)]),
        Kind::Type {
            kind: TypeKind::Multiple(kinds),
        } => Some(kinds.iter().map(in_words).collect()),
        _ => None,
    }
}

const fn in_words(kind: JsonType) -> &'static str {
    match kind {
        JsonType::Array => "a list",
        JsonType::Boolean => "`true` or `false`",
        JsonType::Integer => "a whole number",
        JsonType::Null => "nothing",
        JsonType::Number => "a number",
        JsonType::Object => "a mapping",
        JsonType::String => "text",
    }
}

fn texts(values: &Json) -> Vec<String> {
    let items = values.as_array().map(Vec::as_slice).unwrap_or_default();
    items
        .iter()
        .map(|item| {
            item.as_str()
                .map_or_else(|| item.to_string(), str::to_owned)
        })
        .collect()
}

/// Every property name that occurs anywhere in a schema.
fn collect_names<'a>(schema: &'a Json, names: &mut BTreeSet<&'a str>) {
    match schema {
        Json::Object(members) => {
            for (keyword, value) in members {
                if let ("properties", Json::Object(properties)) = (keyword.as_str(), value) {
                    names.extend(properties.keys().map(String::as_str));
                }
                collect_names(value, names);
            }
        }
        Json::Array(items) => items.iter().for_each(|item| collect_names(item, names)),
        _ => {}
    }
}
