//! Who holds which roles. casbin resolves inheritance, once, when the snapshot is built.
//!
//! Its graph has one namespace of names and links per domain: names of roles are prefixed, and a
//! domain's graph holds the global links beside its own.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use casbin::{DefaultRoleManager, RoleManager};
use zonecut_diagnostics::{LintFinding, LintSeverity};

use crate::documents::{PolicyDocument, RoleDefinition, Roles, Spec};
use crate::findings::finding;
use crate::symbols::{Symbol, Symbols, sorted};

/// The longest chain of inheritance. casbin answers as if there were none beyond its own limit,
/// so a longer chain is refused rather than cut.
pub(crate) const MAX_DEPTH: usize = 32;
/// The domain of casbin's graph that holds global links only; no domain has this name.
const GLOBAL: &str = "*";

/// Roles by holder, compiled.
#[derive(Debug, Default)]
pub(crate) struct RoleBook {
    /// What the holder of a role holds: per domain with roles of its own, and for all others.
    closures: HashMap<Option<Symbol>, HashMap<Symbol, Box<[Symbol]>>>,
    users: HashMap<Symbol, Vec<Held>>,
    groups: HashMap<Symbol, Vec<Held>>,
    defined: BTreeMap<Option<String>, BTreeSet<String>>,
}

#[derive(Debug, Clone, Copy)]
struct Held {
    /// None is everywhere.
    domain: Option<Symbol>,
    role: Symbol,
}

impl RoleBook {
    /// Compiles all `Roles` documents; cycles and chains that are too deep are findings.
    pub(crate) fn build<'a>(
        documents: impl Iterator<Item = &'a PolicyDocument>,
        symbols: &mut Symbols,
        findings: &mut Vec<LintFinding>,
    ) -> Self {
        let mut by_domain: BTreeMap<Option<&str>, Vec<&Roles>> =
            BTreeMap::from([(None, Vec::new())]);
        for document in documents {
            if let Spec::Roles(roles) = &document.spec {
                by_domain
                    .entry(document.domain.as_deref())
                    .or_default()
                    .push(roles);
            }
        }
        let mut book = Self::default();
        let global = by_domain.get(&None).cloned().unwrap_or_default();
        for (domain, own) in &by_domain {
            let inherited = if domain.is_some() {
                global.as_slice()
            } else {
                &[]
            };
            let definitions = inherited
                .iter()
                .chain(own)
                .flat_map(|roles| &roles.roles)
                .collect::<Vec<_>>();
            book.close(*domain, &definitions, symbols, findings);
            book.bind(*domain, own, symbols);
            let names = own
                .iter()
                .flat_map(|roles| &roles.roles)
                .map(|role| role.name.text.clone());
            book.defined
                .insert(domain.map(ToOwned::to_owned), names.collect());
        }
        book
    }

    fn close(
        &mut self,
        domain: Option<&str>,
        definitions: &[&RoleDefinition],
        symbols: &mut Symbols,
        findings: &mut Vec<LintFinding>,
    ) {
        let before = findings.len();
        check_chains(definitions, findings);
        if findings.len() > before {
            return;
        }
        let graph = domain.unwrap_or(GLOBAL);
        let mut manager = DefaultRoleManager::new(MAX_DEPTH + 1);
        let mut names = BTreeSet::new();
        for definition in definitions {
            names.insert(definition.name.text.as_str());
            for parent in &definition.inherits {
                names.insert(&parent.text);
                manager.add_link(
                    &role(&definition.name.text),
                    &role(&parent.text),
                    Some(graph),
                );
            }
        }
        let closures = names.into_iter().map(|name| {
            let reached = reachable(&manager, &role(name), graph);
            let held = reached
                .iter()
                .filter_map(|name| name.strip_prefix("role:"))
                .map(|name| symbols.intern(name))
                .collect();
            (symbols.intern(name), sorted(held))
        });
        let closures = closures.collect();
        let key = domain.map(|domain| symbols.intern(domain));
        self.closures.insert(key, closures);
    }

    fn bind(&mut self, domain: Option<&str>, own: &[&Roles], symbols: &mut Symbols) {
        let domain = domain.map(|domain| symbols.intern(domain));
        for binding in own.iter().flat_map(|roles| &roles.bindings) {
            let held = Held {
                domain,
                role: symbols.intern(&binding.role.text),
            };
            for user in &binding.users {
                self.users
                    .entry(symbols.intern(&user.text))
                    .or_default()
                    .push(held);
            }
            for group in &binding.groups {
                self.groups
                    .entry(symbols.intern(&group.text))
                    .or_default()
                    .push(held);
            }
        }
    }

    /// The roles a principal holds about contracts of `domain`, sorted.
    pub(crate) fn held(
        &self,
        user: Option<Symbol>,
        groups: &[Symbol],
        domain: Option<Symbol>,
    ) -> Box<[Symbol]> {
        let of_user = user.and_then(|user| self.users.get(&user));
        let of_groups = groups.iter().filter_map(|group| self.groups.get(group));
        let mut held = Vec::new();
        for binding in of_user.into_iter().chain(of_groups).flatten() {
            if binding.domain.is_none() || binding.domain == domain {
                self.extend_with(binding.role, domain, &mut held);
            }
        }
        sorted(held)
    }

    /// What whoever holds `role` holds about contracts of `domain`, sorted.
    pub(crate) fn implied(&self, role: Symbol, domain: Option<Symbol>) -> Box<[Symbol]> {
        let mut held = Vec::new();
        self.extend_with(role, domain, &mut held);
        sorted(held)
    }

    fn extend_with(&self, role: Symbol, domain: Option<Symbol>, held: &mut Vec<Symbol>) {
        held.push(role);
        let closure = self
            .closures
            .get(&domain)
            .or_else(|| self.closures.get(&None));
        held.extend(
            closure
                .and_then(|closure| closure.get(&role))
                .into_iter()
                .flatten(),
        );
    }

    /// The users, and the groups, that roles are bound to.
    pub(crate) fn holders(&self) -> (impl Iterator<Item = Symbol>, impl Iterator<Item = Symbol>) {
        (self.users.keys().copied(), self.groups.keys().copied())
    }

    /// The roles a domain defines (none: the global ones), by name.
    pub(crate) fn defined(&self, domain: Option<&str>) -> impl Iterator<Item = &str> {
        self.defined
            .get(&domain.map(ToOwned::to_owned))
            .into_iter()
            .flatten()
            .map(String::as_str)
    }

    /// Every domain with roles of its own.
    pub(crate) fn is_defined(&self, role: &str, domain: Option<&str>) -> bool {
        self.defined(None)
            .chain(self.defined(domain))
            .any(|name| name == role)
    }
}

fn role(name: &str) -> String {
    format!("role:{name}")
}

/// Everything casbin says a role leads to, itself included.
fn reachable(manager: &DefaultRoleManager, start: &str, graph: &str) -> BTreeSet<String> {
    let mut reached = BTreeSet::from([start.to_owned()]);
    let mut open = vec![start.to_owned()];
    while let Some(name) = open.pop() {
        for next in manager.get_roles(&name, Some(graph)) {
            if reached.insert(next.clone()) {
                open.push(next);
            }
        }
    }
    reached
}

/// Refuses cycles, and chains longer than [`MAX_DEPTH`], at the definition that closes them.
fn check_chains(definitions: &[&RoleDefinition], findings: &mut Vec<LintFinding>) {
    let mut parents: HashMap<&str, Vec<&RoleDefinition>> = HashMap::new();
    for definition in definitions {
        parents
            .entry(&definition.name.text)
            .or_default()
            .push(definition);
    }
    let mut depths: HashMap<&str, Depth> = HashMap::new();
    for definition in definitions {
        depth(definition, &parents, &mut depths, findings, 0);
    }
}

enum Depth {
    Open,
    Known(usize),
}

fn depth<'a>(
    definition: &'a RoleDefinition,
    parents: &HashMap<&'a str, Vec<&'a RoleDefinition>>,
    depths: &mut HashMap<&'a str, Depth>,
    findings: &mut Vec<LintFinding>,
    from: usize,
) -> usize {
    let name = definition.name.text.as_str();
    match depths.get(name) {
        Some(Depth::Known(depth)) => return *depth,
        Some(Depth::Open) => {
            let message = format!("role `{name}` inherits itself");
            findings.push(finding(
                "role-cycle",
                LintSeverity::Error,
                &definition.name.at,
                name,
                message,
                "break the circle of `inherits`",
            ));
            return 0;
        }
        None => {}
    }
    depths.insert(name, Depth::Open);
    let mut deepest = 0;
    // Past the limit the chain is refused already; looking further could exhaust the stack.
    if from <= MAX_DEPTH {
        for parent in parents
            .get(name)
            .into_iter()
            .flatten()
            .flat_map(|definition| &definition.inherits)
        {
            for definition in parents.get(parent.text.as_str()).into_iter().flatten() {
                deepest = deepest.max(depth(definition, parents, depths, findings, from + 1));
            }
            deepest = deepest.max(1);
        }
    }
    let deep = deepest + 1;
    if deep > MAX_DEPTH || from > MAX_DEPTH {
        let message = format!("role `{name}` stands in a chain of more than {MAX_DEPTH} roles");
        findings.push(finding(
            "role-depth",
            LintSeverity::Error,
            &definition.name.at,
            name,
            message,
            "inherit more directly",
        ));
    }
    depths.insert(name, Depth::Known(deep));
    deep
}
