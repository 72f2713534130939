//! Documents made to hurt whoever reads them, each the same in every run.
//!
//! Belongs here: one generator for each way in which a document can cost more than its size. Does not
//! belong here: what a reader says about them (`crates/contract/tests`).

#![expect(
    clippy::format_push_string,
    reason = "documents are put together to be read, not to be made fast"
)]

mod costly;
mod malformed;

/// The most bytes that are read of a document.
pub const LARGEST: usize = 4 * 1024 * 1024;

/// How a document should be met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Met {
    /// As unreadable, or against the official schema: exit code 2.
    Refused,
    /// With whatever there is to say about it: it keeps every limit and the official schema.
    Read,
}

/// A document made to hurt.
#[derive(Clone, Debug)]
pub struct Document {
    /// What it does, in kebab-case: also its file name.
    pub name: &'static str,
    /// How it should be met.
    pub met: Met,
    /// What it says.
    pub bytes: Vec<u8>,
}

/// All of them, made one after the other: together they would take a gigabyte.
pub fn documents() -> impl Iterator<Item = Document> {
    let refused = malformed::ALL.iter().chain(costly::REFUSED);
    let refused = refused.map(|(name, make)| (*name, Met::Refused, make));
    let read = costly::READ
        .iter()
        .map(|(name, make)| (*name, Met::Read, make));
    refused.chain(read).map(|(name, met, make)| Document {
        name,
        met,
        bytes: make(),
    })
}

/// A document's name, and what makes its bytes.
type Named = (&'static str, fn() -> Vec<u8>);

/// A contract that says nothing, to compare them with.
pub const PLAIN: &str = HEAD;

/// The keys that every contract begins with.
const HEAD: &str =
    "apiVersion: v3.1.0\nkind: DataContract\nid: hostile\nversion: 1.0.0\nstatus: active\n";

/// As much of `part` as a document may hold.
fn full_of(part: &str) -> Vec<u8> {
    part.repeat(LARGEST / part.len()).into_bytes()
}

/// `head`, then `count` lines, or as many as fit.
fn lines(head: &str, count: usize, line: impl Fn(usize) -> String) -> Vec<u8> {
    let mut text = head.to_owned();
    for index in 0..count {
        let line = line(index);
        if text.len() + line.len() > LARGEST {
            break;
        }
        text.push_str(&line);
    }
    text.into_bytes()
}

/// A contract of one object with `count` properties.
fn properties(count: usize, line: impl Fn(usize) -> String) -> Vec<u8> {
    let head = format!("{HEAD}schema:\n  - name: o\n    logicalType: object\n    properties:\n");
    lines(&head, count, |index| format!("      - {}\n", line(index)))
}
