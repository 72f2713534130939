//! How this crate words a flaw: one constructor, so that every finding has help, a path and an
//! identity that survives reformatting.

use std::sync::Arc;

use zonecut_diagnostics::{Fingerprint, LintFinding, LintSeverity, Span};

use crate::fix::Fix;

/// The most findings told about one document; one more says that there are others.
pub const MAX_FINDINGS: usize = 200;
/// The most that are kept, of which the first by place are told.
const MOST_KEPT: usize = 4 * MAX_FINDINGS;
/// The most text that those kept hold together, in bytes: paths can be as long as documents.
const MOST_TEXT: usize = 1024 * 1024;

/// The flaws found in one document, in the order they were met.
#[derive(Debug)]
pub struct Findings {
    file: Arc<str>,
    /// The document's `id`, once known: part of every fingerprint after that.
    subject: String,
    list: Vec<LintFinding>,
    /// What would mend some of them.
    fixes: Vec<Fix>,
    /// How much text the list holds.
    text: usize,
    /// How many were not kept, and how grave the gravest of them is.
    left: (usize, Option<LintSeverity>),
}

/// What a finding says.
#[derive(Debug)]
pub struct Flaw<'a> {
    /// The rule's kebab-case name.
    pub rule: &'a str,
    /// How grave it is.
    pub severity: LintSeverity,
    /// Where it stands.
    pub span: Span,
    /// What it is about.
    pub path: String,
    /// What tells it from another finding of the same rule at the same path. Never a secret.
    pub about: &'a str,
    /// What is wrong.
    pub message: String,
    /// What would be right.
    pub help: String,
}

impl Findings {
    /// No findings yet.
    #[must_use]
    pub fn new(file: &Arc<str>) -> Self {
        Self {
            file: Arc::clone(file),
            subject: String::new(),
            list: Vec::new(),
            fixes: Vec::new(),
            text: 0,
            left: (0, None),
        }
    }

    /// The same, about the document of that `id`.
    #[must_use]
    pub fn of(mut self, subject: &str) -> Self {
        subject.clone_into(&mut self.subject);
        self
    }

    /// Whether further ones are only counted: who meets many need not word them any more.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.list.len() >= MOST_KEPT || self.text >= MOST_TEXT
    }

    /// Counts one that is not told. A document does not become valid by having too many flaws.
    pub fn leave(&mut self, severity: LintSeverity) {
        self.left.0 += 1;
        self.left.1 = self.left.1.max(Some(severity));
    }

    /// Adds one, or counts it.
    pub fn push(&mut self, flaw: Flaw<'_>) {
        if self.is_full() {
            self.leave(flaw.severity);
            return;
        }
        self.text += flaw.path.len() + flaw.message.len() + flaw.help.len();
        self.list.push(LintFinding {
            rule: flaw.rule.to_owned(),
            severity: flaw.severity,
            fingerprint: Fingerprint::of(&[&self.subject, flaw.rule, &flaw.path, flaw.about]),
            path: flaw.path,
            message: flaw.message,
            help: flaw.help,
            at: flaw.span.at(&self.file),
        });
    }

    /// Adds what would mend one that was added.
    pub fn fix(&mut self, fix: Fix) {
        if self.fixes.len() < MOST_KEPT {
            self.fixes.push(fix);
        }
    }

    /// Hands out what would mend some of them.
    pub fn take_fixes(&mut self) -> Vec<Fix> {
        std::mem::take(&mut self.fixes)
    }

    /// Those kept, in the order they were met.
    #[must_use]
    pub fn kept(&self) -> &[LintFinding] {
        &self.list
    }

    /// Whether all of them were kept.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.left.0 == 0
    }

    /// Adds those found elsewhere in the same document.
    pub fn append(&mut self, others: Self) {
        self.list.extend(others.list);
        self.fixes.extend(others.fixes);
        self.text += others.text;
        self.left.0 += others.left.0;
        self.left.1 = self.left.1.max(others.left.1);
    }

    /// That there are others, as grave as the gravest of them.
    fn more(&self, severity: LintSeverity) -> LintFinding {
        let last = self.list.last().map(|last| last.at.clone());
        LintFinding {
            rule: "more-findings".to_owned(),
            severity,
            path: String::new(),
            message: format!("at least `{}` more findings are not told", self.left.0),
            help: "mend these, then look again".to_owned(),
            fingerprint: Fingerprint::of(&[&self.subject, "more-findings"]),
            at: last.unwrap_or_else(|| Span::START.at(&self.file)),
        }
    }

    /// Whether one of them makes the document invalid.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        let told = self.list.iter().map(|finding| finding.severity);
        told.chain(self.left.1)
            .any(|severity| severity == LintSeverity::Error)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// All of them by place, each once.
    #[must_use]
    pub fn sorted(mut self) -> Vec<LintFinding> {
        self.list.sort_by(|a, b| {
            (&a.at, &a.rule, &a.path, &a.message).cmp(&(&b.at, &b.rule, &b.path, &b.message))
        });
        self.list.dedup();
        let told = self.list.len().min(MAX_FINDINGS);
        for finding in self.list.split_off(told) {
            self.leave(finding.severity);
        }
        let more = self.left.1.map(|severity| self.more(severity));
        self.list.extend(more);
        self.list
    }
}
