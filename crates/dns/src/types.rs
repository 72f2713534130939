//! What a semantic type says, and how to look one up.

use std::fmt::{self, Display};
use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use crate::codes::Registry;
use crate::dictionary::DICTIONARY;
use crate::name::Name;
use crate::prefix::client_subnet;
use crate::units::Dimension;

/// The meaning of a field, independent of how it is stored.
#[derive(Debug)]
pub struct SemanticType {
    /// Its name in a contract's custom property `semanticType`.
    pub name: &'static str,
    /// What it is, in one sentence.
    pub description: &'static str,
    /// What kind of value it is, which decides which masks have a meaning.
    pub family: Family,
    /// What it reveals about people.
    pub privacy: PrivacyClass,
    /// Which values it has.
    pub values: Values,
    /// What it measures, where it has a unit.
    pub measures: Option<Dimension>,
    /// The name of its canonical form, where values have several spellings.
    pub canonical_form: Option<&'static str>,
    /// The least number of bits that holds every value, where it is stored as an integer.
    pub least_bits: Option<u8>,
    /// How a client's identity hides in it, where it does.
    pub hides: Option<&'static str>,
    /// The standard that defines it.
    pub reference: &'static str,
}

/// What kind of value a field holds. A mask belongs to one or more of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Family {
    /// An IP address, or a prefix of one.
    Address,
    /// A domain name.
    Name,
    /// An instant.
    Timestamp,
    /// A quantity: sizes, counts, durations.
    Number,
    /// A number that stands for something: codes, ports, identifiers of protocols.
    Code,
    /// Text that is no domain name.
    Text,
    /// Octets of a protocol, undecoded.
    Wire,
}

impl Family {
    /// Every family, in the order of the dictionary.
    pub const ALL: [Self; 7] = [
        Self::Address,
        Self::Name,
        Self::Timestamp,
        Self::Number,
        Self::Code,
        Self::Text,
        Self::Wire,
    ];

    /// The word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::Name => "name",
            Self::Timestamp => "timestamp",
            Self::Number => "number",
            Self::Code => "code",
            Self::Text => "text",
            Self::Wire => "wire",
        }
    }
}

/// What a field reveals about people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PrivacyClass {
    /// Nothing on its own.
    None,
    /// Personal data, plainly: it names a person, a device, or what they asked for.
    Personal,
    /// Personal data inside something else, where a mask on the plain field does not reach it.
    Carrier,
}

/// Which values a field has.
#[derive(Debug)]
pub enum Values {
    /// A domain name in presentation form (RFC 1035, section 5.1).
    Name,
    /// An IPv4 or IPv6 address in text form (RFC 5952 for the canonical one).
    Address,
    /// An address and a prefix length, no bit set past it (RFC 7871, section 6).
    ClientSubnet,
    /// A number or mnemonic of a registry.
    Code(&'static Registry),
    /// A whole number within these limits.
    Integer {
        /// The least.
        min: u64,
        /// The greatest.
        max: u64,
    },
    /// A number of at least zero.
    Quantity,
    /// One of these words, in any case.
    Words(&'static [&'static str]),
    /// Two letters of ISO 3166-1.
    Country,
    /// Octets as hexadecimal digits, of a length within these limits.
    Hex {
        /// The fewest octets.
        min: usize,
        /// The most octets.
        max: usize,
    },
    /// Anything.
    Any,
}

/// Why a value is not one of its type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadValue(String);

impl Display for BadValue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for BadValue {}

/// The semantic type of that name.
#[must_use]
pub fn semantic_type(name: &str) -> Option<&'static SemanticType> {
    DICTIONARY.iter().find(|known| known.name == name)
}

/// Every semantic type, in the order of the dictionary.
pub fn semantic_types() -> impl Iterator<Item = &'static SemanticType> {
    DICTIONARY.iter()
}

/// Those in which a client's identity hides.
pub fn carriers() -> impl Iterator<Item = &'static SemanticType> {
    semantic_types().filter(|known| known.hides.is_some())
}

/// Every family of values.
#[must_use]
pub const fn families() -> [Family; 7] {
    Family::ALL
}

impl SemanticType {
    /// Whether `value`, as text, is a value of this type.
    ///
    /// # Errors
    ///
    /// Says what is wrong with it, in one clause.
    pub fn check(&self, value: &str) -> Result<(), BadValue> {
        let bad = |reason: String| Err(BadValue(reason));
        match &self.values {
            Values::Any => Ok(()),
            Values::Name => match value.parse::<Name>() {
                Ok(_) => Ok(()),
                Err(error) => bad(error.to_string()),
            },
            Values::Address => match value.parse::<IpAddr>() {
                Ok(_) => Ok(()),
                Err(_) => bad(format!("`{value}` is no IPv4 or IPv6 address")),
            },
            Values::ClientSubnet => match client_subnet(value) {
                Ok(_) => Ok(()),
                Err(error) => bad(error.to_string()),
            },
            Values::Code(registry) => match registry.number(value) {
                Some(_) => Ok(()),
                None => bad(format!("`{value}` is no {}", registry.what)),
            },
            Values::Integer { min, max } => match value.parse::<u64>() {
                Ok(number) if (*min..=*max).contains(&number) => Ok(()),
                _ => bad(format!(
                    "`{value}` is no whole number from `{min}` to `{max}`"
                )),
            },
            Values::Quantity => match value.parse::<f64>() {
                Ok(number) if number.is_finite() && number >= 0.0 => Ok(()),
                _ => bad(format!("`{value}` is no number of at least zero")),
            },
            Values::Words(words) => {
                if words.iter().any(|word| word.eq_ignore_ascii_case(value)) {
                    Ok(())
                } else {
                    bad(format!("`{value}` is none of `{}`", words.join("`, `")))
                }
            }
            Values::Country => {
                if value.len() == 2 && value.bytes().all(|letter| letter.is_ascii_alphabetic()) {
                    Ok(())
                } else {
                    bad(format!("`{value}` is no two-letter country code"))
                }
            }
            Values::Hex { min, max } => {
                let hex = value.bytes().all(|digit| digit.is_ascii_hexdigit());
                let octets = value.len() / 2;
                if hex && value.len().is_multiple_of(2) && (*min..=*max).contains(&octets) {
                    Ok(())
                } else {
                    bad(format!(
                        "`{value}` is not `{min}` to `{max}` octets in hexadecimal"
                    ))
                }
            }
        }
    }

    /// The canonical spelling of `value`, where it is a value of this type and has one.
    #[must_use]
    pub fn canonical(&self, value: &str) -> Option<String> {
        match &self.values {
            Values::Name => Some(value.parse::<Name>().ok()?.canonical().to_string()),
            Values::Address => Some(value.parse::<IpAddr>().ok()?.to_string()),
            Values::ClientSubnet => Some(client_subnet(value).ok()?.to_string()),
            Values::Code(registry) => Some(registry.mnemonic(registry.number(value)?)),
            Values::Country => self.check(value).ok().map(|()| value.to_ascii_uppercase()),
            Values::Words(_) | Values::Hex { .. } => {
                self.check(value).ok().map(|()| value.to_ascii_lowercase())
            }
            Values::Integer { .. } => {
                self.check(value).ok()?;
                Some(value.parse::<u64>().ok()?.to_string())
            }
            Values::Quantity | Values::Any => None,
        }
    }
}
