//! The hash chain that makes the audit log tamper-evident, and its offline verification.
//!
//! Here belong the form of an entry, the hash over it, and the check of a whole log. Where entries
//! are stored and who may read them belongs to the server; reading files belongs to the command line.
//!
//! # Form and hash
//!
//! An entry is one line of JSON without white space outside strings, its members in this order:
//!
//! ```text
//! {"seq":2,"at":"2026-03-01T10:00:00.000000Z","actor":"ana","action":"contract.publish",
//!  "subject":"queries 1.1.0","outcome":"done","detail":{…},"previous":"<64 hex>","hash":"<64 hex>"}
//! ```
//!
//! `seq` counts from 1 without gaps. `at` is UTC with exactly six digits of a second. Members of
//! objects inside `detail` stand in ascending order of their UTF-8 bytes, and numbers without a
//! fraction have no decimal point, so a store that keeps JSON by value gives the same line back.
//! `previous` is the `hash` of the entry before, 64 zeros for the first.
//!
//! `hash` is the SHA-256 of the text `zonecut-audit-v1`, a line feed, and the line without its last
//! member (`,"hash":"…"`). It covers bytes, not values: no second spelling of an entry has its hash.
//!
//! # What a chain proves
//!
//! Nobody can change, remove, add or move an entry without changing every hash after it. Whoever can
//! rewrite all of the log can also rewrite all hashes: compare with a [`Head`] kept elsewhere.

mod chain;
mod entry;
mod hash;
mod verify;

pub use chain::{Chain, Head, ParseHeadError};
pub use entry::{Entry, Outcome, Record};
pub use hash::{Hash, ParseHashError};
pub use verify::{Bounds, Broken, Reason, Report, Verifier, verify};
