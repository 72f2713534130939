//! Mending what is mechanical: which words of a document become which others, and nothing else.
//!
//! Belongs here: replacing words in the text, and seeing that only they changed. Does not belong
//! here: which words are wrong (`schema`, `lint`), files.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;

use serde_json::Value as Json;
use zonecut_diagnostics::place::line_starts;
use zonecut_diagnostics::{LintFinding, LintSeverity, Span};

use crate::finding::Findings;
use crate::lint;
use crate::node::{Node, Value};
use crate::read;
use crate::sensitivity::Classification;

/// A key or a text that is meant to be another one, beyond doubt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// The rule whose finding it answers.
    pub rule: &'static str,
    /// Where the key or the text stands.
    pub span: Span,
    /// What it says.
    pub from: String,
    /// What it is to say.
    pub to: String,
}

/// A document after mending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fixed {
    /// Its text.
    pub text: String,
    /// What was replaced. The places are those at which each stood when its turn came.
    pub fixes: Vec<Fix>,
}

/// How often a document is read again to see whether a replacement holds: enough for any that people
/// wrote, and an end for those made to be slow.
const MOST_READINGS: usize = 64;

/// Replaces every word of a document that is beyond doubt meant to be another one, until none is left;
/// `None` where there is nothing to replace.
///
/// A replacement is kept only where the document, read again, differs in that word and in nothing
/// else, its finding is gone, and no error came. Everything beside the words stays as it was, byte
/// for byte.
#[must_use]
pub fn fix_document(classification: &Classification, file: &str, bytes: &[u8]) -> Option<Fixed> {
    let file: Arc<str> = file.into();
    let mut fixed = Fixed {
        text: std::str::from_utf8(bytes).ok()?.to_owned(),
        fixes: Vec::new(),
    };
    let mut readings = MOST_READINGS;
    while let Some(round) = Round::of(classification, &file, &fixed.text) {
        let mut kept = Vec::new();
        round.settle(&round.edits, &mut kept, &mut readings);
        if kept.is_empty() {
            break;
        }
        let text = edited(&fixed.text, &kept);
        fixed.fixes.extend(kept.into_iter().map(|edit| edit.fix));
        fixed.text = text;
    }
    (!fixed.fixes.is_empty()).then_some(fixed)
}

/// A replacement and the bytes that it replaces.
#[derive(Clone)]
struct Edit {
    range: Range<usize>,
    fix: Fix,
}

/// A document as it stands, and what could be replaced in it.
struct Round<'a> {
    classification: &'a Classification,
    file: &'a Arc<str>,
    text: &'a str,
    root: Node,
    findings: Findings,
    edits: Vec<Edit>,
}

impl<'a> Round<'a> {
    /// `None` for a document that can't be read, or has more flaws than are kept: whether one of them
    /// is gone could not be told.
    fn of(classification: &'a Classification, file: &'a Arc<str>, text: &'a str) -> Option<Self> {
        let (root, mut findings) = examine(classification, file, text)?;
        let lines: Vec<usize> = line_starts(text).collect();
        let mut edits: Vec<Edit> = findings
            .take_fixes()
            .into_iter()
            .filter_map(|fix| {
                let range = locate(text, &lines, &fix)?;
                Some(Edit { range, fix })
            })
            .collect();
        edits.sort_by_key(|edit| edit.range.start);
        edits.dedup_by_key(|edit| edit.range.start);
        Some(Self {
            classification,
            file,
            text,
            root,
            findings,
            edits,
        })
    }

    /// Keeps all of `edits` where all hold together, else those of each half that do.
    fn settle(&self, edits: &[Edit], kept: &mut Vec<Edit>, readings: &mut usize) {
        if edits.is_empty() || *readings == 0 {
            return;
        }
        *readings -= 1;
        let mut together = kept.clone();
        together.extend_from_slice(edits);
        if self.holds(&together) {
            *kept = together;
        } else if edits.len() > 1 {
            let (first, second) = edits.split_at(edits.len() / 2);
            self.settle(first, kept, readings);
            self.settle(second, kept, readings);
        }
    }

    fn holds(&self, edits: &[Edit]) -> bool {
        let text = edited(self.text, edits);
        let words: HashMap<Span, &Fix> = edits
            .iter()
            .map(|edit| (edit.fix.span, &edit.fix))
            .collect();
        examine(self.classification, self.file, &text).is_some_and(|(root, after)| {
            root.to_json() == expected(&self.root, &words)
                && improves(self.findings.kept(), after.kept(), edits)
        })
    }
}

/// The tree of a document and all that is wrong with it.
fn examine(
    classification: &Classification,
    file: &Arc<str>,
    text: &str,
) -> Option<(Node, Findings)> {
    let document = read::parse(file, text.as_bytes(), &mut Findings::new(file))?;
    let (readable, findings) = lint::examine(classification, file, text.as_bytes());
    (readable && findings.is_whole()).then_some((document.root, findings))
}

/// The tree with the words replaced.
fn expected(node: &Node, words: &HashMap<Span, &Fix>) -> Json {
    let said = |span: Span, text: &str| -> String {
        let fix = words.get(&span).filter(|fix| fix.from == text);
        fix.map_or(text, |fix| fix.to.as_str()).to_owned()
    };
    match &node.value {
        Value::String(text) => said(node.span, text).into(),
        Value::List(items) => items.iter().map(|item| expected(item, words)).collect(),
        Value::Map(entries) => {
            let entries = entries.iter().map(|entry| {
                let key = said(entry.key_span, &entry.key);
                (key, expected(&entry.node, words))
            });
            entries.collect::<serde_json::Map<_, _>>().into()
        }
        _ => node.to_json(),
    }
}

/// Whether each finding answered is gone, and no error came in its place.
fn improves(before: &[LintFinding], after: &[LintFinding], edits: &[Edit]) -> bool {
    let errors = |findings: &[LintFinding]| {
        let errors = findings.iter();
        errors
            .filter(|finding| finding.severity == LintSeverity::Error)
            .count()
    };
    let of = |findings: &[LintFinding], rule: &str| {
        let of_rule = findings.iter().filter(|finding| finding.rule == rule);
        of_rule.count()
    };
    let mut answered: BTreeMap<&str, usize> = BTreeMap::new();
    for edit in edits {
        *answered.entry(edit.fix.rule).or_default() += 1;
    }
    errors(after) <= errors(before)
        && answered
            .iter()
            .all(|(rule, count)| of(after, rule) + count <= of(before, rule))
}

fn edited(text: &str, edits: &[Edit]) -> String {
    let mut edits: Vec<&Edit> = edits.iter().collect();
    edits.sort_by_key(|edit| edit.range.start);
    let mut result = String::with_capacity(text.len());
    let mut end = 0;
    for edit in edits {
        result.push_str(text.get(end..edit.range.start).unwrap_or_default());
        result.push_str(&edit.fix.to);
        end = edit.range.end;
    }
    result.push_str(text.get(end..).unwrap_or_default());
    result
}

/// The bytes of the word itself, within its quotes if it has some. A word that is written in another
/// way (with escapes, over several lines) is left to people.
fn locate(text: &str, lines: &[usize], fix: &Fix) -> Option<Range<usize>> {
    let line = *lines.get(usize::try_from(fix.span.line).ok()?.checked_sub(1)?)?;
    let column = usize::try_from(fix.span.column).ok()?.checked_sub(1)?;
    let rest = text.get(line..)?;
    let (offset, _) = rest.char_indices().nth(column)?;
    let rest = rest.get(offset..)?;
    let quote = rest
        .chars()
        .next()
        .filter(|first| matches!(first, '"' | '\''));
    let inside = quote.map_or(Some(rest), |quote| rest.strip_prefix(quote))?;
    let after = inside.strip_prefix(fix.from.as_str())?;
    let ends = match quote {
        Some(quote) => after.starts_with(quote),
        None => after
            .chars()
            .next()
            .is_none_or(|next| next.is_whitespace() || matches!(next, ',' | ']' | '}' | ':')),
    };
    let start = line + offset + quote.map_or(0, char::len_utf8);
    ends.then(|| start..start + fix.from.len())
}
