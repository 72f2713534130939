//! The mask as a value: one variant per family of the lattice, always in its normal form.

use std::collections::BTreeMap;

/// What a column looks like to those who may not see it clear.
///
/// Values are kept in normal form, so that equal meaning is equality: see [`Mask::normal`].
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Mask {
    /// Everything: the bottom of the lattice. Never written in a document.
    Clear,
    /// Nothing: the top of the lattice.
    Null,
    /// Always the same value.
    Constant(serde_json::Value),
    /// The characters at each end, the rest as one `*`.
    Partial {
        /// Characters shown at the beginning.
        first: u32,
        /// Characters shown at the end.
        last: u32,
    },
    /// The network an address is in.
    IpPrefix(IpPrefix),
    /// The end of a name.
    Domain(DomainCut),
    /// The start of the bucket, counted from 1970-01-01T00:00:00Z.
    TimeBucket {
        /// Width in seconds, at least 1.
        seconds: u64,
    },
    /// The floor of the bucket, counted from zero.
    NumberBucket {
        /// Width, at least 1.
        size: u64,
    },
    /// The group a value belongs to.
    EnumGroup {
        /// Value to group.
        groups: BTreeMap<String, String>,
        /// What all other values show; without it they show nothing.
        other: Option<String>,
    },
    /// HMAC-SHA-256 token.
    HashKeyed(Keyed),
    /// ipcrypt-pfx: equal prefixes stay equal.
    IpPseudonym(Keyed),
    /// ipcrypt-deterministic: equal addresses stay equal.
    IpToken(Keyed),
}

/// Prefix lengths of `ip-prefix`. A missing length shows nothing of that family.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct IpPrefix {
    /// Bits kept of an IPv4 address, 0 to 32.
    pub v4: Option<u8>,
    /// Bits kept of an IPv6 address, 0 to 128.
    pub v6: Option<u8>,
}

/// How much of the end of a name `domain` shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DomainCut {
    /// The public suffix and one label more; a public suffix stays as it is.
    Registrable,
    /// The last labels, at least 1. `tld` is one label.
    Labels(u8),
}

/// Whose key, and which of its epochs. The key itself is never part of a mask.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Keyed {
    /// The key's id.
    pub key: String,
    /// The epoch, the same integer as a contract's `keyEpoch`.
    pub epoch: u32,
}

impl Mask {
    /// The word `type` has in a document.
    #[must_use]
    pub const fn type_name(&self) -> &'static str {
        match self {
            Self::Clear => "clear",
            Self::Null => "null",
            Self::Constant(_) => "constant",
            Self::Partial { .. } => "partial",
            Self::IpPrefix(_) => "ip-prefix",
            Self::Domain(_) => "domain",
            Self::TimeBucket { .. } => "time-bucket",
            Self::NumberBucket { .. } => "number-bucket",
            Self::EnumGroup { .. } => "enum-group",
            Self::HashKeyed(_) => "hash-keyed",
            Self::IpPseudonym(_) => "ip-pseudonym",
            Self::IpToken(_) => "ip-token",
        }
    }

    /// The same mask in normal form: what shows nothing is `null`, what hides nothing is `clear`.
    #[must_use]
    pub fn normal(self) -> Self {
        match self {
            Self::Partial { first: 0, last: 0 }
            | Self::IpPrefix(IpPrefix { v4: None, v6: None }) => Self::Null,
            Self::IpPrefix(IpPrefix {
                v4: Some(32),
                v6: Some(128),
            }) => Self::Clear,
            other => other,
        }
    }

    /// The key it needs, if it needs one.
    #[must_use]
    pub const fn keyed(&self) -> Option<&Keyed> {
        match self {
            Self::HashKeyed(keyed) | Self::IpPseudonym(keyed) | Self::IpToken(keyed) => Some(keyed),
            _ => None,
        }
    }

    /// Whether whoever holds the key can go back to the raw value.
    #[must_use]
    pub const fn reversible(&self) -> bool {
        matches!(self, Self::Clear | Self::IpPseudonym(_) | Self::IpToken(_))
    }

    /// Whether equal values, and only they, stay equal: whether two tables can still be joined.
    #[must_use]
    pub const fn joinable(&self) -> bool {
        self.reversible() || matches!(self, Self::HashKeyed(_))
    }

    /// Whether addresses of one network stay in one network.
    #[must_use]
    pub const fn prefix_preserving(&self) -> bool {
        matches!(self, Self::Clear | Self::IpPrefix(_) | Self::IpPseudonym(_))
    }
}
