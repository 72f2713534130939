//! Policy documents as they are written, every name with its place.
//!
//! Belongs here: the four kinds, reading them, and everything that can be wrong with one document
//! by itself. Does not belong here: what they mean together (`snapshot`), or with a contract.

mod engine;
mod read;
mod roles;
mod rules;
mod selectors;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use zonecut_diagnostics::Place;
use zonecut_mask::Mask;

use crate::filter::Predicate;
use crate::lower::Dialect;
use crate::request::Action;

pub use read::read_policies;
pub(crate) use read::read_tree;
pub use zonecut_contract::strict::Word;

/// The `apiVersion` of every policy document.
pub const API_VERSION: &str = "zonecut/v1";

/// A policy document of any kind.
#[derive(Debug, Clone)]
pub struct PolicyDocument {
    /// `metadata.name`.
    pub name: String,
    /// `metadata.domain`.
    pub domain: Option<String>,
    /// Where it begins.
    pub at: Place,
    /// What it says.
    pub spec: Spec,
}

/// What a document says, by kind.
#[derive(Debug, Clone)]
pub enum Spec {
    /// `Policy`: owned by a domain, about its own contracts.
    Policy(RuleSet),
    /// `Guardrail`: applies everywhere; never grants.
    Guardrail(RuleSet),
    /// `Roles`: roles and who holds them.
    Roles(Roles),
    /// `Engine`: a registered query engine.
    Engine(Box<Engine>),
}

impl PolicyDocument {
    /// `kind`.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self.spec {
            Spec::Policy(_) => "Policy",
            Spec::Guardrail(_) => "Guardrail",
            Spec::Roles(_) => "Roles",
            Spec::Engine(_) => "Engine",
        }
    }

    /// Its identity: `roles.resolvers.resolvers`, `guardrail.global.no-wire`.
    #[must_use]
    pub fn id(&self) -> String {
        let domain = self.domain.as_deref().unwrap_or("global");
        format!(
            "{}.{domain}.{}",
            self.kind().to_ascii_lowercase(),
            self.name
        )
    }
}

/// The rules of a `Policy` or a `Guardrail`.
#[derive(Debug, Clone, Default)]
pub struct RuleSet {
    /// `applies`: which objects it is about.
    pub applies: Applies,
    /// All its rules, in the order of the document.
    pub rules: Vec<Rule>,
}

/// `applies`: keys are `ANDed`, values `ORed`; an absent key matches all.
#[derive(Debug, Clone, Default)]
pub struct Applies {
    /// Products, by id.
    pub products: Option<Vec<Word>>,
    /// Contracts, by id.
    pub contracts: Option<Vec<Word>>,
    /// Tags of the contract or the object.
    pub tags: Option<Vec<Word>>,
    /// Domains.
    pub domains: Option<Vec<Word>>,
}

/// One grant, deny, mask or filter.
#[derive(Debug, Clone)]
pub struct Rule {
    /// `name`, or its place in the list: `masks[2]`.
    pub name: String,
    /// `reason`, carried by answers.
    pub reason: Option<String>,
    /// Where it begins.
    pub at: Place,
    /// Where it stands in the document: `spec.masks[2]`.
    pub path: String,
    /// Whom it is about.
    pub to: Subjects,
    /// Which actions it is about.
    pub actions: Vec<Action>,
    /// Which columns it is about; filters are about rows.
    pub columns: ColumnSelector,
    /// When it holds.
    pub when: Conditions,
    /// What exempts from it.
    pub unless: Option<Exemption>,
    /// What it does.
    pub effect: Effect,
}

/// What a rule does.
#[derive(Debug, Clone)]
pub enum Effect {
    /// Opens columns.
    Grant,
    /// Closes columns.
    Deny,
    /// Changes how columns look.
    Mask(Mask),
    /// Leaves out rows.
    Filter(Filter),
}

/// `rows` of a filter.
#[derive(Debug, Clone)]
pub struct Filter {
    /// The predicate.
    pub predicate: Predicate,
    /// Where each line of its text begins in the file: see [`Filter::place`].
    pub at: Place,
    /// Whether the text stands in one line of the file, so that columns can be counted on.
    pub one_line: bool,
}

impl Filter {
    /// Where a position of the predicate stands in the file.
    #[must_use]
    pub fn place(&self, position: crate::filter::Position) -> Place {
        let mut place = self.at.clone();
        if self.one_line {
            place.column += position.column - 1;
        }
        place
    }
}

/// `to`: keys are `ANDed`, values `ORed`; an absent key matches everybody.
#[derive(Debug, Clone, Default)]
pub struct Subjects {
    /// Users, by name.
    pub users: Option<Vec<Word>>,
    /// Groups, by name.
    pub groups: Option<Vec<Word>>,
    /// Roles, by name.
    pub roles: Option<Vec<Word>>,
}

impl Subjects {
    /// Whether it names anybody.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.users.is_none() && self.groups.is_none() && self.roles.is_none()
    }
}

/// `columns`: keys are `ANDed`, values `ORed`; an absent key matches every column.
#[derive(Debug, Clone, Default)]
pub struct ColumnSelector {
    /// Paths of columns; a container means what is in it.
    pub names: Option<Vec<Word>>,
    /// Tags, in any case.
    pub tags: Option<Vec<Word>>,
    /// Classifications, in any case.
    pub classifications: Option<Vec<Word>>,
    /// Semantic types.
    pub semantic_types: Option<Vec<Word>>,
}

/// `when`: keys are `ANDed`, values `ORed`; an absent key always holds.
#[derive(Debug, Clone, Default)]
pub struct Conditions {
    /// Purposes.
    pub purposes: Option<Vec<Word>>,
    /// Regions of the engine.
    pub regions: Option<Vec<Word>>,
    /// Clouds of the engine.
    pub clouds: Option<Vec<Word>>,
    /// Engines, by name.
    pub engines: Option<Vec<Word>>,
    /// The principal has an agreement for the purpose.
    pub agreement: bool,
    /// A span of time.
    pub time: Option<TimeRange>,
}

impl Conditions {
    /// Whether it asks for anything.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.purposes.is_none()
            && self.regions.is_none()
            && self.clouds.is_none()
            && self.engines.is_none()
            && !self.agreement
            && self.time.is_none()
    }
}

/// `unless`: exempts when all its keys match.
#[derive(Debug, Clone, Default)]
pub struct Exemption {
    /// Who is exempt.
    pub to: Subjects,
    /// When.
    pub when: Conditions,
}

/// From `from`, included, to `until`, excluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeRange {
    /// The beginning; none is always.
    pub from: Option<DateTime<Utc>>,
    /// The end; none is never.
    pub until: Option<DateTime<Utc>>,
}

impl TimeRange {
    /// Whether `now` lies in it.
    #[must_use]
    pub fn contains(&self, now: DateTime<Utc>) -> bool {
        self.from.is_none_or(|from| from <= now) && self.until.is_none_or(|until| now < until)
    }
}

/// A `Roles` document.
#[derive(Debug, Clone, Default)]
pub struct Roles {
    /// The roles it defines.
    pub roles: Vec<RoleDefinition>,
    /// Who holds them.
    pub bindings: Vec<Binding>,
}

/// A role and what it inherits.
#[derive(Debug, Clone)]
pub struct RoleDefinition {
    /// Its name.
    pub name: Word,
    /// Roles whose holders its holders are.
    pub inherits: Vec<Word>,
}

/// Who holds a role.
#[derive(Debug, Clone)]
pub struct Binding {
    /// The role.
    pub role: Word,
    /// Users.
    pub users: Vec<Word>,
    /// Groups.
    pub groups: Vec<Word>,
}

/// An `Engine` document.
#[derive(Debug, Clone)]
pub struct Engine {
    /// The SQL it speaks.
    pub dialect: Dialect,
    /// Where it runs.
    pub region: Option<String>,
    /// What it serves, when it serves one purpose.
    pub purpose: Option<String>,
    /// The cloud it runs in.
    pub cloud: Option<String>,
    /// The user under which row filters run.
    pub evaluator: Option<String>,
    /// Its catalogs, each with the name of the contracts' server behind it.
    pub catalogs: BTreeMap<String, String>,
    /// Catalogs that Zonecut is not asked to guard.
    pub unmanaged_catalogs: Vec<String>,
    /// Schemas (`catalog.schema`) that Zonecut is not asked to guard.
    pub unmanaged_schemas: Vec<String>,
    /// Functions that apply a mask type.
    pub functions: BTreeMap<String, String>,
}
