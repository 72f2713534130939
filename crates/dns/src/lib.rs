//! The field dictionary: what DNS data means, and what it reveals.
//!
//! Belongs here: one table of semantic types with their value rules, canonical forms, storage,
//! privacy and hidden carriers; the names, addresses and codes of DNS. Does not belong here:
//! documents (`contract`), access (`policy`), transforms (`mask`).

mod codes;
mod dictionary;
mod name;
mod prefix;
mod types;
mod units;

pub use codes::{OPCODES, QCLASSES, QTYPES, RCODES, Registry};
pub use name::{Name, NameError};
pub use prefix::{PrefixError, client_subnet};
pub use types::{
    BadValue, Family, PrivacyClass, SemanticType, Values, carriers, families, semantic_type,
    semantic_types,
};
pub use units::{Dimension, Unit, unit, unit_meant, units};
