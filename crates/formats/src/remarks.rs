//! What an import has to say about a schema, in one wording.

use std::sync::Arc;

use zonecut_contract::finding::{Findings, Flaw};
use zonecut_diagnostics::{LintSeverity, Span};

/// Remarks about one source.
#[derive(Debug)]
pub(crate) struct Remarks {
    pub(crate) findings: Findings,
}

impl Remarks {
    pub(crate) fn new(file: &str) -> Self {
        let file: Arc<str> = file.into();
        Self {
            findings: Findings::new(&file),
        }
    }

    /// The source breaks the rules of its own format.
    pub(crate) fn invalid(&mut self, format: &str, span: Span, path: &str, message: String) {
        self.push(
            "schema-invalid",
            LintSeverity::Error,
            (span, path),
            message,
            &format!("write what the {format} specification allows here"),
        );
    }

    /// ODCS has no key for something, said in prose; an extension keeps it.
    pub(crate) fn kept(&mut self, what: &str, extension: &str, span: Span, path: &str) {
        self.push(
            "kept-as-extension",
            LintSeverity::Note,
            (span, path),
            format!("ODCS has no key for {what}: it is kept in the custom property `{extension}`"),
            "nothing to do: the comparison of versions judges it there",
        );
    }

    /// A reference leads nowhere.
    pub(crate) fn unresolved(&mut self, reference: &str, span: Span, path: &str) {
        self.push(
            "reference-unresolved",
            LintSeverity::Warning,
            (span, path),
            format!("`{reference}` is not in this document, so what it stands for is not compared"),
            "bundle the schema into one document before importing it",
        );
    }

    pub(crate) fn push(
        &mut self,
        rule: &str,
        severity: LintSeverity,
        (span, path): (Span, &str),
        message: String,
        help: &str,
    ) {
        self.findings.push(Flaw {
            rule,
            severity,
            span,
            path: path.to_owned(),
            about: &message.clone(),
            message,
            help: help.to_owned(),
        });
    }
}
