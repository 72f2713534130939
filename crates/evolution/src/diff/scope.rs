//! Where the walk stands: section, thing, and the way inside it.

use zonecut_contract::Node;

use crate::fact::{Subject, SubjectKind};

/// Where the walk stands.
#[derive(Clone)]
pub(super) struct Scope<'a> {
    /// The top-level section; empty at the top itself.
    pub(super) section: &'a str,
    /// The thing that is compared.
    pub(super) path: String,
    /// The way from the thing to where the walk stands.
    pub(super) field: String,
    /// The thing in both documents.
    pub(super) subject: Subject<'a>,
}

impl<'a> Scope<'a> {
    /// The scope of `key` within this one. Keys at the top are sections, or stand alone.
    pub(super) fn key(&self, key: &'a str) -> Self {
        if !self.section.is_empty() {
            let field = if self.field.is_empty() {
                key.to_owned()
            } else {
                format!("{}.{key}", self.field)
            };
            return Self {
                field,
                ..self.clone()
            };
        }
        let known = matches!(
            key,
            "schema"
                | "quality"
                | "slaProperties"
                | "servers"
                | "roles"
                | "support"
                | "team"
                | "price"
                | "description"
                | "tags"
                | "authoritativeDefinitions"
                | "customProperties"
                | "inputPorts"
                | "outputPorts"
                | "managementPorts"
        );
        Self {
            section: if known { key } else { "fundamentals" },
            path: key.to_owned(),
            field: key.to_owned(),
            subject: self.subject,
        }
    }

    pub(super) fn entry(&self, label: &str) -> Self {
        Self {
            field: format!("{}[{label}]", self.field),
            ..self.clone()
        }
    }

    pub(super) fn thing(
        &self,
        kind: SubjectKind,
        path: String,
        before: Option<&'a Node>,
        after: Option<&'a Node>,
    ) -> Self {
        let section = if kind == SubjectKind::Quality {
            "quality"
        } else {
            self.section
        };
        Self {
            section,
            path,
            field: String::new(),
            subject: Subject {
                kind,
                before,
                after,
            },
        }
    }
}
