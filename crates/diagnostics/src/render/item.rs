//! Findings of either report as other people's formats see them: one place to point at, one level,
//! one line of text.

use crate::render::answer::Answer;
use crate::report::{RuleOverride, WaiverReport, WaiverState};
use crate::text::plain;
use crate::{
    CheckReport, ContractReport, Finding, Fingerprint, LintReport, LintSeverity, Obstacle,
    Omission, Perspective, Place, Severity,
};

/// Either report.
#[derive(Debug, Clone, Copy)]
pub enum Report<'a> {
    /// Of `check`.
    Check(&'a CheckReport),
    /// Of `lint`, `policy lint`, `policy test`, and of documents that can't be read.
    Lint(&'a LintReport),
}

/// How grave a finding is for those who only know three words. What breaks but is paid for, or is
/// waived, is no error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Worth knowing.
    Note,
    /// Should be looked at.
    Warning,
    /// Blocks.
    Error,
}

/// A position in a file of the working tree.
pub(super) struct Location {
    /// With slashes, without a leading `./`.
    pub(super) path: String,
    pub(super) line: u32,
    pub(super) column: u32,
}

/// A finding. All text is one harmless line.
pub(super) struct Item {
    pub(super) rule: String,
    pub(super) level: Level,
    /// What the report calls it: `breaking for consumer`.
    pub(super) kind: String,
    /// Whose severity it has, where it has one.
    pub(super) perspective: Option<Perspective>,
    /// The contract's id, or the file.
    pub(super) subject: String,
    /// What it is about.
    pub(super) path: String,
    pub(super) message: String,
    pub(super) help: String,
    pub(super) fingerprint: String,
    /// Where to point at.
    pub(super) at: Location,
    /// Where the old version says it.
    pub(super) before: Option<Location>,
    /// The waiver that covers it.
    pub(super) waiver: Option<String>,
    pub(super) targets: Vec<String>,
}

impl Report<'_> {
    pub(super) fn answer(self) -> Answer {
        match self {
            Self::Check(report) => Answer::of_check(report),
            Self::Lint(report) => Answer::of_lint(report),
        }
    }

    /// Every finding, in the report's order.
    pub(super) fn items(self) -> Vec<Item> {
        match self {
            Self::Check(report) => {
                let findings = report.contracts.iter().flat_map(of_contract);
                findings.chain(of_exceptions(report)).collect()
            }
            Self::Lint(report) => of_lint(report),
        }
    }
}

impl Item {
    /// The message, what helps, and where the old version stands: a few short lines.
    pub(super) fn lines(&self) -> Vec<String> {
        let mut lines = vec![self.message.clone(), format!("help: {}", self.help)];
        if let Some(before) = &self.before {
            let Location { path, line, column } = before;
            lines.push(format!("before: {path}:{line}:{column}"));
        }
        lines.extend(self.waiver.iter().map(|waiver| format!("waived: {waiver}")));
        lines
    }
}

impl From<&Place> for Location {
    fn from(place: &Place) -> Self {
        Self {
            path: tree_path(&place.file),
            line: place.line,
            column: place.column,
        }
    }
}

impl Location {
    fn start_of(path: &str) -> Self {
        Self {
            path: tree_path(path),
            line: 1,
            column: 1,
        }
    }
}

fn tree_path(file: &str) -> String {
    plain(file.trim_start_matches("./"))
}

/// What git calls `REV:path` without the revision: where a file that is gone was.
fn without_revision(file: &str) -> &str {
    file.split_once(':').map_or(file, |(_, path)| path)
}

/// The findings of one contract.
pub(super) fn of_contract(contract: &ContractReport) -> Vec<Item> {
    let unpaid = contract.obstacles().any(|it| it == Obstacle::Unpaid);
    let item = |finding| of_finding(finding, contract, unpaid);
    contract.findings.iter().map(item).collect()
}

fn of_finding(finding: &Finding, contract: &ContractReport, unpaid: bool) -> Item {
    let blocks = contract.obstacle(finding).is_some();
    let level = match finding.severity {
        _ if finding.waiver.is_some() => Level::Note,
        // What breaks and is not paid for stands in the way with the version.
        Severity::Breaking if blocks || unpaid => Level::Error,
        Severity::Breaking | Severity::Warning => Level::Warning,
        Severity::Note => Level::Note,
    };
    let at = match (&finding.after, &contract.after, &finding.before) {
        (Some(place), _, _) => place.into(),
        // What was removed is pointed at where it is missing.
        (None, Some(side), _) => Location::start_of(&side.file),
        (None, None, Some(place)) => Location {
            path: tree_path(without_revision(&place.file)),
            ..place.into()
        },
        (None, None, None) => {
            let file = contract.before.as_ref().map_or("", |side| &side.file);
            Location::start_of(without_revision(file))
        }
    };
    Item {
        rule: plain(&finding.rule),
        level,
        kind: format!("{} for {}", finding.severity, finding.perspective),
        perspective: Some(finding.perspective),
        subject: plain(&contract.id),
        path: plain(&finding.path),
        message: plain(&finding.message),
        help: plain(&finding.help),
        fingerprint: finding.fingerprint.as_str().to_owned(),
        at,
        before: finding.before.as_ref().map(Location::from),
        waiver: finding.waiver.as_ref().map(|it| plain(&it.to_string())),
        targets: finding.targets.iter().map(|target| plain(target)).collect(),
    }
}

/// What stands beside the comparison: what was left out of it, waivers that cover nothing, and rules
/// that the repository grades otherwise.
pub(super) fn of_exceptions(report: &CheckReport) -> Vec<Item> {
    let waivers = report.waivers.iter().filter_map(idle_waiver);
    let omissions = report.omissions.iter().map(omission);
    omissions
        .chain(waivers)
        .chain(report.overrides.iter().map(graded_rule))
        .collect()
}

fn omission(it: &Omission) -> Item {
    let at = Place {
        file: it.path.as_str().into(),
        line: 1,
        column: 1,
    };
    let message = format!("`{}` was left out: {}", it.path, it.reason);
    exception("left-out", Level::Warning, &at, &message, &it.help)
}

fn idle_waiver(it: &WaiverReport) -> Option<Item> {
    let fingerprint = it.fingerprint.as_str();
    let (rule, what, help) = match it.state {
        WaiverState::Used => return None,
        WaiverState::Unused => ("waiver-unused", "covers no finding".to_owned(), "remove it"),
        WaiverState::Expired => (
            "waiver-expired",
            format!("expired on {}", it.waiver.expires),
            "renew or remove it",
        ),
        WaiverState::Refused => (
            "waiver-refused",
            format!(
                "does not count: `{}` is no approver whom the contract names",
                it.waiver.owner
            ),
            "findings for governance are waived by the approvers of the version in force",
        ),
    };
    let message = format!("the waiver of `{fingerprint}` {what}");
    Some(exception(rule, Level::Warning, &it.at, &message, help))
}

fn graded_rule(it: &RuleOverride) -> Item {
    let whom = it
        .perspective
        .map_or_else(String::new, |whom| format!(" for {whom}"));
    let reason = it.reason.as_ref().map(|reason| format!(": {reason}"));
    let message = format!(
        "`{}` counts as {}{whom} here{}",
        it.rule,
        it.severity,
        reason.unwrap_or_default()
    );
    let help = "the repository decided so";
    exception("rule-graded", Level::Note, &it.at, &message, help)
}

fn exception(rule: &str, level: Level, at: &Place, message: &str, help: &str) -> Item {
    let at = Location::from(at);
    Item {
        rule: rule.to_owned(),
        level,
        kind: match level {
            Level::Note => "note".to_owned(),
            Level::Warning | Level::Error => "warning".to_owned(),
        },
        perspective: None,
        subject: at.path.clone(),
        path: String::new(),
        fingerprint: Fingerprint::of(&[rule, message]).as_str().to_owned(),
        message: plain(message),
        help: plain(help),
        at,
        before: None,
        waiver: None,
        targets: Vec::new(),
    }
}

fn of_lint(report: &LintReport) -> Vec<Item> {
    let items = report.findings.iter().map(|finding| {
        let at = Location::from(&finding.at);
        Item {
            rule: plain(&finding.rule),
            level: finding.severity.into(),
            kind: finding.severity.to_string(),
            perspective: None,
            subject: at.path.clone(),
            path: plain(&finding.path),
            message: plain(&finding.message),
            help: plain(&finding.help),
            fingerprint: finding.fingerprint.as_str().to_owned(),
            at,
            before: None,
            waiver: None,
            targets: Vec::new(),
        }
    });
    items.collect()
}

impl From<LintSeverity> for Level {
    fn from(severity: LintSeverity) -> Self {
        match severity {
            LintSeverity::Note => Self::Note,
            LintSeverity::Warning => Self::Warning,
            LintSeverity::Error => Self::Error,
        }
    }
}
