//! SARIF 2.1.0 (OASIS), for code scanning: results with fingerprints, and the rules they come from
//! with their pages.

use serde_json::{Map, Value, json};

use super::item::{Item, Location};
use super::{Level, Report};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The folder that the command ran in.
const ROOT: &str = "SRCROOT";

/// What is known of a rule beside its findings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Its gravest level by default.
    pub level: Level,
    /// Its page: Markdown whose `## What it does` opens with what it finds.
    pub page: Option<String>,
}

/// The log as JSON, with a line feed at the end. `about` says what is known of a rule.
#[must_use]
pub fn render(report: Report<'_>, command: &str, about: &dyn Fn(&str) -> Option<Rule>) -> String {
    let items = report.items();
    let mut names: Vec<&str> = items.iter().map(|item| item.rule.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let rules: Vec<Value> = names
        .iter()
        .map(|name| {
            let known = about(name).unwrap_or_else(|| Rule {
                level: gravest(&items, name),
                page: None,
            });
            descriptor(name, &known)
        })
        .collect();
    let waived = items.iter().any(|item| item.waiver.is_some());
    let results: Vec<Value> = items
        .iter()
        .map(|item| result(item, names.binary_search(&item.rule.as_str()).ok(), waived))
        .collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "zonecut",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "automationDetails": {"id": format!("zonecut {command}/")},
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": {
                ROOT: {"description": {"text": "The folder that zonecut ran in."}},
            },
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

fn gravest(items: &[Item], rule: &str) -> Level {
    items
        .iter()
        .filter(|item| item.rule == rule)
        .map(|item| item.level)
        .max()
        .unwrap_or(Level::Note)
}

fn word(level: Level) -> &'static str {
    match level {
        Level::Note => "note",
        Level::Warning => "warning",
        Level::Error => "error",
    }
}

fn descriptor(name: &str, rule: &Rule) -> Value {
    let mut descriptor = json!({
        "id": name,
        "shortDescription": {"text": format!("{}.", name.replace('-', " "))},
        "defaultConfiguration": {"level": word(rule.level)},
    });
    if let (Some(page), Some(fields)) = (&rule.page, descriptor.as_object_mut()) {
        let does = section(page, "What it does");
        let why = section(page, "Why it matters");
        let fix = section(page, "How to fix");
        let short = does
            .split_once(". ")
            .map_or(does.as_str(), |(first, _)| first);
        let short = format!("{}.", short.trim_end_matches('.'));
        fields.insert("shortDescription".into(), json!({"text": short}));
        fields.insert(
            "fullDescription".into(),
            json!({"text": format!("{does} {why}").trim()}),
        );
        let text = if fix.is_empty() { &does } else { &fix };
        fields.insert("help".into(), json!({"text": text, "markdown": page}));
    }
    descriptor
}

/// The paragraphs below a heading, as one.
fn section(page: &str, heading: &str) -> String {
    let lines = page
        .lines()
        .skip_while(|line| line.strip_prefix("## ") != Some(heading))
        .skip(1)
        .take_while(|line| !line.starts_with("## "));
    let words: Vec<&str> = lines.flat_map(str::split_whitespace).collect();
    words.join(" ")
}

fn result(item: &Item, rule: Option<usize>, waived: bool) -> Value {
    let mut result = Map::new();
    result.insert("ruleId".into(), item.rule.as_str().into());
    if let Some(index) = rule {
        result.insert("ruleIndex".into(), index.into());
    }
    result.insert("level".into(), word(item.level).into());
    result.insert("message".into(), message(item));
    result.insert("locations".into(), json!([location(&item.at, true)]));
    if let Some(before) = &item.before {
        let mut related = location(before, false);
        if let Some(fields) = related.as_object_mut() {
            fields.insert("id".into(), 1.into());
            fields.insert("message".into(), json!({"text": "before"}));
        }
        result.insert("relatedLocations".into(), json!([related]));
    }
    result.insert(
        "partialFingerprints".into(),
        // The first is what GitHub tells results apart by.
        json!({"primaryLocationLineHash": item.fingerprint, "zonecut/v1": item.fingerprint}),
    );
    // SARIF 3.27.23: where one result says whether it is suppressed, all do.
    if waived {
        let suppression = |reason: &String| json!({"kind": "external", "status": "accepted", "justification": reason});
        let suppressions: Vec<Value> = item.waiver.iter().map(suppression).collect();
        result.insert("suppressions".into(), suppressions.into());
    }
    result.insert(
        "properties".into(),
        json!({
            "kind": item.kind,
            "perspective": item.perspective,
            "subject": item.subject,
            "path": item.path,
            "targets": item.targets,
        }),
    );
    result.into()
}

/// SARIF 3.11.6: `[text](target)` in a message is a link, which values of a document are not to be.
fn message(item: &Item) -> Value {
    let text = format!("{}: {}; {}", item.kind, item.message, item.help);
    json!({"text": text.replace("](", "\\](")})
}

fn location(at: &Location, here: bool) -> Value {
    let mut artifact = Map::new();
    if at.path.starts_with('/') {
        artifact.insert("uri".into(), format!("file://{}", encode(&at.path)).into());
    } else {
        artifact.insert("uri".into(), encode(&at.path).into());
        if here {
            artifact.insert("uriBaseId".into(), ROOT.into());
        }
    }
    json!({"physicalLocation": {
        "artifactLocation": artifact,
        "region": {"startLine": at.line, "startColumn": at.column},
    }})
}

/// A path as the path of a URI (RFC 3986, 3.3). A colon is encoded too, or what stands before it
/// would be a scheme.
fn encode(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push_str(&hex::encode_upper([byte]));
        }
    }
    out
}
