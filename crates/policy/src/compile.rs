//! From documents to rules in numbers, and per object the rules that reach it.

use std::collections::HashMap;

use zonecut_contract::Product;
use zonecut_diagnostics::{LintFinding, LintSeverity, Place};
use zonecut_mask::Mask;

use crate::catalog::{Column, Object};
use crate::documents::{
    self, Applies, ColumnSelector, Effect, PolicyDocument, RuleSet, Spec, TimeRange, Word,
};
use crate::filter::{self, Predicate};
use crate::findings::finding;
use crate::request::Action;
use crate::symbols::{Symbol, Symbols};

/// A rule of any kind.
#[derive(Debug)]
pub(crate) struct Rule {
    /// Of a guardrail: looks at global roles only.
    pub global: bool,
    /// ``mask `client-networks` of policy `resolvers/recursive-queries` ``.
    pub label: String,
    /// `reason`.
    pub reason: Option<String>,
    /// One bit per action.
    pub actions: u8,
    pub to: Who,
    pub when: When,
    pub unless: Option<(Who, When)>,
    pub effect: RuleEffect,
    /// Whether it is an approved agreement.
    pub agreement: bool,
    /// Where it stands; none when no policy document says it.
    pub at: Option<Place>,
}

/// What a compiled rule does.
#[derive(Debug)]
pub(crate) enum RuleEffect {
    Grant,
    Deny,
    Mask(Mask),
    Filter(Predicate),
}

/// Compiled `to`; every list sorted.
#[derive(Debug, Default)]
pub(crate) struct Who {
    pub users: Option<Box<[Symbol]>>,
    pub groups: Option<Box<[Symbol]>>,
    pub roles: Option<Box<[Symbol]>>,
}

/// Compiled `when`; every list sorted.
#[derive(Debug, Default)]
pub(crate) struct When {
    pub purposes: Option<Box<[Symbol]>>,
    pub regions: Option<Box<[Symbol]>>,
    pub clouds: Option<Box<[Symbol]>>,
    pub engines: Option<Box<[Symbol]>>,
    pub agreement: bool,
    pub time: Option<TimeRange>,
}

impl Rule {
    /// The label, with the reason where one is given.
    pub(crate) fn reasoned(&self) -> String {
        match &self.reason {
            Some(reason) => format!("{}: {reason}", self.label),
            None => self.label.clone(),
        }
    }
}

/// The bit of an action.
pub(crate) const fn bit(action: Action) -> u8 {
    1 << action as u8
}

/// Leaves of an object, one bit each.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Leaves(Box<[u64]>);

impl Leaves {
    pub(crate) fn none(count: usize) -> Self {
        Self(vec![0; count.div_ceil(64)].into_boxed_slice())
    }

    pub(crate) fn add(&mut self, leaf: usize) {
        if let Some(word) = self.0.get_mut(leaf / 64) {
            *word |= 1 << (leaf % 64);
        }
    }

    pub(crate) fn add_all(&mut self, other: &Self) {
        self.0
            .iter_mut()
            .zip(&other.0)
            .for_each(|(word, more)| *word |= more);
    }

    pub(crate) fn has(&self, leaf: usize) -> bool {
        self.0
            .get(leaf / 64)
            .is_some_and(|word| word >> (leaf % 64) & 1 == 1)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    /// Whether there is a leaf here that is not in `other`.
    pub(crate) fn exceeds(&self, other: &Self) -> bool {
        self.0
            .iter()
            .zip(&other.0)
            .any(|(word, less)| word & !less != 0)
    }
}

/// A rule that reaches an object.
#[derive(Debug)]
pub(crate) struct Reach {
    /// Position in the snapshot's rules.
    pub rule: usize,
    /// The leaves it is about.
    pub leaves: Leaves,
}

/// The rules that reach an object, by effect, each list in the order of labels.
#[derive(Debug, Default)]
pub(crate) struct ObjectRules {
    pub grants: Vec<Reach>,
    pub denies: Vec<Reach>,
    pub masks: Vec<Reach>,
    pub filters: Vec<usize>,
    /// Grants that are agreements, whichever columns they open: they lend their purpose.
    pub agreements: Vec<usize>,
}

/// Everything compiled so far.
#[derive(Debug, Default)]
pub(crate) struct Compiled {
    pub rules: Vec<Rule>,
    /// Per object, in the order of the catalogue.
    pub reach: Vec<ObjectRules>,
}

impl Compiled {
    pub(crate) fn new(objects: usize) -> Self {
        Self {
            rules: Vec::new(),
            reach: std::iter::repeat_with(ObjectRules::default)
                .take(objects)
                .collect(),
        }
    }

    /// Adds a rule and its reach into each of `scope`.
    pub(crate) fn add(
        &mut self,
        rule: Rule,
        columns: &ColumnSelector,
        scope: &[usize],
        objects: &[Object],
    ) {
        let position = self.rules.len();
        for index in scope {
            let (Some(object), Some(reach)) = (objects.get(*index), self.reach.get_mut(*index))
            else {
                continue;
            };
            if rule.agreement {
                reach.agreements.push(position);
            }
            if matches!(rule.effect, RuleEffect::Filter(_)) {
                reach.filters.push(position);
                continue;
            }
            let leaves = select(object, columns, matches!(rule.effect, RuleEffect::Grant));
            if leaves.is_empty() {
                continue;
            }
            let list = match rule.effect {
                RuleEffect::Grant => &mut reach.grants,
                RuleEffect::Deny => &mut reach.denies,
                _ => &mut reach.masks,
            };
            list.push(Reach {
                rule: position,
                leaves,
            });
        }
        self.rules.push(rule);
    }

    /// Puts every list in the order of what answers say, so that the order of documents can't show.
    pub(crate) fn sort(&mut self) {
        let rules = &self.rules;
        let key = |rule: usize| rules.get(rule).map(|rule| (&rule.label, &rule.reason));
        for reach in &mut self.reach {
            for list in [&mut reach.grants, &mut reach.denies, &mut reach.masks] {
                list.sort_by(|a, b| key(a.rule).cmp(&key(b.rule)));
            }
            reach.filters.sort_by(|a, b| key(*a).cmp(&key(*b)));
        }
    }
}

/// The leaves a selector picks. A grant opens a leaf that matches by itself; a restriction also
/// reaches a leaf through any container that matches, because what hides a container hides what
/// is in it.
pub(crate) fn select(object: &Object, columns: &ColumnSelector, grant: bool) -> Leaves {
    let mut leaves = Leaves::none(object.leaves);
    for (number, column) in object.leaf_columns().enumerate() {
        let through = || {
            object
                .containers(column)
                .any(|container| picks(object, columns, container))
        };
        if picks(object, columns, column) || (!grant && through()) {
            leaves.add(number);
        }
    }
    leaves
}

fn picks(object: &Object, selector: &ColumnSelector, column: &Column) -> bool {
    let any = |words: &Option<Vec<Word>>, test: &dyn Fn(&str) -> bool| {
        words
            .as_ref()
            .is_none_or(|words| words.iter().any(|word| test(&word.text)))
    };
    let named = |name: &str| {
        name == &*column.path
            || object
                .containers(column)
                .any(|container| name == &*container.path)
    };
    let tagged = |tag: &str| column.tags.iter().any(|own| own.eq_ignore_ascii_case(tag));
    let classified = |class: &str| {
        column
            .classification
            .as_ref()
            .is_some_and(|own| own.eq_ignore_ascii_case(class))
    };
    let typed = |name: &str| column.semantic_type.as_deref() == Some(name);
    any(&selector.names, &named)
        && any(&selector.tags, &tagged)
        && any(&selector.classifications, &classified)
        && any(&selector.semantic_types, &typed)
}

/// Where contracts and products are, for `applies`.
#[derive(Debug, Default)]
pub(crate) struct Scopes<'a> {
    by_domain: HashMap<&'a str, Vec<usize>>,
    by_contract: HashMap<&'a str, Vec<usize>>,
    by_product: HashMap<&'a str, Vec<usize>>,
    count: usize,
}

impl<'a> Scopes<'a> {
    pub(crate) fn new(
        objects: &'a [Object],
        domains: &'a [Option<String>],
        products: impl Iterator<Item = &'a Product>,
    ) -> Self {
        let mut scopes = Self {
            count: objects.len(),
            ..Self::default()
        };
        for (index, (object, domain)) in objects.iter().zip(domains).enumerate() {
            scopes
                .by_contract
                .entry(&object.contract)
                .or_default()
                .push(index);
            if let Some(domain) = domain {
                scopes.by_domain.entry(domain).or_default().push(index);
            }
        }
        for product in products {
            for contract in product
                .output_ports
                .iter()
                .filter_map(|port| port.contract_id.as_deref())
            {
                let held = scopes
                    .by_contract
                    .get(contract)
                    .into_iter()
                    .flatten()
                    .copied();
                // A stranger's product pulls nothing in.
                let own = held.filter(|index| {
                    domains
                        .get(*index)
                        .is_some_and(|domain| domain.is_some() && *domain == product.domain)
                });
                let own = own.collect::<Vec<_>>();
                scopes
                    .by_product
                    .entry(&product.id)
                    .or_default()
                    .extend(own);
            }
        }
        scopes
    }

    /// The objects on the output ports of a product, of its own domain.
    pub(crate) fn product(&self, id: &str) -> &[usize] {
        self.by_product.get(id).map_or(&[], Vec::as_slice)
    }

    /// The objects of a contract.
    pub(crate) fn contract(&self, id: &str) -> &[usize] {
        self.by_contract.get(id).map_or(&[], Vec::as_slice)
    }

    /// The objects that a document is about.
    pub(crate) fn of(
        &self,
        document: &PolicyDocument,
        applies: &Applies,
        objects: &[Object],
    ) -> Vec<usize> {
        let mut scope = match document.domain.as_deref() {
            Some(domain) => self.by_domain.get(domain).cloned().unwrap_or_default(),
            None => (0..self.count).collect(),
        };
        let mut keep = |words: &Option<Vec<Word>>, found: &dyn Fn(&str) -> Vec<usize>| {
            if let Some(words) = words {
                let mut any = words
                    .iter()
                    .flat_map(|word| found(&word.text))
                    .collect::<Vec<_>>();
                any.sort_unstable();
                scope.retain(|index| any.binary_search(index).is_ok());
            }
        };
        keep(&applies.products, &|id| self.product(id).to_vec());
        keep(&applies.contracts, &|id| self.contract(id).to_vec());
        keep(&applies.domains, &|domain| {
            self.by_domain.get(domain).cloned().unwrap_or_default()
        });
        if let Some(tags) = &applies.tags {
            let tagged = |object: &Object| {
                tags.iter().any(|tag| {
                    object
                        .tags
                        .iter()
                        .any(|own| own.eq_ignore_ascii_case(&tag.text))
                })
            };
            scope.retain(|index| objects.get(*index).is_some_and(tagged));
        }
        scope
    }
}

/// Compiles the rules of one document; a filter that cannot be evaluated is a finding.
pub(crate) fn document(
    document: &PolicyDocument,
    scopes: &Scopes<'_>,
    objects: &[Object],
    symbols: &mut Symbols,
    compiled: &mut Compiled,
    findings: &mut Vec<LintFinding>,
) {
    let (set, global): (&RuleSet, bool) = match &document.spec {
        Spec::Policy(set) => (set, false),
        Spec::Guardrail(set) => (set, true),
        Spec::Roles(_) | Spec::Engine(_) => return,
    };
    let scope = scopes.of(document, &set.applies, objects);
    for rule in &set.rules {
        if let Effect::Filter(filter) = &rule.effect {
            check_filter(rule, filter, &scope, objects, findings);
        }
        compiled.add(
            compile(rule, document, global, symbols),
            &rule.columns,
            &scope,
            objects,
        );
    }
}

fn compile(
    rule: &documents::Rule,
    document: &PolicyDocument,
    global: bool,
    symbols: &mut Symbols,
) -> Rule {
    let (kind, effect) = match &rule.effect {
        Effect::Grant => ("grant", RuleEffect::Grant),
        Effect::Deny => ("deny", RuleEffect::Deny),
        Effect::Mask(mask) => ("mask", RuleEffect::Mask(mask.clone())),
        Effect::Filter(filter) => ("filter", RuleEffect::Filter(filter.predicate.clone())),
    };
    let owner = match &document.domain {
        Some(domain) => format!("policy `{domain}/{}`", document.name),
        None => format!("guardrail `{}`", document.name),
    };
    Rule {
        global,
        label: format!("{kind} `{}` of {owner}", rule.name),
        reason: rule.reason.clone(),
        actions: rule
            .actions
            .iter()
            .fold(0, |bits, action| bits | bit(*action)),
        to: who(&rule.to, symbols),
        when: when(&rule.when, symbols),
        unless: rule
            .unless
            .as_ref()
            .map(|exemption| (who(&exemption.to, symbols), when(&exemption.when, symbols))),
        effect,
        agreement: false,
        at: Some(rule.at.clone()),
    }
}

fn set(words: Option<&Vec<Word>>, symbols: &mut Symbols) -> Option<Box<[Symbol]>> {
    words.map(|words| symbols.set(words.iter().map(|word| word.text.as_str())))
}

fn who(subjects: &documents::Subjects, symbols: &mut Symbols) -> Who {
    Who {
        users: set(subjects.users.as_ref(), symbols),
        groups: set(subjects.groups.as_ref(), symbols),
        roles: set(subjects.roles.as_ref(), symbols),
    }
}

fn when(conditions: &documents::Conditions, symbols: &mut Symbols) -> When {
    When {
        purposes: set(conditions.purposes.as_ref(), symbols),
        regions: set(conditions.regions.as_ref(), symbols),
        clouds: set(conditions.clouds.as_ref(), symbols),
        engines: set(conditions.engines.as_ref(), symbols),
        agreement: conditions.agreement,
        time: conditions.time,
    }
}

fn check_filter(
    rule: &documents::Rule,
    filter: &documents::Filter,
    scope: &[usize],
    objects: &[Object],
    findings: &mut Vec<LintFinding>,
) {
    for object in scope.iter().filter_map(|index| objects.get(*index)) {
        let names = object
            .leaf_columns()
            .filter(|column| !column.reference().item)
            .map(|column| &*column.path)
            .collect::<Vec<_>>();
        for error in filter::check(&filter.predicate, &|path| object.filterable(path), &names) {
            let (contract, object) = (&object.contract, &object.name);
            let message = format!("`{object}` of contract `{contract}`: {}", error.message);
            let path = format!("{}.rows", rule.path);
            findings.push(finding(
                "filter-type",
                LintSeverity::Error,
                &filter.place(error.at),
                &path,
                message,
                error.help,
            ));
        }
    }
}
