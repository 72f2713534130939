//! The part of `zonecut.toml` that is about documents: how grave a repository takes rules to be, and
//! what its labels stand for.
//!
//! Does not belong here: where the file lies.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use serde::Deserialize;
use toml::Spanned;
use zonecut_contract::Classification;
use zonecut_contract::finding::{Findings, Flaw};
use zonecut_contract::lint;
use zonecut_contract::spelling::{did_you_mean, list};
use zonecut_diagnostics::report::RuleOverride;
use zonecut_diagnostics::{LintFinding, LintReport, LintSeverity, Perspective, Severity, Span};
use zonecut_evolution::{Level, Rule, RuleLevels, rules};

use super::classification;

/// What a repository decides about findings.
#[derive(Debug)]
pub struct Config {
    /// How grave it takes the rules of `check` to be.
    pub levels: RuleLevels,
    /// The same, as reports show it.
    pub overrides: Vec<RuleOverride>,
    /// What its classes and tags stand for.
    pub classification: Classification,
    /// How grave it takes the rules of `lint` to be; `None` is off.
    lint_levels: BTreeMap<String, Option<LintSeverity>>,
}

/// The part of `zonecut.toml` that is about documents.
#[derive(Debug, Deserialize)]
struct File {
    #[serde(default)]
    rules: BTreeMap<Spanned<String>, RuleTable>,
    classification: Option<classification::Table>,
}

/// `[rules.NAME]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleTable {
    severity: Option<Spanned<String>>,
    consumer: Option<Spanned<String>>,
    producer: Option<Spanned<String>>,
    governance: Option<Spanned<String>>,
    reason: Option<String>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            levels: RuleLevels::default(),
            overrides: Vec::new(),
            classification: Classification::usual().clone(),
            lint_levels: BTreeMap::new(),
        }
    }
}

impl Config {
    /// Reads it; what of it is wrong is told at its place.
    pub(super) fn parse(file: &str, bytes: &[u8]) -> Result<Self, Vec<LintFinding>> {
        let text = String::from_utf8_lossy(bytes);
        let file: Arc<str> = file.into();
        let mut reading = Reading {
            text: &text,
            findings: Findings::new(&file),
            file,
            config: Self::default(),
        };
        match toml::from_str::<File>(&text) {
            Ok(content) => {
                for (name, table) in &content.rules {
                    reading.rule(name, table);
                }
                reading.classification(content.classification.as_ref());
            }
            Err(error) => {
                let at = error.span().unwrap_or_default();
                let help = "see the page on configuration";
                let message = match error.message() {
                    // The reader has no words for a key without a value.
                    "" => "not TOML",
                    message => message,
                };
                reading.refuse("toml-invalid", &at, message.to_owned(), help);
            }
        }
        if reading.findings.is_empty() {
            Ok(reading.config)
        } else {
            Err(reading.findings.sorted())
        }
    }

    /// The report on what `lint` found, graded as the repository does.
    pub fn grade(&self, findings: Vec<LintFinding>) -> LintReport {
        let findings =
            findings
                .into_iter()
                .filter_map(|finding| match self.lint_levels.get(&finding.rule) {
                    None => Some(finding),
                    Some(level) => level.map(|severity| LintFinding {
                        severity,
                        ..finding
                    }),
                });
        let findings: Vec<LintFinding> = findings.collect();
        let is_error = |finding: &LintFinding| finding.severity == LintSeverity::Error;
        LintReport {
            valid: !findings.iter().any(is_error),
            findings,
        }
    }
}

struct Reading<'a> {
    file: Arc<str>,
    text: &'a str,
    findings: Findings,
    config: Config,
}

impl Reading<'_> {
    fn rule(&mut self, name: &Spanned<String>, table: &RuleTable) {
        let known = name.get_ref().as_str();
        let judged = rules::ALL.iter().find(|rule| rule.name == known);
        if let Some(rule) = judged {
            self.check_rule(name, table, rule);
        } else if lint::ALL.iter().any(|rule| rule.name == known) {
            self.lint_rule(name, table);
        } else {
            let all = rules::ALL.iter().map(|rule| rule.name);
            let all = all.chain(lint::ALL.iter().map(|rule| rule.name));
            let help = did_you_mean(known, all);
            let help = help.unwrap_or_else(|| "the rules are listed in docs/rules".to_owned());
            let message = format!("there is no rule `{known}`");
            self.refuse("unknown-rule", &name.span(), message, &help);
        }
    }

    fn classification(&mut self, table: Option<&classification::Table>) {
        match table.map(classification::Table::read) {
            None => {}
            Some(Ok(classification)) => self.config.classification = classification,
            Some(Err((unusable, at))) => {
                let rule = "classification-unusable";
                self.refuse(rule, &at, unusable.message, &unusable.help);
            }
        }
    }

    fn check_rule(&mut self, name: &Spanned<String>, table: &RuleTable, rule: &Rule) {
        if [rules::VERSION_TOO_SMALL, rules::REMOVED_BEFORE_SUNSET].contains(&rule.name) {
            let message = format!("`{}` can't be graded", rule.name);
            let help = "waive the finding, so that readers see who decided and why";
            return self.refuse("rule-not-gradable", &name.span(), message, help);
        }
        let each = [
            (Perspective::Consumer, &table.consumer),
            (Perspective::Producer, &table.producer),
            (Perspective::Governance, &table.governance),
        ];
        for (perspective, own) in each {
            let Some(word) = own.as_ref().or(table.severity.as_ref()) else {
                continue;
            };
            let mut severities = rule.severities.iter();
            let Some((_, most)) = severities.find(|(whom, _)| *whom == perspective) else {
                if own.is_some() {
                    let message = format!("`{}` says nothing to them", name.get_ref());
                    let help = "see the page of the rule for whom it speaks to";
                    self.refuse("unknown-perspective", &word.span(), message, help);
                }
                continue;
            };
            let names = ["off", "note", "warning", "breaking"];
            let level = match word.get_ref().as_str() {
                "off" => Level::Off,
                "note" => Level::At(Severity::Note),
                "warning" => Level::At(Severity::Warning),
                "breaking" => Level::At(Severity::Breaking),
                _ => return self.unknown_level(word, &names),
            };
            if level == Level::Off && !self.has_reason(name, table) {
                return;
            }
            if perspective == Perspective::Governance && is_less(level, *most) {
                return self.governance_lowered(word, rule, *most);
            }
            self.config.levels.set(rule.name, perspective, level);
            self.config.overrides.push(RuleOverride {
                rule: rule.name.to_owned(),
                perspective: Some(perspective),
                severity: word.get_ref().clone(),
                reason: table.reason.clone(),
                at: self.position(name.span().start).at(&self.file),
            });
        }
    }

    fn lint_rule(&mut self, name: &Spanned<String>, table: &RuleTable) {
        for word in [&table.consumer, &table.producer, &table.governance]
            .into_iter()
            .flatten()
        {
            let message = format!("`{}` is a rule of `lint`", name.get_ref());
            let help = "it has a `severity`, and no perspectives";
            self.refuse("unknown-perspective", &word.span(), message, help);
        }
        let Some(word) = &table.severity else { return };
        let level = match word.get_ref().as_str() {
            "off" if self.has_reason(name, table) => None,
            "off" => return,
            "note" => Some(LintSeverity::Note),
            "warning" => Some(LintSeverity::Warning),
            "error" => Some(LintSeverity::Error),
            _ => return self.unknown_level(word, &["off", "note", "warning", "error"]),
        };
        self.config
            .lint_levels
            .insert(name.get_ref().clone(), level);
    }

    /// Whoever changes a contract may change this file too: governance would judge nothing.
    fn governance_lowered(&mut self, word: &Spanned<String>, rule: &Rule, most: Severity) {
        let message = format!(
            "`{}` counts as {most} for governance, and not as `{}`",
            rule.name,
            word.get_ref()
        );
        let help = "grade it up, or have the finding waived by an approver that the contract names";
        self.refuse("governance-lowered", &word.span(), message, help);
    }

    fn unknown_level(&mut self, word: &Spanned<String>, names: &[&str]) {
        let message = format!("`{}` is no severity of this rule", word.get_ref());
        let help = format!("one of {}", list(names));
        self.refuse("unknown-severity", &word.span(), message, &help);
    }

    fn has_reason(&mut self, name: &Spanned<String>, table: &RuleTable) -> bool {
        let given = table
            .reason
            .as_deref()
            .is_some_and(|it| !it.trim().is_empty());
        if !given {
            let message = format!("`{}` is off without a `reason`", name.get_ref());
            let help = "say for those who review why nobody needs to hear of it";
            self.refuse("reason-missing", &name.span(), message, help);
        }
        given
    }

    fn refuse(&mut self, rule: &str, at: &Range<usize>, message: String, help: &str) {
        self.findings.push(Flaw {
            rule,
            severity: LintSeverity::Error,
            span: self.position(at.start),
            path: String::new(),
            about: &message.clone(),
            message,
            help: help.to_owned(),
        });
    }

    fn position(&self, offset: usize) -> Span {
        Span::after(self.text.get(..offset).unwrap_or_default())
    }
}

fn is_less(level: Level, severity: Severity) -> bool {
    match level {
        Level::Off => true,
        Level::At(level) => level < severity,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flaws(text: &str) -> Vec<String> {
        let flaws = Config::parse("zonecut.toml", text.as_bytes()).unwrap_err();
        let place = |it: &LintFinding| format!("{}:{} {}", it.at.line, it.at.column, it.message);
        flaws.iter().map(place).collect()
    }

    #[test]
    fn what_is_wrong_is_told_at_its_place() {
        let text = "listen = \"127.0.0.1:1\"
[rules.property-remove]
severity = \"note\"
[rules.property-added]
severity = \"off\"
[rules.property-removed]
severity = \"error\"
[rules.role-widened]
consumer = \"note\"
[rules.unit-unknown]
producer = \"note\"
";
        let told = [
            "2:8 there is no rule `property-remove`",
            "4:8 `property-added` is off without a `reason`",
            "7:12 `error` is no severity of this rule",
            "9:12 `role-widened` says nothing to them",
            "11:12 `unit-unknown` is a rule of `lint`",
        ];
        assert_eq!(flaws(text), told);
        let unknown = flaws("[rules.property-added]\nseverty = 'off'").remove(0);
        assert!(
            unknown.starts_with("2:1 unknown field `severty`"),
            "{unknown}"
        );
        assert!(flaws("[rules").remove(0).starts_with("1:7 "));
        assert_eq!(flaws("listen =").remove(0), "1:9 not TOML");
    }

    #[test]
    fn governance_is_graded_up_only_and_what_holds_a_promise_not_at_all() {
        let text = "[rules.classification-lowered]
governance = \"note\"
[rules.version-too-small]
severity = \"off\"
reason = \"we know\"
[rules.removed-before-sunset]
consumer = \"breaking\"
[rules.terms-changed]
severity = \"off\"
reason = \"we know\"
";
        let told = [
            "2:14 `classification-lowered` counts as breaking for governance, and not as `note`",
            "3:8 `version-too-small` can't be graded",
            "6:8 `removed-before-sunset` can't be graded",
            "9:12 `terms-changed` counts as warning for governance, and not as `off`",
        ];
        assert_eq!(flaws(text), told);
        let up = "[rules.terms-changed]\nconsumer = \"note\"\ngovernance = \"breaking\"\n";
        let config = Config::parse("zonecut.toml", up.as_bytes()).unwrap();
        assert_eq!(config.overrides.len(), 2);
    }

    #[test]
    fn an_order_that_is_none_is_refused_at_its_place() {
        let text = "[classification]
order = ['c1', 'c2', 'C1']
guarded_from = 'c2'
";
        assert_eq!(flaws(text), ["2:9 `C1` stands for two classes"]);
        let text = "[classification.aliases]\nsecret = 'restrictd'\n";
        assert_eq!(flaws(text), ["1:1 `restrictd` is no class of the order"]);
        let unknown = flaws("[classification]\nordr = []").remove(0);
        assert!(unknown.starts_with("2:1 unknown field `ordr`"), "{unknown}");
    }

    #[test]
    fn what_an_older_file_said_is_read_whatever_else_it_held() {
        let text = "listen = 1\n[rules.gone]\nseverity = 'x'\n[classification]\norder = ['a', 'b']\nguarded_from = 'b'\n";
        let older = classification::of_older(text.as_bytes());
        assert_eq!(older.order(), ["a", "b"]);
        for unusable in ["[classification]\norder = []", "[classification", "\u{ff}"] {
            let older = classification::of_older(unusable.as_bytes());
            assert_eq!(&older, Classification::usual(), "{unusable}");
        }
    }

    #[test]
    fn lint_rules_are_graded_too() {
        let text = "[rules.unit-unknown]\nseverity = \"error\"\n[rules.duplicate-id]\nseverity = \"off\"\nreason = \"r\"\n";
        let config = Config::parse("zonecut.toml", text.as_bytes()).unwrap();
        assert_eq!(
            config.lint_levels.get("unit-unknown"),
            Some(&Some(LintSeverity::Error))
        );
        assert_eq!(config.lint_levels.get("duplicate-id"), Some(&None));
    }
}
