//! Reading documents of our own strictly: every key is known, every value of its type, every list
//! filled. The open standards' documents are read leniently instead (`model`).

use std::sync::Arc;

use zonecut_diagnostics::{LintSeverity, Place, Span};

use crate::finding::{Findings, Flaw};
use crate::node::{Node, Value};
use crate::spelling::{did_you_mean, list};

/// A name in a document, and where it stands.
#[derive(Debug, Clone)]
pub struct Word {
    /// The name.
    pub text: String,
    /// Where it stands.
    pub at: Place,
}

/// A cursor that collects all flaws of one document.
#[derive(Debug)]
pub struct Reader<'a> {
    /// The document's file.
    pub file: &'a Arc<str>,
    /// What was wrong so far.
    pub findings: &'a mut Findings,
}

impl Reader<'_> {
    /// Notes an error at a place.
    pub fn refuse(
        &mut self,
        rule: &'static str,
        span: Span,
        path: &str,
        message: String,
        help: impl Into<String>,
    ) {
        self.findings.push(Flaw {
            rule,
            severity: LintSeverity::Error,
            span,
            path: path.to_owned(),
            about: &message.clone(),
            message,
            help: help.into(),
        });
    }

    /// The position in the document's file.
    #[must_use]
    pub fn place(&self, span: Span) -> Place {
        span.at(self.file)
    }

    /// Refuses what is no mapping and every key outside `allowed`; true when it is a mapping.
    pub fn mapping(&mut self, node: &Node, path: &str, allowed: &[&str]) -> bool {
        if !matches!(node.value, Value::Map(_)) {
            self.wrong_type(node, path, "a mapping");
            return false;
        }
        for entry in node
            .entries()
            .iter()
            .filter(|entry| !allowed.contains(&entry.key.as_str()))
        {
            let help = did_you_mean(&entry.key, allowed.iter().copied())
                .unwrap_or_else(|| format!("known here: {}", list(allowed)));
            self.refuse(
                "unknown-key",
                entry.key_span,
                &join(path, &entry.key),
                format!("unknown key `{}`", entry.key),
                help,
            );
        }
        true
    }

    /// Notes that a value is of another type than `wanted`.
    pub fn wrong_type(&mut self, node: &Node, path: &str, wanted: &str) {
        let found = match &node.value {
            Value::Null => "nothing",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Secret(_) => "a secret",
            Value::List(_) => "a list",
            Value::Map(_) => "a mapping",
        };
        let help = match node.value {
            Value::Bool(_) | Value::Number(_) if wanted == "a string" => "quote it",
            _ => "see the JSON Schema of the kind",
        };
        self.refuse(
            "wrong-type",
            node.span,
            path,
            format!("`{path}` must be {wanted}, found {found}"),
            help,
        );
    }

    /// Notes that what stands at `path` is missing from `node`.
    pub fn missing(&mut self, node: &Node, path: &str, help: &str) {
        self.refuse(
            "missing-key",
            node.span,
            path,
            format!("`{path}` is missing"),
            help,
        );
    }

    /// A string that is not empty.
    pub fn word(&mut self, node: &Node, path: &str) -> Option<Word> {
        match node.as_str() {
            Some("") => {
                self.refuse(
                    "empty-value",
                    node.span,
                    path,
                    format!("`{path}` is empty"),
                    "name something, or leave the key out",
                );
                None
            }
            Some(text) => Some(Word {
                text: text.to_owned(),
                at: self.place(node.span),
            }),
            None => {
                self.wrong_type(node, path, "a string");
                None
            }
        }
    }

    /// The string under `key`, if the key is there.
    pub fn text(&mut self, node: &Node, key: &str, path: &str) -> Option<String> {
        let child = node.get(key)?;
        self.word(child, &join(path, key)).map(|word| word.text)
    }

    /// The strings under `key`, if the key is there. An empty list matches nothing and is an error.
    pub fn words(&mut self, node: &Node, key: &str, path: &str) -> Option<Vec<Word>> {
        let child = node.get(key)?;
        let path = join(path, key);
        let Value::List(items) = &child.value else {
            self.wrong_type(child, &path, "a list of strings");
            return None;
        };
        if items.is_empty() {
            self.refuse(
                "empty-list",
                child.span,
                &path,
                format!("`{path}` is empty and matches nothing"),
                "leave the key out to match all",
            );
        }
        let words = items
            .iter()
            .enumerate()
            .filter_map(|(index, item)| self.word(item, &format!("{path}[{index}]")));
        Some(words.collect())
    }

    /// The items of the list under `key`, each with its path.
    pub fn items<'n>(&mut self, node: &'n Node, key: &str, path: &str) -> Vec<(String, &'n Node)> {
        let Some(child) = node.get(key) else {
            return Vec::new();
        };
        let path = join(path, key);
        if let Value::List(items) = &child.value {
            items
                .iter()
                .enumerate()
                .map(|(index, item)| (format!("{path}[{index}]"), item))
                .collect()
        } else {
            self.wrong_type(child, &path, "a list");
            Vec::new()
        }
    }
}

/// The path of a key below another path.
#[must_use]
pub fn join(path: &str, key: &str) -> String {
    if path.is_empty() {
        key.to_owned()
    } else {
        format!("{path}.{key}")
    }
}
