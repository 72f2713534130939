//! From bytes to a spanned tree, within limits.
//!
//! Belongs here: everything that can be wrong with a document before anybody asks what it is about.
//! Does not belong here: the official schemas (`schema`), the typed view (`model`).
//!
//! JSON is read by the same parser: YAML 1.2 contains it. The parser is the one `serde-saphyr`
//! stands on, used through its events, because a `Deserialize` cannot hand out where each *key* of
//! a generic tree stands.

mod expansion;
mod scalar;
mod size;
mod syntax;
mod yaml;

use std::sync::Arc;

use zonecut_diagnostics::{LintFinding, LintSeverity, Span, Stretch};

use crate::finding::{Findings, Flaw};
use crate::node::Document;
use crate::secret;

/// The largest document read, in bytes.
pub const MAX_BYTES: usize = 4 * 1024 * 1024;
/// The deepest nesting read: sixty-four structures within each other.
pub const MAX_DEPTH: usize = 128;
/// The most values a document may hold, its aliases expanded: twenty for each of five thousand
/// columns.
pub const MAX_NODES: usize = 100_000;
/// The most items that all lists may hold together, aliases expanded: two for each of ten thousand
/// columns, and room for what else there is. An item, unlike a key, may be a difference or a flaw by itself.
pub const MAX_ITEMS: usize = 24_000;
/// The most keys of one mapping: they are looked up one after the other.
pub const MAX_KEYS: usize = 4096;
/// The longest key, in bytes: the limit of YAML for keys without `?`, in whatever way a key is written.
pub const MAX_KEY: usize = 1024;
/// The most YAML directives before a document; none has a meaning for us.
const MAX_DIRECTIVES: usize = 16;
/// The most text that values may hold together, aliases expanded.
pub const MAX_TEXT: usize = 2 * MAX_BYTES;

/// What was read, and all that is wrong with it.
#[derive(Debug, Clone)]
pub struct Parsed<T> {
    /// The value; present exactly when no finding is an error.
    pub value: Option<T>,
    /// All findings, by place.
    pub findings: Vec<LintFinding>,
}

impl<T> Parsed<T> {
    /// `value`, unless a finding is an error.
    #[must_use]
    pub fn new(value: Option<T>, findings: Findings) -> Self {
        Self {
            value: value.filter(|_| !findings.has_errors()),
            findings: findings.sorted(),
        }
    }
}

/// Reads a YAML 1.2 or JSON document into a tree in which everything knows its place.
#[must_use]
pub fn read_document(file: &str, bytes: &[u8]) -> Parsed<Document> {
    let file: Arc<str> = file.into();
    let mut findings = Findings::new(&file);
    let document = parse(&file, bytes, &mut findings);
    Parsed::new(document, findings)
}

/// Whether a tree can be looked at element by element: what every element inherits and is called by
/// stays within limits. If not, a finding says so.
pub fn expands(document: &Document, findings: &mut Findings) -> bool {
    expansion::check(&document.root, findings)
}

/// The tree as far as it could be read, its secrets sealed: repeated keys keep their first value.
pub fn parse(file: &Arc<str>, bytes: &[u8], findings: &mut Findings) -> Option<Document> {
    let text = admit(bytes, findings)?;
    let (root, mut hidden) = yaml::sealed_tree(text, findings);
    hidden.extend(secret::comments(text).iter().map(|(stretch, _)| *stretch));
    Some(Document {
        file: Arc::clone(file),
        text: text.into(),
        root: root?,
        hidden: hidden.into(),
    })
}

/// The same with nothing sealed, for schemas of other formats: what they say is carried over.
pub fn parse_open(file: &Arc<str>, bytes: &[u8], findings: &mut Findings) -> Option<Document> {
    let text = admit(bytes, findings)?;
    Some(Document {
        file: Arc::clone(file),
        text: text.into(),
        root: yaml::tree(text, findings)?,
        hidden: [].into(),
    })
}

/// What of a text must not be shown, as far as its syntax holds; where it does not hold, the lines that
/// look like it as well.
#[must_use]
pub fn secrets(text: &str) -> Vec<Stretch> {
    let mut findings = Findings::new(&"".into());
    let (root, mut hidden) = yaml::sealed_tree(text, &mut findings);
    hidden.extend(secret::comments(text).iter().map(|(stretch, _)| *stretch));
    if root.is_none() {
        hidden.extend(secret::suspect_lines(text));
    }
    hidden
}

/// The documents of a YAML stream with nothing sealed, at most `most`, as far as they could be read. The limits hold for
/// the stream as a whole; every place is one of the file.
pub fn parse_stream(
    file: &Arc<str>,
    bytes: &[u8],
    most: usize,
    findings: &mut Findings,
) -> Vec<Document> {
    let Some(text) = admit(bytes, findings) else {
        return Vec::new();
    };
    let trees = yaml::trees(text, most, findings);
    let text: Arc<str> = text.into();
    trees
        .into_iter()
        .map(|root| Document {
            file: Arc::clone(file),
            text: Arc::clone(&text),
            root,
            hidden: [].into(),
        })
        .collect()
}

fn admit<'a>(bytes: &'a [u8], findings: &mut Findings) -> Option<&'a str> {
    let mut refuse = |rule, span, message, help: &str| {
        findings.push(Flaw {
            rule,
            severity: LintSeverity::Error,
            span,
            path: String::new(),
            about: "",
            message,
            help: help.to_owned(),
        });
        None
    };
    if bytes.len() > MAX_BYTES {
        let message = format!(
            "the document has `{}` bytes; at most `{MAX_BYTES}` are read",
            bytes.len()
        );
        return refuse(
            "document-too-large",
            Span::START,
            message,
            "split it into several documents",
        );
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if directives(text) > MAX_DIRECTIVES => refuse(
            "syntax",
            Span::START,
            format!("the document begins with more than `{MAX_DIRECTIVES}` directives"),
            "begin with `apiVersion` and `kind`",
        ),
        Ok(text) => Some(text),
        Err(error) => {
            let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let bad = bytes.get(error.valid_up_to()).copied().unwrap_or_default();
            refuse(
                "not-utf8",
                Span::after(&String::from_utf8_lossy(valid)),
                format!("the byte `0x{bad:02x}` is not UTF-8"),
                "save the document as UTF-8",
            )
        }
    }
}

/// How many YAML directives stand before the first document.
fn directives(text: &str) -> usize {
    let head = text
        .lines()
        .take_while(|line| line.starts_with(['%', '#']) || line.is_empty());
    head.filter(|line| line.starts_with('%')).count()
}
