//! How grave a repository takes each rule to be, where it differs from us.

use std::collections::BTreeMap;

use zonecut_diagnostics::{Perspective, Severity};

/// What a repository makes of a rule's findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// They are not told, and cost nothing.
    Off,
    /// They are all of this severity.
    At(Severity),
}

/// The rules that a repository judges otherwise than by default.
#[derive(Debug, Clone, Default)]
pub struct RuleLevels {
    by_rule: BTreeMap<(&'static str, Perspective), Level>,
}

impl RuleLevels {
    /// Every rule by default.
    pub const DEFAULT: &'static Self = &Self {
        by_rule: BTreeMap::new(),
    };

    /// Sets a rule for one perspective.
    pub fn set(&mut self, rule: &'static str, perspective: Perspective, level: Level) {
        self.by_rule.insert((rule, perspective), level);
    }

    /// What a finding counts as that is `severity` by default.
    pub(crate) fn of(
        &self,
        rule: &'static str,
        perspective: Perspective,
        severity: Severity,
    ) -> Level {
        let known = self.by_rule.get(&(rule, perspective));
        known.copied().unwrap_or(Level::At(severity))
    }
}
