//! The parser's events, made into a tree.
//!
//! Aliases are expanded where they stand, within a budget; tags, merge keys and keys that are not
//! text are refused, because JSON, which the official schemas speak about, has none of them.

use std::collections::{HashMap, HashSet};

use granit_parser::{Event, Parser, ScalarStyle, ScanError, StrInput};
use zonecut_diagnostics::{LintSeverity, Span, Stretch};

use super::size::Size;
use super::{MAX_DEPTH, MAX_ITEMS, MAX_KEY, MAX_KEYS, MAX_NODES, MAX_TEXT, scalar, syntax};
use crate::finding::{Findings, Flaw};
use crate::node::{Entry, Node, Text, Value};
use crate::secret::{self, sealed};
use crate::spelling::quoted;

/// Reading can't go on; the finding that says why is already there.
struct Stop;

/// From here on a mapping's keys are compared by hash, so that a mapping of many is not slow.
const FEW_KEYS: usize = 32;

struct Reader<'text, 'findings> {
    parser: Parser<'text, StrInput<'text>>,
    findings: &'findings mut Findings,
    anchors: HashMap<usize, Anchored>,
    read: Size,
    /// Where what was read last ends.
    end: Span,
    /// Where secrets stand; nothing where they are not sealed.
    hidden: Option<Vec<Stretch>>,
}

/// A value that aliases may repeat, and what each repetition costs.
struct Anchored {
    node: Node,
    size: Size,
    height: usize,
}

/// The tree of the only document in `text`, if its syntax holds.
pub fn tree(text: &str, findings: &mut Findings) -> Option<Node> {
    let mut roots = Vec::new();
    Reader::new(text, findings).documents(1, &mut roots).ok()?;
    roots.pop()
}

/// The same with its secrets sealed, and where they stand, as far as the syntax holds.
pub fn sealed_tree(text: &str, findings: &mut Findings) -> (Option<Node>, Vec<Stretch>) {
    let mut reader = Reader::new(text, findings);
    reader.hidden = Some(Vec::new());
    let mut roots = Vec::new();
    // Whatever stopped it is a finding.
    let whole = reader.documents(1, &mut roots).is_ok();
    let mut root = roots.pop().filter(|_| whole);
    let mut hidden = reader.hidden.take().unwrap_or_default();
    // What an alias brought under a credential's name stands elsewhere as well.
    if let Some(root) = &mut root
        && !reader.anchors.is_empty()
        && !hidden.is_empty()
    {
        sealed::seal_repeated(root, &mut |node| hidden.push(lines_of(node)));
    }
    (root, hidden)
}

/// A value whose end is not known, with all lines that it can stand on.
fn lines_of(node: &Node) -> Stretch {
    let text = node.as_str().unwrap_or_default();
    let lines = u32::try_from(text.matches('\n').count() + 1).unwrap_or(u32::MAX);
    Stretch {
        start: node.span,
        end: Span {
            line: node.span.line.saturating_add(lines),
            column: 1,
        },
    }
}

/// The trees of a stream of documents, as far as its syntax holds. Limits are those of one.
pub fn trees(text: &str, most: usize, findings: &mut Findings) -> Vec<Node> {
    let mut roots = Vec::new();
    // Whatever stopped it is a finding.
    let _ = Reader::new(text, findings).documents(most, &mut roots);
    roots
}

fn place(marker: &granit_parser::Marker) -> Span {
    Span {
        line: u32::try_from(marker.line()).unwrap_or(u32::MAX),
        column: u32::try_from(marker.col() + 1).unwrap_or(u32::MAX),
    }
}

impl<'text, 'findings> Reader<'text, 'findings> {
    fn new(text: &'text str, findings: &'findings mut Findings) -> Self {
        let mut options = granit_parser::options! {
            flow_nesting_limit: MAX_DEPTH + 1,
            block_nesting_limit: MAX_DEPTH + 1,
            // JSON may write each byte of a key as six characters, and knows no shorter limit.
            simple_key_max_lookahead: 8 * MAX_KEY,
        };
        options.set_emit_comments(false);
        Self {
            parser: Parser::new_from_str_with_options(text, options),
            findings,
            anchors: HashMap::new(),
            read: Size::default(),
            end: Span::START,
            hidden: None,
        }
    }

    /// At least one document and at most `most`; empty ones in between are passed over.
    fn documents(&mut self, most: usize, roots: &mut Vec<Node>) -> Result<(), Stop> {
        let mut empty = Span::START;
        loop {
            match self.next()? {
                (Event::StreamEnd, _) => break,
                (Event::StreamStart | Event::DocumentStart(..) | Event::DocumentEnd, _) => {}
                (_, span) if roots.len() == most => {
                    self.refuse_another(span, most);
                    return Err(Stop);
                }
                (event, span) => match self.node(event, span, 0)? {
                    Node {
                        value: Value::Null,
                        span,
                    } => empty = span,
                    root => roots.push(root),
                },
            }
        }
        if roots.is_empty() {
            self.refuse(
                "empty-document",
                empty,
                "",
                "the document is empty",
                "begin with `apiVersion` and `kind`",
            );
            return Err(Stop);
        }
        Ok(())
    }

    fn refuse_another(&mut self, span: Span, most: usize) {
        let (message, help) = if most == 1 {
            (
                "a second document begins here".to_owned(),
                "keep one document per file",
            )
        } else {
            (
                format!("the file holds more than `{most}` documents"),
                "split it",
            )
        };
        self.refuse("several-documents", span, "", &message, help);
    }

    fn next(&mut self) -> Result<(Event<'text>, Span), Stop> {
        // All that is refused here is an error: the verdict stands.
        if self.findings.is_full() {
            return Err(Stop);
        }
        match self.parser.next_event() {
            Some(Ok((event, span))) => {
                self.end = place(&span.end);
                Ok((event, place(&span.start)))
            }
            Some(Err(error)) => {
                self.malformed(&error);
                Err(Stop)
            }
            None => Ok((Event::StreamEnd, Span::START)),
        }
    }

    fn node(&mut self, event: Event<'text>, span: Span, depth: usize) -> Result<Node, Stop> {
        if depth > MAX_DEPTH {
            let (rule, message, help) = syntax::too_deep();
            self.refuse(rule, span, "", &message, help);
            return Err(Stop);
        }
        let before = self.read;
        let (value, anchor, tagged) = match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.spend(Size::value(text.len()), span)?;
                let mut value = self.scalar(&text, style, span);
                self.hide(span, || sealed::seal_text(&mut value));
                (value, anchor, tag.is_some())
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.spend(Size::value(0), span)?;
                (self.list(depth)?, anchor, tag.is_some())
            }
            Event::MappingStart(_, anchor, tag) => {
                self.spend(Size::value(0), span)?;
                (self.map(depth)?, anchor, tag.is_some())
            }
            Event::Alias(id) => return self.alias(id, span, depth),
            _ => (Value::Null, 0, false),
        };
        if tagged {
            self.refuse(
                "yaml-tag",
                span,
                "",
                "a value carries a YAML tag, which JSON does not have",
                "remove the tag; put text that looks like something else in quotes",
            );
        }
        let node = Node { span, value };
        if anchor != 0 {
            self.remember(anchor, &node, before, span)?;
        }
        Ok(node)
    }

    fn list(&mut self, depth: usize) -> Result<Value, Stop> {
        let mut items = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, _) => break,
                (event, span) => {
                    self.spend(Size::ITEM, span)?;
                    items.push(self.node(event, span, depth + 1)?);
                }
            }
        }
        items.shrink_to_fit();
        Ok(Value::List(items))
    }

    fn map(&mut self, depth: usize) -> Result<Value, Stop> {
        let mut entries: Vec<Entry> = Vec::new();
        let mut ends = Vec::new();
        loop {
            let (event, key_span) = self.next()?;
            if matches!(event, Event::MappingEnd) {
                break;
            }
            if entries.len() == MAX_KEYS {
                self.keep_first_of_each_key(&mut entries);
                self.refuse_many_keys(key_span);
                return Err(Stop);
            }
            let key = self.key(event, key_span, depth)?;
            let (event, span) = self.next()?;
            let mut node = self.node(event, span, depth + 1)?;
            if let Some(key) = key {
                self.hide(span, || sealed::seal_named(&key, &mut node.value));
                entries.push(Entry::new(key, key_span, node));
                ends.push(self.end);
            }
        }
        self.seal_what_siblings_name(&mut entries, &ends);
        self.keep_first_of_each_key(&mut entries);
        if self.hidden.is_some() {
            sealed::seal_keys(&mut entries);
        }
        entries.shrink_to_fit();
        Ok(Value::Map(entries))
    }

    /// Notes that what was read from `start` on is secret, if it is and secrets are sealed.
    fn hide(&mut self, start: Span, is_secret: impl FnOnce() -> bool) {
        let end = self.end;
        if let Some(hidden) = &mut self.hidden
            && is_secret()
        {
            hidden.push(Stretch { start, end });
        }
    }

    fn seal_what_siblings_name(&mut self, entries: &mut [Entry], ends: &[Span]) {
        if self.hidden.is_none() {
            return;
        }
        let Some(name) = sealed::name_of_value(entries) else {
            return;
        };
        for (entry, end) in entries.iter_mut().zip(ends) {
            if sealed::is_value(entry) {
                self.end = *end;
                self.hide(entry.node.span, || {
                    sealed::seal_named(&name, &mut entry.node.value)
                });
            }
        }
    }

    fn refuse_many_keys(&mut self, span: Span) {
        self.refuse(
            "too-many-keys",
            span,
            "",
            &format!("a mapping has more than `{MAX_KEYS}` keys"),
            "make it a list, or split it",
        );
    }

    /// The key's text; `None` (and a finding) for what can't be a key in JSON.
    fn key(&mut self, event: Event<'text>, span: Span, depth: usize) -> Result<Option<Text>, Stop> {
        let value = match event {
            Event::Scalar(text, ScalarStyle::Plain, 0, None) if text == "<<" => {
                self.refuse(
                    "merge-key",
                    span,
                    "",
                    "`<<` is not part of YAML 1.2",
                    "repeat the keys here, or use an alias for a whole value",
                );
                return Ok(None);
            }
            Event::Scalar(text, style, 0, None) => {
                self.spend(Size::key(text.len()), span)?;
                self.hide(span, || secret::find(&text).is_some());
                self.scalar(&text, style, span)
            }
            event => self.node(event, span, depth + 1)?.value,
        };
        if let Value::String(key) = value {
            if key.len() <= MAX_KEY {
                return Ok(Some(key));
            }
            let (rule, message, help) = syntax::key_too_long(key.len());
            self.refuse(rule, span, "", &message, help);
            return Ok(None);
        }
        self.refuse(
            "key-not-text",
            span,
            "",
            "a key is not text",
            "put the key in quotes",
        );
        Ok(None)
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, span: Span) -> Value {
        if style != ScalarStyle::Plain {
            return Value::String(text.into());
        }
        scalar::resolve(text).unwrap_or_else(|scalar::Inexact| {
            self.refuse(
                "number-not-exact",
                span,
                "",
                "a number cannot be held exactly",
                "put it in quotes if it is an identifier, or write a number that a double holds",
            );
            Value::String(text.into())
        })
    }

    fn keep_first_of_each_key(&mut self, entries: &mut Vec<Entry>) {
        let mut repeated = HashSet::new();
        if entries.len() <= FEW_KEYS {
            for (index, entry) in entries.iter().enumerate() {
                let mut earlier = entries.iter().take(index);
                if earlier.any(|earlier| earlier.key == entry.key) {
                    repeated.insert(index);
                }
            }
        } else {
            let mut seen = HashSet::with_capacity(entries.len());
            for (index, entry) in entries.iter().enumerate() {
                if !seen.insert(entry.key.as_str()) {
                    repeated.insert(index);
                }
            }
        }
        if repeated.is_empty() {
            return;
        }
        let mut index = 0;
        entries.retain(|entry| {
            let first = !repeated.contains(&index);
            index += 1;
            if !first {
                self.refuse_repeated(entry);
            }
            first
        });
    }

    fn refuse_repeated(&mut self, entry: &Entry) {
        self.refuse(
            "duplicate-key",
            entry.key_span,
            &entry.key,
            &format!("the key `{}` stands here a second time", quoted(&entry.key)),
            "keep one of the two",
        );
    }

    fn alias(&mut self, id: usize, span: Span, depth: usize) -> Result<Node, Stop> {
        let Some(Anchored { size, height, .. }) = self.anchors.get(&id) else {
            self.refuse(
                "cyclic-alias",
                span,
                "",
                "an alias repeats the value it stands in",
                "write the value out; documents are trees",
            );
            return Err(Stop);
        };
        let (size, height) = (*size, *height);
        if depth + height > MAX_DEPTH {
            let (rule, message, help) = syntax::too_deep();
            self.refuse(rule, span, "", &message, help);
            return Err(Stop);
        }
        self.spend(size, span)?;
        let value = self
            .anchors
            .get(&id)
            .map(|anchored| anchored.node.value.clone());
        Ok(Node {
            span,
            value: value.unwrap_or(Value::Null),
        })
    }

    /// Keeps an anchored value for its aliases; the copy counts against the budget as well.
    fn remember(&mut self, id: usize, node: &Node, before: Size, span: Span) -> Result<(), Stop> {
        let size = Size {
            nodes: self.read.nodes - before.nodes,
            items: self.read.items - before.items,
            text: self.read.text - before.text,
        };
        self.spend(size, span)?;
        self.anchors.insert(
            id,
            Anchored {
                node: node.clone(),
                size,
                height: height(node),
            },
        );
        Ok(())
    }

    fn spend(&mut self, more: Size, span: Span) -> Result<(), Stop> {
        self.read.add(more);
        if self.read.nodes <= MAX_NODES
            && self.read.items <= MAX_ITEMS
            && self.read.text <= MAX_TEXT
        {
            return Ok(());
        }
        self.refuse(
            "too-many-values",
            span,
            "",
            &format!(
                "the document, its aliases expanded, holds more than `{MAX_NODES}` values, `{MAX_ITEMS}` of them in lists, or `{MAX_TEXT}` bytes of text"
            ),
            "remove the aliases, or split the document",
        );
        Err(Stop)
    }

    fn malformed(&mut self, error: &ScanError) {
        let marker = error.marker();
        let span = place(marker);
        let (rule, message, help) = syntax::describe(error.kind());
        self.refuse(rule, span, "", &message, help);
    }

    fn refuse(&mut self, rule: &str, span: Span, about: &str, message: &str, help: &str) {
        self.findings.push(Flaw {
            rule,
            severity: LintSeverity::Error,
            span,
            path: String::new(),
            about,
            message: message.to_owned(),
            help: help.to_owned(),
        });
    }
}

fn height(node: &Node) -> usize {
    let children = match &node.value {
        Value::List(items) => items.iter().map(height).max(),
        Value::Map(entries) => entries.iter().map(|entry| height(&entry.node)).max(),
        _ => None,
    };
    children.map_or(0, |below| below + 1)
}
