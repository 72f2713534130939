//! What is wrong with a document that its official schema allows: meaning, privacy, secrets.
//!
//! Belongs here: the registry of rules, each in a file of its own whose module documentation is its
//! page. Does not belong here: comparing versions (`evolution`).

mod calendar;
mod catalogue;
mod cron;
mod elements;
mod known;
mod nodes;
mod rule;
mod sections;
mod service_level;
mod siblings;
mod sql;
mod subject;

mod ambiguous_unit;
mod amount_impossible;
mod classification_unknown;
mod date_invalid;
mod duplicate_id;
mod duplicate_name;
mod example_contradicts;
mod extension_invalid;
mod hidden_carrier;
mod key_position_unclear;
mod names_differ_in_case;
mod pattern_backtracks;
mod pattern_invalid;
mod port_contract_elsewhere;
mod port_contract_unknown;
mod port_without_contract;
mod quality_reference_unknown;
mod range_empty;
mod relationship_uneven;
mod relationship_unresolved;
mod schedule_invalid;
mod secret_in_document;
mod sla_contradicts;
mod sla_element_unknown;
mod sql_column_unknown;
mod sql_invalid;
mod sql_not_checked;
mod status_unknown;
mod storage_too_narrow;
mod unclassified_personal;
mod unit_unknown;
mod unknown_semantic_type;
mod uri_invalid;
mod value_not_of_type;
mod version_not_semver;
mod word_in_other_letters;
mod word_misspelled;

use std::sync::Arc;

use zonecut_diagnostics::LintFinding;

use crate::finding::Findings;
use crate::model::{Contract, Product};
use crate::node::{Document, Node};
use crate::read;
use crate::schema::{self, Standard};
use crate::sensitivity::Classification;

pub use catalogue::Catalogue;
use elements::Elements;
pub use pattern_backtracks::Backtracking;
pub use pattern_invalid::pattern_flaw;
pub use rule::Rule;
use rule::{Check, Report};
use subject::Subject;

/// Every rule, by name.
pub static ALL: [&Rule; 37] = [
    &ambiguous_unit::RULE,
    &amount_impossible::RULE,
    &classification_unknown::RULE,
    &date_invalid::RULE,
    &duplicate_id::RULE,
    &duplicate_name::RULE,
    &example_contradicts::RULE,
    &extension_invalid::RULE,
    &hidden_carrier::RULE,
    &key_position_unclear::RULE,
    &names_differ_in_case::RULE,
    &pattern_backtracks::RULE,
    &pattern_invalid::RULE,
    &port_contract_elsewhere::RULE,
    &port_contract_unknown::RULE,
    &port_without_contract::RULE,
    &quality_reference_unknown::RULE,
    &range_empty::RULE,
    &relationship_uneven::RULE,
    &relationship_unresolved::RULE,
    &schedule_invalid::RULE,
    &secret_in_document::RULE,
    &sla_contradicts::RULE,
    &sla_element_unknown::RULE,
    &sql_column_unknown::RULE,
    &sql_invalid::RULE,
    &sql_not_checked::RULE,
    &status_unknown::RULE,
    &storage_too_narrow::RULE,
    &unclassified_personal::RULE,
    &unit_unknown::RULE,
    &unknown_semantic_type::RULE,
    &uri_invalid::RULE,
    &value_not_of_type::RULE,
    &version_not_semver::RULE,
    &word_in_other_letters::RULE,
    &word_misspelled::RULE,
];

/// What is wrong with a contract that keeps the official schema.
#[must_use]
pub fn lint(contract: &Contract) -> Vec<LintFinding> {
    let mut findings = Findings::new(&contract.document.file).of(&contract.id);
    apply_to_contract(contract, Classification::usual(), &mut findings);
    findings.sorted()
}

/// What is wrong with a product that keeps the official schema.
#[must_use]
pub fn lint_product(product: &Product) -> Vec<LintFinding> {
    let mut findings = Findings::new(&product.document.file).of(&product.id);
    apply_to_product(product, Classification::usual(), &mut findings);
    findings.sorted()
}

/// What is wrong with the ports of a product, given the contracts that stand in its tree. Nothing for
/// documents that can't be read.
#[must_use]
pub fn lint_ports(file: &str, bytes: &[u8], here: &Catalogue) -> Vec<LintFinding> {
    let file: Arc<str> = file.into();
    let document = read::parse(&file, bytes, &mut Findings::new(&file));
    let Some(product) = document.and_then(Product::view) else {
        return Vec::new();
    };
    let mut findings = Findings::new(&file).of(&product.id);
    for rule in ALL {
        if let Check::Ports(check) = rule.check {
            let mut report = Report::new(rule, Classification::usual(), &mut findings);
            check(&product, here, &mut report);
        }
    }
    findings.sorted()
}

/// What `zonecut lint` says about one document.
#[derive(Debug, Clone)]
pub struct Linted {
    /// Whether it could be read: its syntax holds, and it keeps every limit.
    pub readable: bool,
    /// Everything that is wrong with it, by place.
    pub findings: Vec<LintFinding>,
}

/// Everything that is wrong with a document of either kind, in one pass.
///
/// Unlike `read_contract` followed by [`lint`], the rules also speak about a document that breaks
/// its schema, as far as it can be read.
#[must_use]
pub fn lint_document(file: &str, bytes: &[u8]) -> Linted {
    lint_document_by(Classification::usual(), file, bytes)
}

/// The same where labels and tags stand for what a repository says.
#[must_use]
pub fn lint_document_by(classification: &Classification, file: &str, bytes: &[u8]) -> Linted {
    let (readable, findings) = examine(classification, &file.into(), bytes);
    Linted {
        readable,
        findings: findings.sorted(),
    }
}

/// The same before it is put in order, and with what would mend it.
pub(crate) fn examine(
    classification: &Classification,
    file: &Arc<str>,
    bytes: &[u8],
) -> (bool, Findings) {
    let mut findings = Findings::new(file);
    let document = read::parse(file, bytes, &mut findings)
        .filter(|document| read::expands(document, &mut findings));
    let readable = !findings.has_errors();
    if let Some(document) = document {
        judge(document, classification, &mut findings);
    }
    (readable, findings)
}

/// Up to so many items in lists, the rules also speak about a document that breaks its schema: a larger
/// one is worth looking at when it is mended.
const MOST_BROKEN: usize = 10_000;

fn judge(document: Document, classification: &Classification, findings: &mut Findings) {
    let kind = document.root.get("kind").and_then(Node::as_str);
    let standard = kind
        .and_then(Standard::of_kind)
        .unwrap_or(Standard::Contract);
    schema::validate(&document, standard, findings);
    let is_large = || schema::items(&document.root) > MOST_BROKEN;
    if findings.is_full() || (findings.has_errors() && is_large()) {
        return;
    }
    let id = document
        .root
        .get("id")
        .and_then(Node::as_str)
        .unwrap_or_default();
    let mut meant = Findings::new(&document.file).of(id);
    match standard {
        Standard::Contract => {
            if let Some(contract) = Contract::view(document) {
                apply_to_contract(&contract, classification, &mut meant);
            }
        }
        Standard::Product => {
            if let Some(product) = Product::view(document) {
                apply_to_product(&product, classification, &mut meant);
            }
        }
    }
    findings.append(meant);
}

fn apply_to_contract(
    contract: &Contract,
    classification: &Classification,
    findings: &mut Findings,
) {
    let elements = Elements::of(contract.root());
    let subject = Subject::new(contract, &elements);
    for rule in ALL {
        let mut report = Report::new(rule, classification, findings);
        match rule.check {
            Check::Contract(check) | Check::Either(check, _) => check(&subject, &mut report),
            Check::Document(check) => check(&contract.document, &mut report),
            Check::Product(_) | Check::Ports(_) => {}
        }
    }
}

fn apply_to_product(product: &Product, classification: &Classification, findings: &mut Findings) {
    for rule in ALL {
        let mut report = Report::new(rule, classification, findings);
        match rule.check {
            Check::Product(check) | Check::Either(_, check) => check(product, &mut report),
            Check::Document(check) => check(&product.document, &mut report),
            Check::Contract(_) | Check::Ports(_) => {}
        }
    }
}
