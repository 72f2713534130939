//! Data in an encoding that has reading rules of its own: JSON checked by a JSON Schema, Avro.
//!
//! A schema object states its encoding by carrying the custom property `jsonSchema` or `avro`. What
//! its readers can read then follows from the element as a whole, not from one key at a time: a
//! property that goes is harmless where the reader has a default, and one that comes is refused
//! where the object is closed. Belongs here: what a reader of one version refuses of what a writer
//! of the other writes, and where. Does not belong here: severities, which are the rules' own.

mod avro;
mod json;

use zonecut_contract::model::Server;
use zonecut_contract::{Contract, Node};
use zonecut_diagnostics::Span;

use crate::diff::objects;
use crate::targets::{Target, of_contract};

/// An encoding with reading rules of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Avro,
    JsonSchema,
}

impl Encoding {
    fn of(object: &Node) -> Option<Self> {
        let states = |extension| object.custom(extension).is_some();
        if states(avro::EXTENSION) {
            Some(Self::Avro)
        } else {
            states(json::EXTENSION).then_some(Self::JsonSchema)
        }
    }
}

/// An object that both versions have, in one encoding.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Encoded<'a> {
    /// As the old version has it.
    pub(crate) before: &'a Node,
    /// As the new version has it.
    pub(crate) after: &'a Node,
    encoding: Encoding,
}

/// Something that a writer may write and a reader refuses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Misfit {
    /// Where in the object.
    pub(crate) path: String,
    /// What the reader expects.
    pub(crate) expects: String,
    /// What the writer promises instead.
    pub(crate) meets: String,
    /// Where the reader's version says so.
    pub(crate) reader: Option<Span>,
    /// Where the writer's version says so.
    pub(crate) writer: Option<Span>,
}

/// Servers that carry documents as they are, and no tables with columns of their own.
const CARRIERS: [&str; 11] = [
    "api", "azure", "custom", "gcs", "kafka", "kinesis", "local", "pubsub", "pulsar", "s3", "sftp",
];

/// Whether all that a contract's servers hold is read by an encoding's rules. A table has columns,
/// whatever its objects state.
fn is_of_documents(contract: &Contract) -> bool {
    let carries = |server: &Server| {
        CARRIERS
            .iter()
            .any(|kind| server.kind.eq_ignore_ascii_case(kind))
    };
    let is_encoding = |target: &&Target| matches!(target.name, "avro" | "json-schema");
    contract.servers.iter().all(carries) && of_contract(contract).iter().all(is_encoding)
}

/// The objects of two versions that are judged by their encoding.
pub(crate) fn encoded<'a>(before: &'a Contract, after: &'a Contract) -> Vec<Encoded<'a>> {
    if !is_of_documents(before) || !is_of_documents(after) {
        return Vec::new();
    }
    objects(before, after)
        .into_iter()
        .filter_map(|(before, after)| {
            let encoding = Encoding::of(before)?;
            (Encoding::of(after)? == encoding).then_some(Encoded {
                before,
                after,
                encoding,
            })
        })
        .collect()
}

impl Encoded<'_> {
    /// Whether a path of a finding lies in this object.
    pub(crate) fn holds(&self, path: &str) -> bool {
        [self.before, self.after].iter().any(|object| {
            name(object).is_some_and(|name| {
                path.strip_prefix(name)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[', '{']))
            })
        })
    }

    /// What readers of the old version refuse of what the new version writes.
    pub(crate) fn old_readers_refuse(&self) -> Vec<Misfit> {
        self.refused(self.before, self.after)
    }

    /// What readers of the new version refuse of what the old version wrote.
    pub(crate) fn new_readers_refuse(&self) -> Vec<Misfit> {
        self.refused(self.after, self.before)
    }

    fn refused(&self, reader: &Node, writer: &Node) -> Vec<Misfit> {
        let path = name(self.after).unwrap_or_default();
        match self.encoding {
            Encoding::Avro => avro::refused(reader, writer, path),
            Encoding::JsonSchema => json::refused(reader, writer, path),
        }
    }
}

fn name(object: &Node) -> Option<&str> {
    object.get("name").and_then(Node::as_str)
}
