//! Where something stands in a document.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// A position inside one document. Lines and columns count from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

impl Span {
    /// The first character of a document: where a finding about the whole document points.
    pub const START: Self = Self { line: 1, column: 1 };

    /// Where the character after `text` stands, when a document begins with it.
    #[must_use]
    pub fn after(text: &str) -> Self {
        let (mut line, mut last) = (0, 0);
        for start in line_starts(text) {
            (line, last) = (line + 1, start);
        }
        let last = text.get(last..).unwrap_or_default();
        Self {
            line,
            column: u32::try_from(last.chars().count() + 1).unwrap_or(u32::MAX),
        }
    }

    /// This position in `file`.
    #[must_use]
    pub fn at(self, file: &Arc<str>) -> Place {
        Place {
            file: Arc::clone(file),
            line: self.line,
            column: self.column,
        }
    }
}

impl Default for Span {
    fn default() -> Self {
        Self::START
    }
}

/// Where each line of a text begins, in bytes. A line ends with LF, CR, or CR and LF, as in YAML: places
/// count lines by the same rule.
pub fn line_starts(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let ends = bytes
        .iter()
        .enumerate()
        .filter(move |(at, byte)| match byte {
            b'\n' => true,
            b'\r' => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        });
    std::iter::once(0).chain(ends.map(|(at, _)| at + 1))
}

/// A position in a named file, as `--format json` prints it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Place {
    /// The file as the user named it.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub file: Arc<str>,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}
