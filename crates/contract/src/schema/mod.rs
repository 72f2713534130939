//! The official JSON Schemas of ODCS and ODPS, embedded, and what documents owe them.
//!
//! Belongs here: which schema judges which `apiVersion`, and the wording of its verdicts. Unknown
//! keys are warnings even where the schema closes an object: a document may say more than its
//! standard knows. Does not belong here: meaning (`lint`).

mod instance;
mod keyword;
mod pattern;
mod plain;
mod published;
mod survey;
mod words;

use std::sync::{LazyLock, OnceLock};

use jsonschema::{Draft, PatternOptions, Registry, RegistryBuilder, ValidationError, Validator};
use zonecut_diagnostics::{LintSeverity, Span};

use crate::finding::{Findings, Flaw};
use crate::node::{Document, Node, Value};
use crate::place;
use crate::spelling::{list, quoted};
use instance::{Tree, View};
use plain::Strangers;
use published::Json;
use survey::Survey;

/// A standard whose documents we read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standard {
    /// Open Data Contract Standard: `kind: DataContract`.
    Contract,
    /// Open Data Product Standard: `kind: DataProduct`.
    Product,
}

/// One published schema, read when first needed; parsed for good, and compiled, when a document is not
/// plainly valid.
#[derive(Debug)]
struct Edition {
    versions: &'static [&'static str],
    plain: LazyLock<Json<'static>>,
    schema: LazyLock<serde_json::Value>,
    validator: OnceLock<Option<Validator<Tree>>>,
}

impl Edition {
    fn validator(&self) -> Option<&Validator<Tree>> {
        let validator = self.validator.get_or_init(|| compile(&self.schema));
        validator.as_ref()
    }
}

macro_rules! text {
    ($file:literal) => {
        serde_json::from_str(include_str!(concat!("../../schemas/", $file))).unwrap_or_default()
    };
}

macro_rules! edition {
    ($versions:expr, $file:literal) => {
        Edition {
            versions: &$versions,
            plain: LazyLock::new(|| text!($file)),
            schema: LazyLock::new(|| text!($file)),
            validator: OnceLock::new(),
        }
    };
}

/// Oldest first: each also judges documents of the versions before it.
static CONTRACTS: [Edition; 3] = [
    edition!(["v3.0.0", "v3.0.1", "v3.0.2"], "odcs-v3.0.2.json"),
    edition!(["v3.1.0"], "odcs-v3.1.0.json"),
    edition!(["v3.2.0"], "odcs-v3.2.0.json"),
];

static PRODUCTS: [Edition; 2] = [
    edition!(["v0.9.0"], "odps-v0.9.0.json"),
    edition!(["v1.0.0"], "odps-v1.0.0.json"),
];

impl Standard {
    fn editions(self) -> &'static [Edition] {
        match self {
            Self::Contract => &CONTRACTS,
            Self::Product => &PRODUCTS,
        }
    }

    /// What `kind` says.
    #[must_use]
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Contract => "DataContract",
            Self::Product => "DataProduct",
        }
    }

    /// The standard of a `kind`.
    #[must_use]
    pub fn of_kind(kind: &str) -> Option<Self> {
        [Self::Contract, Self::Product]
            .into_iter()
            .find(|standard| standard.kind() == kind)
    }
}

/// A validator for one of the schemas embedded above.
///
/// The schema is referred to, rather than compiled as the root, because compiling a root of draft
/// 2019-09 first compiles that draft's meta-schema, which takes three times as long as the rest
/// and would tell us about a schema that is part of this program. Within the reference its own
/// draft holds.
fn compile(schema: &serde_json::Value) -> Option<Validator<Tree>> {
    Registry::new()
        .draft(Draft::Draft201909)
        .add("urn:zonecut:schema", schema)
        .and_then(RegistryBuilder::prepare)
        .map_err(ValidationError::from)
        .and_then(|registry| {
            jsonschema::options_for::<Tree>()
                .with_draft(Draft::Draft7)
                .with_registry(&registry)
                .with_pattern_options(PatternOptions::regex())
                .build(&serde_json::json!({"$ref": "urn:zonecut:schema"}))
        })
        .ok()
}

/// Everything in `document` that `standard` does not allow, or does not know.
///
/// A newer edition also judges documents of older versions, and the standards' own examples rely on
/// it: what the declared edition refuses and a newer one accepts is a warning.
pub fn validate(document: &Document, standard: Standard, findings: &mut Findings) {
    let id = document.root.get("id").and_then(Node::as_str);
    let id = id.unwrap_or_default();
    let Some((declared, index)) = declared(&document.root, standard, findings) else {
        return;
    };
    let mut editions = standard.editions().iter().skip(index);
    let mut judged = Findings::new(&document.file).of(id);
    let survey = editions
        .next()
        .and_then(|edition| judge(document, standard, edition, &mut judged));
    if judged.has_errors() {
        let survey = survey.as_ref();
        if let Some(newer) = editions
            .find_map(|edition| accepted(document, standard, edition, survey))
            .map(|(mut newer, edition)| {
                newer.push(newer_needed(&document.root, declared, edition));
                newer
            })
        {
            judged = newer;
        }
    }
    findings.append(judged);
}

/// What a newer edition has to say, if it refuses nothing: first about what the declared one refused,
/// then about all of it.
fn accepted<'a>(
    document: &Document,
    standard: Standard,
    edition: &'a Edition,
    refused: Option<&Survey>,
) -> Option<(Findings, &'a Edition)> {
    let root = &document.root;
    // Most refuse as well, which is known long before why.
    if plain::holds(&edition.plain, root, Strangers::Kept) == Some(false) {
        return None;
    }
    let id = root.get("id").and_then(Node::as_str).unwrap_or_default();
    let mut judged = Findings::new(&document.file).of(id);
    if refused.is_some() {
        explain(root, edition, refused, &mut judged);
        if judged.has_errors() {
            return None;
        }
        judged = Findings::new(&document.file).of(id);
    }
    judge(document, standard, edition, &mut judged);
    (!judged.has_errors()).then_some((judged, edition))
}

/// Up to so many items in lists, the validator sees the whole of an invalid document; each error may
/// cost a kilobyte.
const FEW_ITEMS: usize = 1_000;

/// Judges by one edition. Answers with what it looked at where that was not the whole document.
fn judge(
    document: &Document,
    standard: Standard,
    edition: &Edition,
    findings: &mut Findings,
) -> Option<Survey> {
    let (root, schema) = (&document.root, &*edition.plain);
    let strict = plain::holds(schema, root, Strangers::Refused);
    if strict == Some(true) {
        return None;
    }
    let Some(validator) = edition.validator() else {
        findings.push(unusable(standard));
        return None;
    };
    if strict.is_none() && validator.is_valid(View::whole(root)) {
        return None;
    }
    let (kept, survey) = plain::survey(schema, root, Strangers::Kept);
    let sure = kept.is_some() && strict.is_some();
    let survey = (sure && items(root) > FEW_ITEMS).then(|| match kept {
        Some(false) => survey,
        _ => plain::survey(schema, root, Strangers::Refused).1,
    });
    explain(root, edition, survey.as_ref(), findings);
    if kept == Some(false) && !findings.has_errors() {
        findings.leave(LintSeverity::Error);
    }
    if survey.as_ref().is_some_and(|survey| survey.is_cut) {
        findings.leave(if kept == Some(false) {
            LintSeverity::Error
        } else {
            LintSeverity::Warning
        });
    }
    survey
}

fn explain(root: &Node, edition: &Edition, survey: Option<&Survey>, findings: &mut Findings) {
    let Some(validator) = edition.validator() else {
        return;
    };
    let errors: Vec<_> = validator.iter_errors(View::of(root, survey)).collect();
    words::Judge::new(root, &edition.schema, survey).explain_all(&errors, findings);
}

/// How many items all lists hold.
pub fn items(node: &Node) -> usize {
    let inside = node.entries().iter().map(|entry| &entry.node);
    let below: usize = inside.chain(node.items()).map(items).sum();
    below + node.items().len()
}

fn newer_needed<'a>(root: &Node, declared: &'a str, edition: &Edition) -> Flaw<'a> {
    let newer = edition.versions.last().copied().unwrap_or_default();
    Flaw {
        rule: "newer-than-declared",
        severity: LintSeverity::Warning,
        span: root.get("apiVersion").map_or(root.span, |node| node.span),
        path: "apiVersion".to_owned(),
        about: declared,
        message: format!("the document declares `{declared}` and uses what `{newer}` brought"),
        help: format!("write `apiVersion: {newer}`"),
    }
}

/// A schema of ours that does not compile judges nothing valid.
fn unusable(standard: Standard) -> Flaw<'static> {
    Flaw {
        rule: "schema-unusable",
        severity: LintSeverity::Error,
        span: Span::START,
        path: String::new(),
        about: "",
        message: format!(
            "the embedded schema for `{}` cannot be used",
            standard.kind()
        ),
        help: "this is a fault of the program, not of the document: report it".to_owned(),
    }
}

/// The version declared and the place of its edition, if it is one we read.
fn declared<'a>(
    root: &'a Node,
    standard: Standard,
    findings: &mut Findings,
) -> Option<(&'a str, usize)> {
    if !matches!(root.value, Value::Map(_)) {
        findings.push(Flaw {
            rule: "not-a-document",
            severity: LintSeverity::Error,
            span: root.span,
            path: String::new(),
            about: "",
            message: format!(
                "{} stands where a mapping is expected",
                place::describe(root)
            ),
            help: format!("begin with `apiVersion` and `kind: {}`", standard.kind()),
        });
        return None;
    }
    if !has_kind(root, standard, findings) {
        return None;
    }
    let editions = standard.editions();
    let declared = root.get("apiVersion").and_then(Node::as_str);
    let found = declared.and_then(|declared| {
        let of = |edition: &Edition| edition.versions.contains(&declared);
        Some((declared, editions.iter().position(of)?))
    });
    if found.is_some() {
        return found;
    }
    let known: Vec<&str> = editions
        .iter()
        .flat_map(|edition| edition.versions.iter().copied())
        .collect();
    findings.push(unsupported(root, &known, standard));
    None
}

fn has_kind(root: &Node, standard: Standard, findings: &mut Findings) -> bool {
    let wanted = standard.kind();
    let kind = root.get("kind");
    let said = kind.and_then(Node::as_str);
    if said == Some(wanted) {
        return true;
    }
    let message = match (kind, said) {
        (_, Some(other)) => format!("`kind` is `{}` where `{wanted}` is expected", quoted(other)),
        (Some(node), None) => format!(
            "`kind` is {} where `{wanted}` is expected",
            place::describe(node)
        ),
        (None, None) => "`kind` is missing".to_owned(),
    };
    findings.push(Flaw {
        rule: "wrong-kind",
        severity: LintSeverity::Error,
        span: kind.map_or(root.span, |node| node.span),
        path: "kind".to_owned(),
        about: said.unwrap_or_default(),
        message,
        help: format!("write `kind: {wanted}`"),
    });
    false
}

fn unsupported<'a>(root: &'a Node, known: &[&str], standard: Standard) -> Flaw<'a> {
    let declared = root.get("apiVersion");
    let message = match declared {
        None => "`apiVersion` is missing".to_owned(),
        Some(node) => match node.as_str() {
            Some(version) => format!("`apiVersion` `{}` is not read", quoted(version)),
            None => format!(
                "`apiVersion` is {} where text is expected",
                place::describe(node)
            ),
        },
    };
    let newest = known.last().copied().unwrap_or_default();
    let advised = match standard {
        Standard::Contract => "v3.1.0",
        Standard::Product => newest,
    };
    Flaw {
        rule: "unsupported-version",
        severity: LintSeverity::Error,
        span: declared.map_or_else(|| Span::START, |node| node.span),
        path: "apiVersion".to_owned(),
        about: declared.and_then(Node::as_str).unwrap_or_default(),
        message,
        help: format!("write `apiVersion: {advised}`; read are {}", list(known)),
    }
}
