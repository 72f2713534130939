//! The immutable state that decides: everything of one serial, compiled.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use zonecut_contract::Contract;
use zonecut_diagnostics::{LintFinding, LintSeverity, Place};

use crate::catalog::Object;
use crate::compile::{self, Compiled, ObjectRules, Rule, RuleEffect, Scopes, When, Who};
use crate::decide::Remembered;
use crate::documents::{ColumnSelector, PolicyDocument, Spec, TimeRange, Word};
use crate::findings::finding;
use crate::input::{Agreement, SnapshotInput};
use crate::lint;
use crate::lower::Dialect;
use crate::matching::Attribute;
use crate::memo::Memo;
use crate::request::Action;
use crate::roles::RoleBook;
use crate::symbols::{Symbol, Symbols};
use crate::tables::{EngineNames, Tables};

/// What all decisions that are remembered may weigh, in bytes.
const REMEMBERED: usize = 16 << 20;

/// Everything of one serial, compiled. Never changes; swapped as a whole.
#[derive(Debug)]
pub struct Snapshot {
    pub(crate) serial: u64,
    pub(crate) symbols: Symbols,
    pub(crate) roles: RoleBook,
    pub(crate) objects: Vec<Object>,
    /// Objects by contract and name.
    pub(crate) by_name: HashMap<Arc<str>, HashMap<Arc<str>, Found>>,
    pub(crate) rules: Vec<Rule>,
    /// Per object, in the order of `objects`.
    pub(crate) reach: Vec<ObjectRules>,
    pub(crate) engines: HashMap<String, EngineEntry>,
    /// Where objects stand in them.
    pub(crate) tables: Tables,
    /// Purposes that a domain publishes.
    pub(crate) purposes: HashMap<Symbol, BTreeSet<String>>,
    /// Moments at which some answer may change.
    pub(crate) turns: Vec<DateTime<Utc>>,
    pub(crate) memo: Memo<Remembered>,
    warnings: Vec<LintFinding>,
}

/// What a name of an object stands for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Found {
    One(usize),
    /// A contract with two objects of one name.
    Ambiguous,
}

/// A registered engine.
#[derive(Debug)]
pub(crate) struct EngineEntry {
    pub symbol: Symbol,
    pub dialect: Dialect,
    pub region: Attribute,
    pub cloud: Attribute,
    pub purpose: Option<String>,
    pub functions: BTreeMap<String, String>,
    pub names: EngineNames,
}

impl Snapshot {
    /// Compiles one committed state.
    ///
    /// # Errors
    /// All findings, when one of them is an error: nothing that does not hold together is served.
    pub fn build(input: &SnapshotInput) -> Result<Self, Vec<LintFinding>> {
        let mut findings = Vec::new();
        let mut symbols = Symbols::default();
        check_names(input, &mut findings);
        let contracts = deciding(&input.contracts);
        let (objects, domains) = flatten(&contracts, &mut symbols);
        let scopes = Scopes::new(&objects, &domains, input.products.iter().map(AsRef::as_ref));
        let roles = RoleBook::build(
            input.policies.iter().map(AsRef::as_ref),
            &mut symbols,
            &mut findings,
        );
        let mut compiled = Compiled::new(objects.len());
        for document in &input.policies {
            compile::document(
                document,
                &scopes,
                &objects,
                &mut symbols,
                &mut compiled,
                &mut findings,
            );
        }
        for contract in &contracts {
            add_odcs_roles(contract, &scopes, &objects, &mut symbols, &mut compiled);
        }
        for agreement in &input.agreements {
            add_agreement(agreement, &scopes, &objects, &mut symbols, &mut compiled);
        }
        compiled.sort();
        lint::documents(
            input,
            &lint::Built {
                objects: &objects,
                compiled: &compiled,
                roles: &roles,
                scopes: &scopes,
            },
            &mut findings,
        );
        findings.sort_by(|a, b| (&a.at, &a.rule, &a.message).cmp(&(&b.at, &b.rule, &b.message)));
        findings.dedup();
        if findings
            .iter()
            .any(|finding| finding.severity == LintSeverity::Error)
        {
            return Err(findings);
        }
        let engines = input
            .policies
            .iter()
            .filter_map(|document| engine(document, &mut symbols))
            .collect();
        let purposes = input
            .purposes
            .iter()
            .map(|(domain, purposes)| (symbols.intern(domain), purposes.clone()))
            .collect();
        Ok(Self {
            serial: input.serial,
            by_name: index(&objects),
            turns: turns(&compiled.rules),
            tables: Tables::new(&contracts),
            objects,
            rules: compiled.rules,
            reach: compiled.reach,
            roles,
            engines,
            purposes,
            symbols,
            memo: Memo::new(REMEMBERED),
            warnings: findings,
        })
    }

    /// The serial of the state it was built from.
    #[must_use]
    pub const fn serial(&self) -> u64 {
        self.serial
    }

    /// What is doubtful about the documents, though they hold together.
    #[must_use]
    pub fn warnings(&self) -> &[LintFinding] {
        &self.warnings
    }

    /// Whether an engine of that name is registered.
    #[must_use]
    pub fn has_engine(&self, name: &str) -> bool {
        self.engines.contains_key(name)
    }

    /// How many columns are asked for where none are named: those at the top of the object.
    #[must_use]
    pub fn width(&self, contract: &str, object: &str) -> usize {
        self.find(contract, object)
            .map_or(0, |(object, _)| object.width)
    }

    /// The object of a contract, unless there is none or more than one.
    pub(crate) fn object(&self, contract: &str, name: &str) -> Option<usize> {
        match self.by_name.get(contract)?.get(name)? {
            Found::One(index) => Some(*index),
            Found::Ambiguous => None,
        }
    }
}

/// Two documents of one identity, and two active versions of one contract.
fn check_names(input: &SnapshotInput, findings: &mut Vec<LintFinding>) {
    let mut seen: HashMap<String, &Place> = HashMap::new();
    for document in &input.policies {
        let id = document.id();
        if let Some(first) = seen.get(&id) {
            let message = format!(
                "`{id}` is there twice; first in `{}`, line {}",
                first.file, first.line
            );
            findings.push(finding(
                "duplicate-document",
                LintSeverity::Error,
                &document.at,
                &id,
                message,
                "give one of them another name",
            ));
        } else {
            seen.insert(id, &document.at);
        }
    }
    let mut contracts = BTreeSet::new();
    for contract in &input.contracts {
        if !contracts.insert(&contract.id) {
            let message = format!("contract `{}` is there twice", contract.id);
            let at = contract.root().span.at(&contract.document.file);
            findings.push(finding(
                "duplicate-contract",
                LintSeverity::Error,
                &at,
                &contract.id,
                message,
                "one version of a contract is active",
            ));
        }
    }
}

fn deciding(contracts: &[Arc<Contract>]) -> Vec<&Contract> {
    contracts
        .iter()
        .map(AsRef::as_ref)
        .filter(|contract| contract.lifecycle().decides())
        .collect()
}

fn flatten(contracts: &[&Contract], symbols: &mut Symbols) -> (Vec<Object>, Vec<Option<String>>) {
    contracts
        .iter()
        .flat_map(|contract| {
            contract
                .objects()
                .iter()
                .map(move |object| (contract, object))
        })
        .map(|(contract, object)| {
            (
                Object::new(contract, object, symbols),
                contract.domain.clone(),
            )
        })
        .unzip()
}

fn index(objects: &[Object]) -> HashMap<Arc<str>, HashMap<Arc<str>, Found>> {
    let mut by_name: HashMap<Arc<str>, HashMap<Arc<str>, Found>> = HashMap::new();
    for (position, object) in objects.iter().enumerate() {
        let names = by_name.entry(Arc::clone(&object.contract)).or_default();
        names
            .entry(Arc::clone(&object.name))
            .and_modify(|found| *found = Found::Ambiguous)
            .or_insert(Found::One(position));
    }
    by_name
}

/// An ODCS role whose access is exactly `read` opens the whole contract to its holders.
fn add_odcs_roles(
    contract: &Contract,
    scopes: &Scopes<'_>,
    objects: &[Object],
    symbols: &mut Symbols,
    compiled: &mut Compiled,
) {
    for role in contract
        .roles
        .iter()
        .filter(|role| role.access.as_deref() == Some("read"))
    {
        let rule = Rule {
            global: false,
            label: format!("role `{}` of contract `{}`", role.name, contract.id),
            reason: None,
            actions: compile::bit(Action::Select),
            to: Who {
                roles: Some(symbols.set([role.name.as_str()])),
                ..Who::default()
            },
            when: When::default(),
            unless: None,
            effect: RuleEffect::Grant,
            agreement: false,
            at: None,
        };
        compiled.add(
            rule,
            &ColumnSelector::default(),
            scopes.contract(&contract.id),
            objects,
        );
    }
}

/// An agreement opens its columns for its purpose. Users and groups are `ORed` here, so it becomes
/// one grant for each of the two.
fn add_agreement(
    agreement: &Agreement,
    scopes: &Scopes<'_>,
    objects: &[Object],
    symbols: &mut Symbols,
    compiled: &mut Compiled,
) {
    let at = Place {
        file: "agreements".into(),
        line: 1,
        column: 1,
    };
    let columns = ColumnSelector {
        names: agreement.columns.as_ref().map(|columns| {
            columns
                .iter()
                .map(|text| Word {
                    text: text.clone(),
                    at: at.clone(),
                })
                .collect()
        }),
        ..ColumnSelector::default()
    };
    let users = Who {
        users: Some(symbols.set(agreement.users.iter().map(String::as_str))),
        ..Who::default()
    };
    let groups = Who {
        groups: Some(symbols.set(agreement.groups.iter().map(String::as_str))),
        ..Who::default()
    };
    for to in [users, groups] {
        let rule = Rule {
            global: false,
            label: format!("agreement `{}`", agreement.id),
            reason: None,
            actions: compile::bit(Action::Select),
            to,
            when: When {
                purposes: Some(symbols.set([agreement.purpose.as_str()])),
                time: Some(TimeRange {
                    from: agreement.from,
                    until: Some(agreement.until),
                }),
                ..When::default()
            },
            unless: None,
            effect: RuleEffect::Grant,
            agreement: true,
            at: None,
        };
        compiled.add(rule, &columns, scopes.product(&agreement.product), objects);
    }
}

fn engine(document: &PolicyDocument, symbols: &mut Symbols) -> Option<(String, EngineEntry)> {
    let Spec::Engine(engine) = &document.spec else {
        return None;
    };
    let mut attribute = |name: &Option<String>| {
        name.as_ref().map_or(Attribute::Unknown, |name| {
            Attribute::Known(Some(symbols.intern(name)))
        })
    };
    let (region, cloud) = (attribute(&engine.region), attribute(&engine.cloud));
    let entry = EngineEntry {
        symbol: symbols.intern(&document.name),
        dialect: engine.dialect,
        region,
        cloud,
        purpose: engine.purpose.clone(),
        functions: engine.functions.clone(),
        names: EngineNames::new(engine),
    };
    Some((document.name.clone(), entry))
}

/// Every moment at which a rule begins or ceases to hold.
fn turns(rules: &[Rule]) -> Vec<DateTime<Utc>> {
    let ranges = rules
        .iter()
        .flat_map(|rule| {
            [
                rule.when.time,
                rule.unless.as_ref().and_then(|(_, when)| when.time),
            ]
        })
        .flatten();
    let mut turns = ranges
        .flat_map(|range| [range.from, range.until])
        .flatten()
        .collect::<Vec<_>>();
    turns.sort_unstable();
    turns.dedup();
    turns
}
