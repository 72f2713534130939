//! Which columns a mask has a meaning for. A mask without one acts as `null`.

use crate::mask::{DomainCut, Mask};

/// What is known about the values of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Meaning {
    /// Its semantic type is of the address class.
    pub address: bool,
    /// Its semantic type is of the name class.
    pub name: bool,
    /// Its logical type.
    pub logical: LogicalType,
}

/// The logical types that masks and filters tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LogicalType {
    /// Text.
    Text,
    /// A whole number.
    Integer,
    /// A number with a fraction.
    Number,
    /// True or false.
    Boolean,
    /// A moment.
    Timestamp,
    /// A day.
    Date,
    /// Anything else: containers, bytes, times of day, unknown.
    Other,
}

impl Mask {
    /// Whether the mask has a meaning for such a column.
    #[must_use]
    pub fn has_meaning_for(&self, column: Meaning) -> bool {
        use LogicalType::{Boolean, Integer, Number, Text, Timestamp};
        match self {
            Self::Clear | Self::Null => true,
            Self::Constant(value) => match column.logical {
                Text => value.is_string(),
                Integer => value.is_i64() || value.is_u64(),
                Number => value.is_number(),
                Boolean => value.is_boolean(),
                _ => false,
            },
            Self::Partial { .. } | Self::EnumGroup { .. } | Self::HashKeyed(_) => {
                column.logical == Text
            }
            Self::IpPrefix(_) | Self::IpPseudonym(_) | Self::IpToken(_) => column.address,
            Self::Domain(_) => column.name,
            Self::TimeBucket { .. } => column.logical == Timestamp,
            Self::NumberBucket { .. } => matches!(column.logical, Integer | Number),
        }
    }

    /// What a column needs for this mask to have a meaning, in words.
    #[must_use]
    pub const fn needs(&self) -> &'static str {
        match self {
            Self::Clear | Self::Null => "nothing",
            Self::Constant(_) => "a column of the constant's own type",
            Self::Partial { .. } | Self::EnumGroup { .. } | Self::HashKeyed(_) => {
                "a column of logical type `string`"
            }
            Self::IpPrefix(_) | Self::IpPseudonym(_) | Self::IpToken(_) => {
                "a semantic type of the address class"
            }
            Self::Domain(DomainCut::Registrable | DomainCut::Labels(_)) => {
                "a semantic type of the name class"
            }
            Self::TimeBucket { .. } => "a column of logical type `timestamp`",
            Self::NumberBucket { .. } => "a column of logical type `integer` or `number`",
        }
    }
}
