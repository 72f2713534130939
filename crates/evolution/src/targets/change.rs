//! What a contract change asks of the storage beneath it: the rows of every target's table.
//!
//! A change is named by what happens, not by where: how grave it is, each target says for itself.

use std::fmt;

/// One thing that a change of the contract asks of stored data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "`Change::title` says what each one is")]
pub enum Change {
    AddOptional,
    AddRequired,
    AddRequiredWithDefault,
    Drop,
    Rename,
    Require,
    Relax,
    DefaultChanges,
    PrimaryKeyChanges,
    PrimaryKeyUnfit,
    BecomesUnique,
    PartitionChanges,
    EnumGrows,
    EnumShrinks,
    EnumInteger,
    EnumToText,
    ValuesWiden,
    ValuesNarrow,
    SmallToInteger,
    IntegerToLong,
    IntegerToDecimal,
    IntegerToDouble,
    LongToDouble,
    IntegerToFloat,
    SignChanges,
    EncodingChanges,
    BooleanInteger,
    FloatToDouble,
    DecimalWidens,
    DecimalRescales,
    DecimalUnbounds,
    DecimalToDouble,
    DecimalNarrows,
    NumberNarrows,
    DoubleToFloat,
    TextLengthens,
    TextShortens,
    CharLengthens,
    FixedLengthChanges,
    TextToBytes,
    BytesToText,
    ScalarToText,
    DateToText,
    DateToTimestamp,
    TimestampRefines,
    TimestampToNanos,
    TimestampCoarsens,
    ZoneChanges,
    UnknownBecomesKnown,
    TypeReplaced,
}

impl Change {
    /// Every change, in the order of the published tables.
    pub const ALL: &'static [Self] = &[
        Self::AddOptional,
        Self::AddRequired,
        Self::AddRequiredWithDefault,
        Self::Drop,
        Self::Rename,
        Self::Require,
        Self::Relax,
        Self::DefaultChanges,
        Self::PrimaryKeyChanges,
        Self::PrimaryKeyUnfit,
        Self::BecomesUnique,
        Self::PartitionChanges,
        Self::EnumGrows,
        Self::EnumShrinks,
        Self::EnumInteger,
        Self::EnumToText,
        Self::ValuesWiden,
        Self::ValuesNarrow,
        Self::SmallToInteger,
        Self::IntegerToLong,
        Self::IntegerToDecimal,
        Self::IntegerToDouble,
        Self::LongToDouble,
        Self::IntegerToFloat,
        Self::SignChanges,
        Self::EncodingChanges,
        Self::BooleanInteger,
        Self::FloatToDouble,
        Self::DecimalWidens,
        Self::DecimalRescales,
        Self::DecimalUnbounds,
        Self::DecimalToDouble,
        Self::DecimalNarrows,
        Self::NumberNarrows,
        Self::DoubleToFloat,
        Self::TextLengthens,
        Self::TextShortens,
        Self::CharLengthens,
        Self::FixedLengthChanges,
        Self::TextToBytes,
        Self::BytesToText,
        Self::ScalarToText,
        Self::DateToText,
        Self::DateToTimestamp,
        Self::TimestampRefines,
        Self::TimestampToNanos,
        Self::TimestampCoarsens,
        Self::ZoneChanges,
        Self::UnknownBecomesKnown,
        Self::TypeReplaced,
    ];

    /// What it is, to be read after the path of the property.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::AddOptional => "an optional property is added",
            Self::AddRequired => "a required property is added",
            Self::AddRequiredWithDefault => "a required property with a default is added",
            Self::Drop => "a property is dropped",
            Self::Rename => "a property is renamed",
            Self::Require => "optional becomes required",
            Self::Relax => "required becomes optional",
            Self::DefaultChanges => "the default value changes",
            Self::PrimaryKeyChanges => "the primary key changes",
            Self::PrimaryKeyUnfit => {
                "a property enters the primary key that is optional, floating-point, repeated or no primitive"
            }
            Self::BecomesUnique => "the values of a property become unique",
            Self::PartitionChanges => "the partitioning changes",
            Self::EnumGrows => "an enum type gains symbols",
            Self::EnumShrinks => "an enum type loses symbols",
            Self::EnumInteger => "an enum type becomes an integer, or the reverse",
            Self::EnumToText => "an enum type becomes text",
            Self::ValuesWiden => "limits or listed values loosen, the type stays",
            Self::ValuesNarrow => "limits or listed values tighten, the type stays",
            Self::SmallToInteger => "an integer of 8 or 16 bits widens to at most 32",
            Self::IntegerToLong => "an integer of at most 32 bits widens to 64",
            Self::IntegerToDecimal => "an integer becomes a decimal that holds it",
            Self::IntegerToDouble => "an integer of at most 32 bits becomes a double",
            Self::LongToDouble => "an integer of 64 bits becomes a double, which rounds it",
            Self::IntegerToFloat => "an integer becomes a float",
            Self::SignChanges => "an integer gains or loses its sign",
            Self::EncodingChanges => {
                "an integer is encoded otherwise (`int32`, `sint32`, `fixed32`)"
            }
            Self::BooleanInteger => "a boolean becomes an integer, or the reverse",
            Self::FloatToDouble => "a float becomes a double",
            Self::DecimalWidens => "a decimal gains precision, its scale stays",
            Self::DecimalRescales => "a decimal gains scale, and precision enough for it",
            Self::DecimalUnbounds => "a decimal loses its limits",
            Self::DecimalToDouble => "a decimal becomes a floating-point number",
            Self::DecimalNarrows => "a decimal loses precision, its scale stays",
            Self::NumberNarrows => "an integer narrows",
            Self::DoubleToFloat => "a double becomes a float",
            Self::TextLengthens => "variable text or binary becomes longer or unlimited",
            Self::TextShortens => "text or binary becomes shorter",
            Self::CharLengthens => "fixed-length text becomes longer or variable",
            Self::FixedLengthChanges => "fixed-length binary changes its length",
            Self::TextToBytes => "text becomes binary",
            Self::BytesToText => "binary becomes text",
            Self::ScalarToText => "an integer, decimal or boolean becomes text",
            Self::DateToText => "a date, time or timestamp becomes text",
            Self::DateToTimestamp => "a date becomes a timestamp without zone",
            Self::TimestampRefines => "a time or timestamp gains digits, microseconds at most",
            Self::TimestampToNanos => "a time or timestamp gains digits beyond microseconds",
            Self::TimestampCoarsens => {
                "a time or timestamp loses digits, microseconds at most before"
            }
            Self::ZoneChanges => "a timestamp gains or loses its zone",
            Self::UnknownBecomesKnown => "the type `unknown` becomes a known one",
            Self::TypeReplaced => "any other change of type",
        }
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.title())
    }
}
