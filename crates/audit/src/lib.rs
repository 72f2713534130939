//! The hash chain and the signed Merkle tree that make the audit log tamper-evident, and their
//! offline verification.
//!
//! Here belong the form of an entry, the hash over it, the tree over all entries with its signed
//! checkpoints and proofs, and the check of a whole log. Where entries, nodes and keys are stored and
//! who may read them belongs to the server; reading files belongs to the command line.
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
//!
//! # What a checkpoint proves
//!
//! The lines are also the leaves of a Merkle tree (RFC 9162, section 2.1, with SHA-256): a leaf hashes
//! 0x00 and the line, an inner node 0x01 and the hashes of its two children. A [`Checkpoint`] is the
//! size and the root of that tree at one moment, signed with Ed25519. Whoever keeps the key and one
//! checkpoint can tell every later log that does not begin with the same entries, and needs for a
//! single entry neither the log nor trust, but a proof of as many hashes as the size has bits.
//!
//! A checkpoint is a signed note (C2SP signed-note and tlog-checkpoint), so other tools read it:
//!
//! ```text
//! zonecut/audit/141be484e384ac78          the log: 16 digits of the hash of its first entry
//! 4711                                    its size
//! x1Y…=                                   its root, in base64
//! time 2026-03-01T10:00:00.000000Z
//!
//! — zonecut-audit 3q2+7w…=                the key's name, then base64 of its id and the signature
//! ```

mod chain;
mod checkpoint;
mod entry;
mod hash;
mod key;
mod proof;
mod tree;
mod verify;

pub use chain::{Chain, Head, ParseHeadError};
pub use checkpoint::{Checkpoint, NotSigned};
pub use entry::{Entry, Outcome, Record};
pub use hash::{Hash, ParseHashError};
pub use key::{KeyId, NotASigningKey, ParseKeyError, SigningKey, VerifyingKey};
pub use proof::{Plan, Unproven, verify_consistency, verify_inclusion};
pub use tree::{Address, Node, NotATree, Tree, leaf_hash, node_hash};
pub use verify::{Bounds, Broken, Reason, Report, Verifier, verify};
