//! What a rule is, and how it reports.

use std::fmt::Display;

use zonecut_diagnostics::{LintSeverity, Span};

use super::catalogue::Catalogue;
use super::subject::Subject;
use crate::finding::{Findings, Flaw};
use crate::fix::Fix;
use crate::model::Product;
use crate::node::Document;
use crate::sensitivity::Classification;

/// A rule of lint.
#[derive(Debug)]
pub struct Rule {
    /// Its kebab-case name; the file and the folder of fixtures are called after it.
    pub name: &'static str,
    /// The release that brought it.
    pub since: &'static str,
    /// How grave its findings are.
    pub severity: LintSeverity,
    pub(super) check: Check,
}

/// What a rule looks at.
#[derive(Debug, Clone, Copy)]
pub(super) enum Check {
    /// Contracts.
    Contract(fn(&Subject<'_>, &mut Report<'_>)),
    /// Products.
    Product(fn(&Product, &mut Report<'_>)),
    /// Products, beside the contracts of their tree.
    Ports(fn(&Product, &Catalogue, &mut Report<'_>)),
    /// Both, each in its own way.
    Either(
        fn(&Subject<'_>, &mut Report<'_>),
        fn(&Product, &mut Report<'_>),
    ),
    /// Both, as trees.
    Document(fn(&Document, &mut Report<'_>)),
}

/// The findings of one rule about one document.
pub(super) struct Report<'a> {
    rule: &'static Rule,
    /// What labels and tags stand for.
    pub(super) classification: &'a Classification,
    findings: &'a mut Findings,
}

impl<'a> Report<'a> {
    pub(super) fn new(
        rule: &'static Rule,
        classification: &'a Classification,
        findings: &'a mut Findings,
    ) -> Self {
        Self {
            rule,
            classification,
            findings,
        }
    }

    /// Reports a flaw at `path`; `about` is the value it is about, never a secret. Where further flaws are
    /// only counted, neither its path nor its `words`, a message and help, are put together.
    pub(super) fn add<M: Into<String>, H: Into<String>>(
        &mut self,
        span: Span,
        path: impl Display,
        about: &str,
        words: impl FnOnce() -> (M, H),
    ) {
        if self.findings.is_full() {
            self.findings.leave(self.rule.severity);
            return;
        }
        let (message, help) = words();
        self.findings.push(Flaw {
            rule: self.rule.name,
            severity: self.rule.severity,
            span,
            path: path.to_string(),
            about,
            message: message.into(),
            help: help.into(),
        });
    }

    /// What would mend a flaw reported: the text at `span` says `from` and is to say `to`.
    pub(super) fn fix(&mut self, span: Span, from: &str, to: &str) {
        self.findings.fix(Fix {
            rule: self.rule.name,
            span,
            from: from.to_owned(),
            to: to.to_owned(),
        });
    }
}
