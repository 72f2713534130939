//! What is doubtful about documents that hold together.

mod columns;
mod masks;

use std::collections::BTreeSet;

use zonecut_diagnostics::{LintFinding, LintSeverity, Place};

use crate::catalog::Object;
use crate::compile::{Compiled, Scopes};
use crate::documents::{self, Effect, PolicyDocument, RuleSet, Spec, Word};
use crate::findings::finding;
use crate::input::SnapshotInput;
use crate::roles::RoleBook;

/// What was compiled from the documents.
pub(crate) struct Built<'a> {
    pub objects: &'a [Object],
    pub compiled: &'a Compiled,
    pub roles: &'a RoleBook,
    pub scopes: &'a Scopes<'a>,
}

/// Looks at every document.
pub(crate) fn documents(input: &SnapshotInput, built: &Built<'_>, findings: &mut Vec<LintFinding>) {
    let names = Names::of(input);
    for document in &input.policies {
        match &document.spec {
            Spec::Policy(set) | Spec::Guardrail(set) => {
                rule_set(document, set, &names, built, findings);
            }
            Spec::Roles(roles) => role_names(document, roles, built, findings),
            Spec::Engine(_) => {}
        }
    }
    masks::check(built, findings);
}

/// Names that selectors may use.
struct Names<'a> {
    products: BTreeSet<&'a str>,
    contracts: BTreeSet<&'a str>,
    domains: BTreeSet<&'a str>,
    engines: BTreeSet<&'a str>,
}

impl<'a> Names<'a> {
    fn of(input: &'a SnapshotInput) -> Self {
        Self {
            products: input
                .products
                .iter()
                .map(|product| product.id.as_str())
                .collect(),
            contracts: input
                .contracts
                .iter()
                .map(|contract| contract.id.as_str())
                .collect(),
            domains: input
                .contracts
                .iter()
                .filter_map(|contract| contract.domain.as_deref())
                .collect(),
            engines: input
                .policies
                .iter()
                .filter(|document| matches!(document.spec, Spec::Engine(_)))
                .map(|document| document.name.as_str())
                .collect(),
        }
    }
}

fn warn(
    rule: &str,
    at: &Place,
    path: &str,
    message: String,
    help: impl Into<String>,
) -> LintFinding {
    finding(rule, LintSeverity::Warning, at, path, message, help)
}

/// Words that name nothing there is.
fn unknown<'a>(
    kind: &str,
    words: Option<&Vec<Word>>,
    known: &dyn Fn(&str) -> bool,
    all: impl Iterator<Item = &'a str>,
    path: &str,
    findings: &mut Vec<LintFinding>,
) {
    let all = all.collect::<Vec<_>>();
    for word in words
        .into_iter()
        .flatten()
        .filter(|word| !known(&word.text))
    {
        let help = zonecut_contract::spelling::nearest(&word.text, all.iter().copied())
            .map_or_else(
                || "until there is one of that name, it matches nothing".to_owned(),
                |name| format!("did you mean `{name}`?"),
            );
        findings.push(warn(
            &format!("unknown-{kind}"),
            &word.at,
            path,
            format!("unknown {kind} `{}`", word.text),
            help,
        ));
    }
}

fn rule_set(
    document: &PolicyDocument,
    set: &RuleSet,
    names: &Names<'_>,
    built: &Built<'_>,
    findings: &mut Vec<LintFinding>,
) {
    let applies = &set.applies;
    let path = "spec.applies";
    unknown(
        "product",
        applies.products.as_ref(),
        &|name| names.products.contains(name),
        names.products.iter().copied(),
        path,
        findings,
    );
    unknown(
        "contract",
        applies.contracts.as_ref(),
        &|name| names.contracts.contains(name),
        names.contracts.iter().copied(),
        path,
        findings,
    );
    unknown(
        "domain",
        applies.domains.as_ref(),
        &|name| names.domains.contains(name),
        names.domains.iter().copied(),
        path,
        findings,
    );
    foreign_products(document, applies, names, built, findings);
    // A guardrail looks at global roles only.
    let domain = document.domain.as_deref();
    for rule in &set.rules {
        let subjects = [
            Some(&rule.to),
            rule.unless.as_ref().map(|exemption| &exemption.to),
        ];
        for subjects in subjects.into_iter().flatten() {
            let all = built
                .roles
                .defined(None)
                .chain(built.roles.defined(domain))
                .collect::<Vec<_>>();
            unknown(
                "role",
                subjects.roles.as_ref(),
                &|name| built.roles.is_defined(name, domain),
                all.into_iter(),
                &rule.path,
                findings,
            );
        }
        let conditions = [
            Some(&rule.when),
            rule.unless.as_ref().map(|exemption| &exemption.when),
        ];
        for conditions in conditions.into_iter().flatten() {
            unknown(
                "engine",
                conditions.engines.as_ref(),
                &|name| names.engines.contains(name),
                names.engines.iter().copied(),
                &rule.path,
                findings,
            );
        }
        let types = rule.columns.semantic_types.as_ref();
        let known = zonecut_dns::semantic_types()
            .map(|known| known.name)
            .collect::<Vec<_>>();
        unknown(
            "semantic-type",
            types,
            &|name| zonecut_dns::semantic_type(name).is_some(),
            known.into_iter(),
            &rule.path,
            findings,
        );
        purposes_in_restriction(rule, findings);
    }
    let scope = built.scopes.of(document, applies, built.objects);
    let scope: Vec<_> = scope
        .iter()
        .filter_map(|index| built.objects.get(*index))
        .collect();
    let guardrail = matches!(document.spec, Spec::Guardrail(_));
    columns::check(set, guardrail, &scope, findings);
}

/// A domain's policy that picks a product whose contracts are not its own picks nothing.
fn foreign_products(
    document: &PolicyDocument,
    applies: &documents::Applies,
    names: &Names<'_>,
    built: &Built<'_>,
    findings: &mut Vec<LintFinding>,
) {
    let Some(domain) = document.domain.as_deref() else {
        return;
    };
    for word in applies
        .products
        .iter()
        .flatten()
        .filter(|word| names.products.contains(word.text.as_str()))
    {
        if built.scopes.product(&word.text).is_empty() {
            let message = format!(
                "product `{}` has no active contract of domain `{domain}` on its output ports",
                word.text
            );
            findings.push(warn(
                "empty-scope",
                &word.at,
                "spec.applies.products",
                message,
                "a policy speaks about its own domain's contracts only",
            ));
        }
    }
}

/// A purpose is the caller's claim: a restriction that waits for one is escaped by another.
fn purposes_in_restriction(rule: &documents::Rule, findings: &mut Vec<LintFinding>) {
    if !matches!(rule.effect, Effect::Grant) && rule.when.purposes.is_some() {
        let message = format!(
            "`{}` falls only on purposes that callers state themselves",
            rule.name
        );
        findings.push(warn(
            "purpose-in-restriction",
            &rule.at,
            &rule.path,
            message,
            "turn it round: `unless: {purposes: […]}`",
        ));
    }
}

fn role_names(
    document: &PolicyDocument,
    roles: &documents::Roles,
    built: &Built<'_>,
    findings: &mut Vec<LintFinding>,
) {
    let domain = document.domain.as_deref();
    let bound = roles.bindings.iter().map(|binding| &binding.role);
    let inherited = roles.roles.iter().flat_map(|role| &role.inherits);
    for word in bound
        .chain(inherited)
        .filter(|word| !built.roles.is_defined(&word.text, domain))
    {
        let known = built.roles.defined(None).chain(built.roles.defined(domain));
        let help = zonecut_contract::spelling::nearest(&word.text, known).map_or_else(
            || "define it under `roles`".to_owned(),
            |name| format!("did you mean `{name}`?"),
        );
        findings.push(warn(
            "unknown-role",
            &word.at,
            "spec.roles",
            format!("unknown role `{}`", word.text),
            help,
        ));
    }
}
