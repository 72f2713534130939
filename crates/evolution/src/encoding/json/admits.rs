//! Whether single values pass a schema, where that is certain.

use zonecut_contract::{Node, Value};
use zonecut_diagnostics::Span;

use super::bounds;
use super::kinds::{self, Kinds};
use super::scalars::same_value;
use super::values::{At, Values};

/// References followed before the answer is that we do not know.
const DEEPEST: u32 = 16;

/// Whether the values are a closed list all of which passes.
pub(super) fn whole_list(inner: &Values<'_>, outer: At<'_>) -> bool {
    inner.lists().any(|list| {
        list.iter()
            .all(|value| passes(outer, value, DEEPEST) == Some(true))
    })
}

/// Whether a text passes.
pub(super) fn text(schema: At<'_>, text: &str) -> Option<bool> {
    let value = Node {
        span: Span::START,
        value: Value::String(text.into()),
    };
    passes(schema, &value, DEEPEST)
}

/// Whether a value passes; nothing where a keyword is too much for us.
fn passes(schema: At<'_>, value: &Node, depth: u32) -> Option<bool> {
    if let Value::Bool(truth) = schema.node.value {
        return Some(truth);
    }
    let depth = depth.checked_sub(1)?;
    let mut sure = true;
    for entry in schema.node.entries() {
        match keyword(schema, &entry.key, &entry.node, value, depth) {
            Some(false) => return Some(false),
            Some(true) => {}
            None => sure = false,
        }
    }
    sure.then_some(true)
}

fn keyword(at: At<'_>, key: &str, node: &Node, value: &Node, depth: u32) -> Option<bool> {
    let kind = Kinds::of(value);
    let about = |wanted| kind == wanted;
    let each = |key: &'static str| -> Vec<Option<bool>> {
        at.list(key)
            .map(|branch| passes(branch, value, depth))
            .collect()
    };
    Some(match key {
        "type" => {
            let whole =
                !kinds::is_integral(node) || !about(Kinds::NUMBER) || bounds::is_whole(value);
            kind.within(Kinds::named(node)) && whole
        }
        "enum" => node.items().iter().any(|item| same_value(item, value)),
        "const" => same_value(node, value),
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" => {
            if !about(Kinds::NUMBER) {
                return Some(true);
            }
            bounds::number(key, node, value)
        }
        "minLength" | "maxLength" => {
            let (Some(text), Some(limit)) = (value.as_str(), bounds::size(node)) else {
                return Some(true);
            };
            let length = u64::try_from(text.chars().count()).ok()?;
            if key == "minLength" {
                length >= limit
            } else {
                length <= limit
            }
        }
        "pattern" | "format" | "contentEncoding" | "contentMediaType" | "contentSchema" => {
            return (!about(Kinds::STRING)).then_some(true);
        }
        "allOf" => {
            let answers = each("allOf");
            return if answers.contains(&Some(false)) {
                Some(false)
            } else {
                answers.iter().all(Option::is_some).then_some(true)
            };
        }
        "anyOf" => {
            let answers = each("anyOf");
            return if answers.contains(&Some(true)) {
                Some(true)
            } else {
                answers.iter().all(Option::is_some).then_some(false)
            };
        }
        "oneOf" => {
            let answers: Option<Vec<bool>> = each("oneOf").into_iter().collect();
            return answers.map(|answers| answers.iter().filter(|passed| **passed).count() == 1);
        }
        "not" => return passes(at.at(node), value, depth).map(|passed| !passed),
        "$ref" => return passes(at.resolve(node)?, value, depth),
        "if" => return None,
        _ if is_about_items(key) => return (!about(Kinds::ARRAY)).then_some(true),
        _ if is_about_names(key) => return (!about(Kinds::OBJECT)).then_some(true),
        _ => true,
    })
}

fn is_about_items(key: &str) -> bool {
    matches!(
        key,
        "items"
            | "prefixItems"
            | "contains"
            | "minItems"
            | "maxItems"
            | "uniqueItems"
            | "unevaluatedItems"
    )
}

fn is_about_names(key: &str) -> bool {
    matches!(
        key,
        "properties"
            | "patternProperties"
            | "additionalProperties"
            | "propertyNames"
            | "required"
            | "minProperties"
            | "maxProperties"
            | "dependentRequired"
            | "dependentSchemas"
            | "unevaluatedProperties"
    )
}
