//! From bytes to documents: the stream, and what all kinds have in common.

use std::sync::Arc;

use zonecut_contract::finding::Findings;
use zonecut_contract::node::{Document, Node};
use zonecut_contract::read::{Parsed, parse, parse_stream};

use zonecut_diagnostics::source::Text;

use super::{API_VERSION, PolicyDocument, Spec, engine, roles, rules};
use zonecut_contract::strict::Reader;

/// The most documents one file may hold.
const MAX_DOCUMENTS: usize = 256;
const KINDS: [&str; 4] = ["Policy", "Guardrail", "Roles", "Engine"];

/// Reads all policy documents of a file: a YAML stream, or JSON.
#[must_use]
pub fn read_policies(file: &str, bytes: &[u8]) -> Parsed<Vec<PolicyDocument>> {
    let file: Arc<str> = file.into();
    let mut findings = Findings::new(&file);
    let trees = parse_stream(&file, bytes, MAX_DOCUMENTS, &mut findings);
    let text = trees.first().map(|tree| Arc::clone(&tree.text));
    let text = Text::new(text.unwrap_or_default());
    let documents = trees
        .iter()
        .filter_map(|tree| read_one(tree, &text, &mut findings))
        .collect();
    Parsed::new(Some(documents), findings)
}

/// Reads a file of one document with `read`.
pub(crate) fn read_tree<T>(
    file: &str,
    bytes: &[u8],
    read: impl FnOnce(&mut Reader<'_>, &Node) -> Option<T>,
) -> Parsed<T> {
    let file: Arc<str> = file.into();
    let mut findings = Findings::new(&file);
    let tree = parse(&file, bytes, &mut findings);
    let value = tree.and_then(|tree| {
        let mut reader = Reader {
            file: &file,
            findings: &mut findings,
        };
        read(&mut reader, &tree.root)
    });
    Parsed::new(value, findings)
}

fn read_one(tree: &Document, text: &Text, findings: &mut Findings) -> Option<PolicyDocument> {
    let before = findings.len();
    let mut reader = Reader {
        file: &tree.file,
        findings,
    };
    let root = &tree.root;
    if !reader.mapping(root, "", &["apiVersion", "kind", "metadata", "spec"]) {
        return None;
    }
    api_version(&mut reader, root);
    let kind = kind(&mut reader, root)?;
    let (name, domain) = metadata(&mut reader, root, kind);
    let Some(spec) = root.get("spec") else {
        reader.missing(root, "spec", "what the document says stands there");
        return None;
    };
    let spec = match kind {
        "Policy" => rules::read(&mut reader, spec, text, true).map(Spec::Policy),
        "Guardrail" => rules::read(&mut reader, spec, text, false).map(Spec::Guardrail),
        "Roles" => roles::read(&mut reader, spec).map(Spec::Roles),
        _ => engine::read(&mut reader, spec).map(|engine| Spec::Engine(Box::new(engine))),
    };
    let at = reader.place(root.span);
    let whole = findings.len() == before;
    Some(PolicyDocument {
        name: name?,
        domain,
        at,
        spec: spec?,
    })
    .filter(|_| whole)
}

fn api_version(reader: &mut Reader<'_>, root: &Node) {
    let help = format!("`apiVersion: {API_VERSION}`");
    match root.get("apiVersion") {
        None => reader.missing(root, "apiVersion", &help),
        Some(node) if node.as_str() == Some(API_VERSION) => {}
        Some(node) => reader.refuse(
            "unknown-version",
            node.span,
            "apiVersion",
            "unknown `apiVersion`".to_owned(),
            help,
        ),
    }
}

fn kind(reader: &mut Reader<'_>, root: &Node) -> Option<&'static str> {
    let known = format!("one of {}", crate::quoted(KINDS.iter().copied()));
    let Some(node) = root.get("kind") else {
        reader.missing(root, "kind", &known);
        return None;
    };
    let word = reader.word(node, "kind")?.text;
    let found = KINDS.iter().find(|kind| **kind == word).copied();
    if found.is_none() {
        let help = zonecut_contract::spelling::nearest(&word, KINDS.iter().copied())
            .map_or(known, |kind| format!("did you mean `{kind}`?"));
        reader.refuse(
            "unknown-kind",
            node.span,
            "kind",
            format!("unknown kind `{word}`"),
            help,
        );
    }
    found
}

/// Name and domain: a policy has a domain, roles may have one, guardrails and engines are global.
fn metadata(reader: &mut Reader<'_>, root: &Node, kind: &str) -> (Option<String>, Option<String>) {
    let Some(node) = root.get("metadata") else {
        reader.missing(root, "metadata", "`metadata: {name: …}`");
        return (None, None);
    };
    if !reader.mapping(node, "metadata", &["name", "domain"]) {
        return (None, None);
    }
    if node.get("name").is_none() {
        reader.missing(node, "metadata.name", "every document has a name");
    }
    let name = identifier(reader, node, "name");
    let domain = identifier(reader, node, "domain");
    match (kind, node.entry("domain")) {
        ("Policy", None) => reader.missing(
            node,
            "metadata.domain",
            "a policy speaks for a domain; what holds everywhere is a `Guardrail`",
        ),
        ("Guardrail" | "Engine", Some(entry)) => {
            let message = format!("a `{kind}` has no domain");
            reader.refuse(
                "global-kind",
                entry.key_span,
                "metadata.domain",
                message,
                "leave it out; what a domain says for itself is a `Policy`",
            );
        }
        _ => {}
    }
    (name, domain)
}

fn identifier(reader: &mut Reader<'_>, node: &Node, key: &str) -> Option<String> {
    let text = reader.text(node, key, "metadata")?;
    let plain =
        |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '_' | '.');
    if text.len() <= 128 && text.chars().all(plain) {
        return Some(text);
    }
    let span = node.get(key).map_or(node.span, |child| child.span);
    let path = format!("metadata.{key}");
    reader.refuse(
        "invalid-name",
        span,
        &path,
        format!("`{path}` is no name"),
        "letters, digits, `-`, `_` and `.`, at most 128",
    );
    None
}
