//! `Policy` and `Guardrail` documents.

use zonecut_contract::node::{Node, Value};
use zonecut_diagnostics::Span;
use zonecut_diagnostics::source::{LONGEST_LINE, Text};
use zonecut_mask::Mask;

use super::{Effect, Filter, Rule, RuleSet, selectors};
use crate::filter::Predicate;
use crate::request::Action;
use zonecut_contract::strict::{Reader, join};

/// A section of the document and the keys its rules have.
struct Section {
    key: &'static str,
    keys: &'static [&'static str],
}

const GRANTS: Section = Section {
    key: "grants",
    keys: &["name", "reason", "to", "actions", "columns", "when"],
};
const DENIES: Section = Section {
    key: "denies",
    keys: &[
        "name", "reason", "to", "actions", "columns", "when", "unless",
    ],
};
const MASKS: Section = Section {
    key: "masks",
    keys: &["name", "reason", "to", "columns", "when", "unless", "mask"],
};
const FILTERS: Section = Section {
    key: "filters",
    keys: &["name", "reason", "to", "when", "unless", "rows"],
};

pub(super) fn read(
    reader: &mut Reader<'_>,
    spec: &Node,
    text: &Text,
    grants: bool,
) -> Option<RuleSet> {
    let allowed: &[&str] = if grants {
        &["applies", "grants", "denies", "masks", "filters"]
    } else {
        &["applies", "denies", "masks", "filters"]
    };
    if !reader.mapping(spec, "spec", allowed) {
        return None;
    }
    let applies = selectors::applies(reader, spec);
    let mut rules = Vec::new();
    for section in [GRANTS, DENIES, MASKS, FILTERS]
        .into_iter()
        .filter(|section| allowed.contains(&section.key))
    {
        for (path, node) in reader.items(spec, section.key, "spec") {
            rules.extend(rule(reader, node, &path, &section, text));
        }
    }
    Some(RuleSet { applies, rules })
}

fn rule(
    reader: &mut Reader<'_>,
    node: &Node,
    path: &str,
    section: &Section,
    text: &Text,
) -> Option<Rule> {
    if !reader.mapping(node, path, section.keys) {
        return None;
    }
    let name = reader
        .text(node, "name", path)
        .unwrap_or_else(|| path.trim_start_matches("spec.").to_owned());
    let reason = reader.text(node, "reason", path);
    let to = selectors::to(reader, node, path);
    let columns = selectors::columns(reader, node, path);
    let when = selectors::when(reader, node, path);
    let unless = selectors::unless(reader, node, path);
    let actions = actions(reader, node, path);
    let (effect, default_actions): (_, &[Action]) = match section.key {
        "grants" => {
            if to.is_empty() {
                reader.missing(
                    node,
                    &join(path, "to"),
                    "a grant names to whom: `to: {roles: […]}`",
                );
            }
            (Effect::Grant, &[Action::Select])
        }
        "denies" => (Effect::Deny, &Action::ALL),
        "masks" => (Effect::Mask(mask(reader, node, path)?), &[Action::Select]),
        _ => (
            Effect::Filter(filter(reader, node, path, text)?),
            &[Action::Select],
        ),
    };
    let actions = actions.unwrap_or_else(|| default_actions.to_vec());
    Some(Rule {
        name,
        reason,
        at: reader.place(node.span),
        path: path.to_owned(),
        to,
        actions,
        columns,
        when,
        unless,
        effect,
    })
}

fn actions(reader: &mut Reader<'_>, node: &Node, path: &str) -> Option<Vec<Action>> {
    let words = reader.words(node, "actions", path)?;
    let mut actions = Vec::new();
    for word in words {
        if let Some(action) = Action::named(&word.text) {
            actions.push(action);
        } else {
            let names = || Action::ALL.iter().map(|action| action.name());
            let help = zonecut_contract::spelling::nearest(&word.text, names()).map_or_else(
                || format!("one of {}", crate::quoted(names())),
                |name| format!("did you mean `{name}`?"),
            );
            let span = Span {
                line: word.at.line,
                column: word.at.column,
            };
            reader.refuse(
                "unknown-action",
                span,
                &join(path, "actions"),
                format!("unknown action `{}`", word.text),
                help,
            );
        }
    }
    Some(actions)
}

fn mask(reader: &mut Reader<'_>, node: &Node, path: &str) -> Option<Mask> {
    let path = join(path, "mask");
    let Some(document) = node.get("mask") else {
        reader.missing(node, &path, "`mask: {type: ip-prefix, v4: 24, v6: 48}`");
        return None;
    };
    match Mask::from_json(&document.to_json()) {
        Ok(mask) => Some(mask),
        Err(errors) => {
            for error in errors {
                let entry = error.key.as_deref().and_then(|key| document.entry(key));
                let span = entry.map_or(document.span, |entry| entry.key_span);
                let path = error
                    .key
                    .as_deref()
                    .map_or_else(|| path.clone(), |key| join(&path, key));
                reader.refuse("invalid-mask", span, &path, error.message, error.help);
            }
            None
        }
    }
}

fn filter(reader: &mut Reader<'_>, node: &Node, path: &str, text: &Text) -> Option<Filter> {
    let path = join(path, "rows");
    let Some(rows) = node.get("rows") else {
        reader.missing(node, &path, "`rows: \"resolver_country = 'BR'\"`");
        return None;
    };
    let Value::String(predicate) = &rows.value else {
        reader.wrong_type(rows, &path, "a string");
        return None;
    };
    let (at, one_line) = text_place(rows.span, predicate, text);
    match Predicate::parse(predicate) {
        Ok(predicate) => Some(Filter {
            predicate,
            at: reader.place(at),
            one_line,
        }),
        Err(error) => {
            let column = if one_line {
                at.column + error.at.column - 1
            } else {
                at.column
            };
            reader.refuse(
                "invalid-filter",
                Span {
                    line: at.line,
                    column,
                },
                &path,
                error.message,
                error.help,
            );
            None
        }
    }
}

/// Where the text of a scalar begins, and whether it stands there letter by letter, as far as a line
/// is looked at.
fn text_place(span: Span, scalar: &str, text: &Text) -> (Span, bool) {
    let line = text.line(span.line).unwrap_or_default();
    let line = line
        .get(..line.floor_char_boundary(LONGEST_LINE))
        .unwrap_or_default();
    let rest = || line.chars().skip(span.column as usize - 1);
    let quoted = rest()
        .next()
        .is_some_and(|first| first == '"' || first == '\'');
    let offset = usize::from(quoted);
    let literal = !scalar.contains('\n')
        && rest()
            .skip(offset)
            .take(scalar.chars().count())
            .eq(scalar.chars());
    let column = if literal && quoted {
        span.column + 1
    } else {
        span.column
    };
    (Span { column, ..span }, literal)
}
