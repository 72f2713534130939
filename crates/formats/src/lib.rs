//! Schemas of other formats, read into ODCS contracts.
//!
//! An import keeps everything that decides which data is valid: in ODCS where ODCS has a key for it,
//! else in our documented custom properties, so that `evolution` judges an imported contract as
//! exactly as the schema itself would be. Belongs here: reading formats, and writing a contract's
//! text in a stable layout. Does not belong here: comparing (`evolution`), files and streams (`cli`).

mod avro;
mod envelope;
mod json_schema;
mod remarks;
mod yaml;

use std::fmt;
use std::str::FromStr;

use zonecut_contract::Parsed;

/// A format whose schemas can be imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Apache Avro schemas, as `.avsc` files hold them.
    Avro,
    /// JSON Schema, draft 4 to 2020-12.
    JsonSchema,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 2] = [Self::Avro, Self::JsonSchema];

    /// Its name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Avro => "avro",
            Self::JsonSchema => "json-schema",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// A format that nobody knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownFormat(pub String);

impl fmt::Display for UnknownFormat {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = Format::ALL.map(Format::name).join("`, `");
        write!(formatter, "unknown format `{}`, expected `{known}`", self.0)
    }
}

impl std::error::Error for UnknownFormat {}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let named = Self::ALL.into_iter().find(|format| format.name() == text);
        named.ok_or_else(|| UnknownFormat(text.to_owned()))
    }
}

/// The contract that a schema becomes, as YAML. `id` becomes the contract's own: two versions of one
/// schema must get the same, so it is not taken from a file name.
///
/// The findings point into the schema. The text is there exactly when none of them is an error.
#[must_use]
pub fn import(format: Format, file: &str, bytes: &[u8], id: &str) -> Parsed<String> {
    let imported = match format {
        Format::Avro => avro::import(file, bytes),
        Format::JsonSchema => json_schema::import(file, bytes),
    };
    envelope::contract(imported, id)
}
