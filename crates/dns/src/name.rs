//! Domain names: presentation form (RFC 1035, section 5.1), limits (section 2.3.4), canonical form
//! (RFC 4034, section 6.2; A-labels by RFC 5891).

use std::fmt::{self, Display};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

/// The most octets of one label.
const MAX_LABEL: usize = 63;
/// The most octets of a name on the wire, length octets and root included.
const MAX_NAME: usize = 255;

/// A domain name, absolute.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Name {
    labels: Vec<Vec<u8>>,
}

/// Why text is no domain name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameError {
    /// There is nothing; the root is `.`.
    Empty,
    /// Two dots with nothing between them, or a dot in front.
    EmptyLabel,
    /// A label of more than 63 octets.
    LongLabel,
    /// A name of more than 255 octets.
    LongName,
    /// A backslash without three digits up to 255, or without a character, after it.
    BadEscape,
    /// A label outside ASCII that IDNA does not allow.
    BadUnicode,
}

impl Display for NameError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Empty => "the name is empty; the root is `.`",
            Self::EmptyLabel => "the name has an empty label",
            Self::LongLabel => "a label has more than `63` octets",
            Self::LongName => "the name has more than `255` octets",
            Self::BadEscape => {
                "a backslash is followed by neither a character nor three digits up to `255`"
            }
            Self::BadUnicode => "a label is outside ASCII and no valid U-label",
        })
    }
}

impl std::error::Error for NameError {}

impl FromStr for Name {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        match text {
            "" => return Err(NameError::Empty),
            "." => return Ok(Self::default()),
            _ => {}
        }
        let labels = split(text)?;
        let name = Self { labels };
        if name.labels.iter().any(Vec::is_empty) {
            return Err(NameError::EmptyLabel);
        }
        if name.labels.iter().any(|label| label.len() > MAX_LABEL) {
            return Err(NameError::LongLabel);
        }
        if name.wire_length() > MAX_NAME {
            return Err(NameError::LongName);
        }
        Ok(name)
    }
}

/// The labels of a name in presentation form, escapes resolved, U-labels as A-labels.
fn split(text: &str) -> Result<Vec<Vec<u8>>, NameError> {
    let mut labels = Vec::new();
    let mut label = Vec::new();
    let mut beyond_ascii = String::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '.' => {
                labels.push(finish(&mut label, &mut beyond_ascii)?);
                if letters.peek().is_none() {
                    return Ok(labels);
                }
            }
            '\\' => label.push(escaped(&mut letters)?),
            _ => {
                if !letter.is_ascii() && beyond_ascii.is_empty() {
                    beyond_ascii.extend(label.iter().map(|octet| char::from(*octet)));
                    beyond_ascii.push(letter);
                } else if !beyond_ascii.is_empty() {
                    beyond_ascii.push(letter);
                }
                let mut octets = [0; 4];
                label.extend_from_slice(letter.encode_utf8(&mut octets).as_bytes());
            }
        }
    }
    labels.push(finish(&mut label, &mut beyond_ascii)?);
    Ok(labels)
}

fn escaped(letters: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Result<u8, NameError> {
    let first = letters.next().ok_or(NameError::BadEscape)?;
    if !first.is_ascii_digit() {
        return u8::try_from(first)
            .ok()
            .filter(u8::is_ascii)
            .ok_or(NameError::BadEscape);
    }
    let mut code = first.to_digit(10).unwrap_or_default();
    for _ in 0..2 {
        let digit = letters.next().and_then(|digit| digit.to_digit(10));
        code = code * 10 + digit.ok_or(NameError::BadEscape)?;
    }
    u8::try_from(code).map_err(|_| NameError::BadEscape)
}

/// The label collected so far, which is taken; as an A-label where it went beyond ASCII.
fn finish(label: &mut Vec<u8>, beyond_ascii: &mut String) -> Result<Vec<u8>, NameError> {
    let octets = std::mem::take(label);
    if beyond_ascii.is_empty() {
        return Ok(octets);
    }
    let unicode = std::mem::take(beyond_ascii);
    idna::domain_to_ascii(&unicode)
        .map(String::into_bytes)
        .map_err(|_| NameError::BadUnicode)
}

impl Name {
    /// The labels, leftmost first, without the root.
    #[must_use]
    pub fn labels(&self) -> &[Vec<u8>] {
        &self.labels
    }

    /// Octets on the wire, uncompressed: one length octet for each label and one for the root.
    #[must_use]
    pub fn wire_length(&self) -> usize {
        1 + self
            .labels
            .iter()
            .map(|label| label.len() + 1)
            .sum::<usize>()
    }

    /// The same name in lower case: names compare without regard to the case of ASCII letters.
    #[must_use]
    pub fn canonical(&self) -> Self {
        Self {
            labels: self
                .labels
                .iter()
                .map(|label| label.to_ascii_lowercase())
                .collect(),
        }
    }

    /// The address that a name of the reverse zones spells in full, as an innocent-looking query
    /// for a pointer does.
    #[must_use]
    pub fn reverse_address(&self) -> Option<IpAddr> {
        let name = self.canonical();
        let (zone, digits) = name.labels.split_last()?;
        let (kind, digits) = digits.split_last()?;
        if zone != b"arpa" {
            return None;
        }
        match kind.as_slice() {
            b"in-addr" => reverse_v4(digits),
            b"ip6" => reverse_v6(digits),
            _ => None,
        }
    }
}

fn reverse_v4(labels: &[Vec<u8>]) -> Option<IpAddr> {
    let mut octets = [0; 4];
    if labels.len() != octets.len() {
        return None;
    }
    for (octet, label) in octets.iter_mut().zip(labels.iter().rev()) {
        *octet = std::str::from_utf8(label).ok()?.parse().ok()?;
    }
    Some(Ipv4Addr::from(octets).into())
}

fn reverse_v6(labels: &[Vec<u8>]) -> Option<IpAddr> {
    const NIBBLES: usize = 32;
    if labels.len() != NIBBLES {
        return None;
    }
    let mut bits: u128 = 0;
    for label in labels.iter().rev() {
        let [digit] = label.as_slice() else {
            return None;
        };
        bits = bits << 4 | u128::from(char::from(*digit).to_digit(16)?);
    }
    Some(Ipv6Addr::from(bits).into())
}

impl Display for Name {
    /// Presentation form with the final dot; what is not a visible ASCII character is escaped.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.labels.is_empty() {
            return formatter.write_str(".");
        }
        for label in &self.labels {
            for octet in label {
                match octet {
                    b'.' | b'\\' | b'"' | b'(' | b')' | b';' | b'@' | b'$' => {
                        write!(formatter, "\\{}", char::from(*octet))?;
                    }
                    b'!'..=b'~' => write!(formatter, "{}", char::from(*octet))?,
                    _ => write!(formatter, "\\{octet:03}")?,
                }
            }
            formatter.write_str(".")?;
        }
        Ok(())
    }
}
