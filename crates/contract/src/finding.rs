//! How this crate words a flaw: one constructor, so that every finding has help, a path and an
//! identity that survives reformatting.

use std::sync::Arc;

use zonecut_diagnostics::{Fingerprint, LintFinding, LintSeverity, Span};

/// The most findings told about one document; one more says that there are others.
pub const MAX_FINDINGS: usize = 200;

/// The flaws found in one document, in the order they were met.
#[derive(Debug)]
pub struct Findings {
    file: Arc<str>,
    /// The document's `id`, once known: part of every fingerprint after that.
    subject: String,
    list: Vec<LintFinding>,
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
        }
    }

    /// The same, about the document of that `id`.
    #[must_use]
    pub fn of(mut self, subject: &str) -> Self {
        subject.clone_into(&mut self.subject);
        self
    }

    /// Adds one.
    pub fn push(&mut self, flaw: Flaw<'_>) {
        // Far past what is told, more would only cost memory.
        if self.list.len() >= 4 * MAX_FINDINGS {
            return;
        }
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

    /// Adds those found elsewhere in the same document.
    pub fn append(&mut self, others: Self) {
        self.list.extend(others.list);
    }

    fn more(&self, last: &LintFinding) -> LintFinding {
        LintFinding {
            rule: "more-findings".to_owned(),
            severity: LintSeverity::Error,
            path: String::new(),
            message: format!("only the first `{MAX_FINDINGS}` findings are told"),
            help: "mend these, then look again".to_owned(),
            fingerprint: Fingerprint::of(&[&self.subject, "more-findings"]),
            at: last.at.clone(),
        }
    }

    /// Whether one of them makes the document invalid.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.list
            .iter()
            .any(|finding| finding.severity == LintSeverity::Error)
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
        if self.list.len() > MAX_FINDINGS {
            self.list.truncate(MAX_FINDINGS);
            let more = self.list.last().map(|last| self.more(last));
            self.list.extend(more);
        }
        self.list
    }
}
