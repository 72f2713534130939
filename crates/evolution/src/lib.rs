//! Differences between two versions of a contract, and what they mean.
//!
//! [`diff()`] states facts without judgement: every difference, none lost. [`rules`] judge the
//! facts, one file per rule, for consumers, producers and governance. [`compare()`] weighs the
//! findings into verdicts and the least version that pays for the change.
//!
//! Belongs here: facts, rules, verdicts, version advice. Does not belong here: reading documents
//! (`contract`), printing findings (`diagnostics`), any I/O or clock.

mod accepted;
mod compare;
mod comparison;
pub mod diff;
mod edition;
mod encoding;
mod fact;
mod history;
mod products;
pub mod quantity;
mod rule;
mod rule_levels;
pub mod rules;
mod settings;
pub mod sla;
mod sql;
pub mod targets;
mod transform;
mod types;
mod version;
mod waivers;
mod zone;

pub use compare::{compare, mode, publishable};
pub use comparison::{Comparison, Draft, Findings};
pub use diff::{diff, diff_products};
pub use fact::{Fact, FactKind, Subject, SubjectKind};
pub use history::compare_with_history;
pub use products::compare_products;
pub use rule::{Category, Rule};
pub use rule_levels::{Level, RuleLevels};
pub use settings::{Mode, Settings};
pub use version::order_of_versions;
pub use waivers::Waivers;
