//! Why a column refuses a value.

use std::collections::{HashMap, HashSet};

use regex::{Regex, RegexBuilder};

use super::super::calendar::{is_date, is_date_or_time};
use super::super::nodes::text;
use crate::node::{Node, Value};
use crate::spelling::quoted;

/// What compares values with their columns; the patterns of a document are read once, and not more than
/// a moment allows.
#[derive(Default)]
pub(super) struct Judge<'a> {
    patterns: HashMap<&'a str, Option<Regex>>,
    /// The values that the column looked at last allows, and that column.
    choices: Option<(&'a Node, HashSet<String>)>,
}

/// So many different patterns are read.
const MOST_PATTERNS: usize = 50;
/// The longest pattern that is read, and the most memory of each.
const LONGEST_PATTERN: usize = 1024;
const LARGEST: usize = 128 * 1024;

impl<'a> Judge<'a> {
    /// Why the column refuses the value, to follow "an example".
    pub(super) fn flaw(&mut self, column: &'a Node, value: &Node) -> Option<String> {
        let kind = text(column, "logicalType").map_or("", |(kind, _)| kind);
        if kind == "array" {
            return self.flaw_of_list(column, list(value)?);
        }
        let stated = scalar(value)?;
        let flaw = match kind {
            "integer" | "number" => flaw_of_number(column, &stated, kind == "integer"),
            "string" => self.flaw_of_text(column, &stated),
            "boolean" => flaw_of_truth(&stated).map(str::to_owned),
            "date" | "timestamp" => flaw_of_time(column, &stated, kind),
            _ => None,
        };
        flaw.or_else(|| self.flaw_of_choice(column, &stated))
    }

    fn flaw_of_list(&mut self, column: &'a Node, items: &[Node]) -> Option<String> {
        let options = column.get("logicalTypeOptions");
        let count = u32::try_from(items.len()).unwrap_or(u32::MAX);
        let bound = options.and_then(|it| beyond(it, f64::from(count), ["minItems", "maxItems"]));
        if let Some(bound) = bound {
            return Some(format!(
                "has `{count}` items, which `{bound}` does not allow"
            ));
        }
        let of = column.get("items")?;
        let mut flaws = items.iter().filter_map(|item| self.flaw(of, item));
        flaws
            .next()
            .map(|flaw| format!("holds an item that {flaw}"))
    }

    fn flaw_of_text(&mut self, column: &'a Node, stated: &str) -> Option<String> {
        let options = column.get("logicalTypeOptions")?;
        let length = u32::try_from(stated.chars().count()).unwrap_or(u32::MAX);
        if let Some(bound) = beyond(options, f64::from(length), ["minLength", "maxLength"]) {
            return Some(format!(
                "has `{length}` characters, which `{bound}` does not allow"
            ));
        }
        let (pattern, _) = text(options, "pattern").filter(|(_, node)| !node.is_secret())?;
        let is_refused = self.read(pattern).is_some_and(|it| !it.is_match(stated));
        is_refused.then(|| format!("does not match the pattern `{}`", quoted(pattern)))
    }

    /// A value that is none of those that the column lists.
    fn flaw_of_choice(&mut self, column: &'a Node, stated: &str) -> Option<String> {
        let looked_at = self.choices.take_if(|(of, _)| std::ptr::eq(*of, column));
        let (_, choices) = self
            .choices
            .insert(looked_at.unwrap_or_else(|| (column, choices(column))));
        let is_other = !choices.is_empty() && !choices.contains(stated);
        is_other.then(|| "is none of the values of `enum`".to_owned())
    }

    /// The pattern, where our engine reads it: what looks around or back is nobody's to judge here.
    fn read(&mut self, pattern: &'a str) -> Option<&Regex> {
        let is_new = !self.patterns.contains_key(pattern);
        if is_new && (self.patterns.len() >= MOST_PATTERNS || pattern.len() > LONGEST_PATTERN) {
            return None;
        }
        let read = || RegexBuilder::new(pattern).size_limit(LARGEST).build().ok();
        self.patterns.entry(pattern).or_insert_with(read).as_ref()
    }
}

fn list(value: &Node) -> Option<&[Node]> {
    match &value.value {
        Value::List(items) => Some(items),
        _ => None,
    }
}

fn flaw_of_number(column: &Node, stated: &str, is_whole: bool) -> Option<String> {
    // Tables are often shown as text; what matters is what it says.
    let Ok(number) = stated.trim().parse::<f64>() else {
        return Some("is no number".to_owned());
    };
    if is_whole && number.fract() != 0.0 {
        return Some("is no whole number".to_owned());
    }
    let options = column.get("logicalTypeOptions")?;
    if let Some(bound) = beyond(options, number, ["minimum", "maximum"]) {
        return Some(format!("is beyond `{bound}`"));
    }
    for (key, inclusive) in [
        ("exclusiveMinimum", "minimum"),
        ("exclusiveMaximum", "maximum"),
    ] {
        let Some(stated) = options.get(key) else {
            continue;
        };
        // A flag in ODCS 3.0, a bound of its own since.
        let bound = match stated.as_bool() {
            Some(true) => amount(options, inclusive),
            Some(false) => None,
            None => amount(options, key),
        };
        let is_beyond = |bound| match key {
            "exclusiveMinimum" => number <= bound,
            _ => number >= bound,
        };
        if bound.is_some_and(is_beyond) {
            return Some(format!("is beyond `{key}`"));
        }
    }
    None
}

fn flaw_of_truth(stated: &str) -> Option<&'static str> {
    let words = ["true", "false", "yes", "no", "t", "f", "y", "n", "0", "1"];
    let is_known = words
        .iter()
        .any(|word| word.eq_ignore_ascii_case(stated.trim()));
    (!is_known).then_some("is neither `true` nor `false`")
}

/// Days that do not exist, where they are written as ISO 8601 has them; of other forms nothing is said.
fn flaw_of_time(column: &Node, stated: &str, kind: &str) -> Option<String> {
    let options = column.get("logicalTypeOptions");
    if options.is_some_and(|options| options.get("format").is_some()) {
        return None;
    }
    let day = stated.get(..10)?;
    let is_iso = day
        .bytes()
        .zip(*b"dddd-dd-dd")
        .all(|(byte, form)| match form {
            b'd' => byte.is_ascii_digit(),
            _ => byte == form,
        });
    if !is_iso {
        return None;
    }
    if !is_date(day) || (stated.len() > day.len() && !is_date_or_time(stated)) {
        return Some(format!("is no {kind}"));
    }
    let bound = |key| {
        options?
            .get(key)?
            .as_str()
            .filter(|it| it.len() == stated.len())
    };
    let is_day = stated.len() == day.len();
    let before = bound("minimum").is_some_and(|bound| is_day && stated < bound);
    let after = bound("maximum").is_some_and(|bound| is_day && stated > bound);
    let name = before.then_some("minimum").or(after.then_some("maximum"));
    name.map(|name| format!("is beyond `{name}`"))
}

/// The values that an `enum` lists: that of ODCS 3.2, else the custom property.
fn choices(column: &Node) -> HashSet<String> {
    let listed = column.get("enum").or_else(|| column.custom("enum"));
    let listed = listed.map(Node::items).unwrap_or_default();
    let said = |choice: &Node| scalar(choice.get("value").unwrap_or(choice));
    listed.iter().filter_map(said).collect()
}

/// What a value says, however it is written; nothing for what holds others.
fn scalar(value: &Node) -> Option<String> {
    match &value.value {
        Value::String(text) => Some(text.to_string()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        _ => None,
    }
}

/// The bound that a number does not keep.
fn beyond(options: &Node, number: f64, [least, most]: [&'static str; 2]) -> Option<&'static str> {
    let below = amount(options, least).is_some_and(|bound| number < bound);
    let above = amount(options, most).is_some_and(|bound| number > bound);
    below.then_some(least).or(above.then_some(most))
}

fn amount(options: &Node, key: &str) -> Option<f64> {
    match &options.get(key)?.value {
        Value::Number(bound) => bound.as_f64(),
        _ => None,
    }
}
