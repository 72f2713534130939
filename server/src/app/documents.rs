//! Documents as they come in: read within limits, and held to what the registry needs beyond the
//! standard.

use std::sync::Arc;

use axum::body::Bytes;
use zonecut_contract::finding::{Findings, Flaw};
use zonecut_contract::{Contract, Document, Node, Product, read_contract, read_product};
use zonecut_diagnostics::{LintFinding, LintSeverity, Span};

use crate::compute::Place;

/// Everything that is wrong with a document.
#[derive(Debug, thiserror::Error)]
#[error("the document has {} findings", .0.len())]
pub struct Invalid(pub Vec<LintFinding>);

/// Reads a contract that came in.
///
/// # Errors
/// When it is no valid contract, or names no domain.
pub async fn contract(
    place: &Place,
    file: &'static str,
    bytes: Bytes,
) -> Result<Contract, Invalid> {
    let read = place.run(move || {
        let parsed = read_contract(file, &bytes);
        let contract = parsed.value.ok_or(Invalid(parsed.findings))?;
        storable(&contract.document)?;
        let domain = contract.domain.as_deref();
        needs(&contract.document, "id", Some(&contract.id))?;
        needs(&contract.document, "domain", domain)?;
        needs(&contract.document, "version", Some(&contract.version))?;
        Ok(contract)
    });
    read.await
}

/// Reads a product that came in.
///
/// # Errors
/// When it is no valid product, or names no domain.
pub async fn product(place: &Place, file: &'static str, bytes: Bytes) -> Result<Product, Invalid> {
    let read = place.run(move || {
        let parsed = read_product(file, &bytes);
        let product = parsed.value.ok_or(Invalid(parsed.findings))?;
        storable(&product.document)?;
        needs(&product.document, "id", Some(&product.id))?;
        needs(&product.document, "domain", product.domain.as_deref())?;
        Ok(product)
    });
    read.await
}

/// A finding of the registry about `document`, at its field `path`.
pub(crate) fn finding(
    document: &Document,
    path: &str,
    about: &str,
    message: String,
    help: String,
) -> Invalid {
    let node = document.root.get(path);
    let span = node.map_or(Span::START, |node| node.span);
    at(document, span, path, about, message, help)
}

fn at(
    document: &Document,
    span: Span,
    path: &str,
    about: &str,
    message: String,
    help: String,
) -> Invalid {
    let file: Arc<str> = Arc::clone(&document.file);
    let mut findings = Findings::new(&file);
    findings.push(Flaw {
        rule: "registry",
        severity: LintSeverity::Error,
        span,
        path: path.to_owned(),
        about,
        message,
        help,
    });
    Invalid(findings.sorted())
}

/// PostgreSQL's text can't hold U+0000, which a document may spell `\0`.
fn storable(document: &Document) -> Result<(), Invalid> {
    match nul(&document.root) {
        None => Ok(()),
        Some(span) => {
            let message = "a text holds the character U+0000".to_owned();
            let help = "leave it out".to_owned();
            Err(at(document, span, "", "nul", message, help))
        }
    }
}

fn nul(node: &Node) -> Option<Span> {
    if node.as_str().is_some_and(|text| text.contains('\0')) {
        return Some(node.span);
    }
    let key = node.entries().iter().find(|entry| entry.key.contains('\0'));
    let mut inside = node
        .items()
        .iter()
        .chain(node.entries().iter().map(|entry| &entry.node));
    key.map(|entry| entry.key_span)
        .or_else(|| inside.find_map(nul))
}

fn needs(document: &Document, field: &str, value: Option<&str>) -> Result<(), Invalid> {
    if value.is_some_and(|value| !value.trim().is_empty()) {
        return Ok(());
    }
    let message = format!("`{field}` is missing or empty");
    let help = format!("the registry files documents by `{field}`: state it");
    Err(finding(document, field, "missing", message, help))
}
