//! Semantic Versioning 2.0: the grammar (section 2, 9, 10) and the order (section 11), for numbers of
//! any size. What a change costs stands in `evolution`.

use std::cmp::Ordering;
use std::fmt;

/// A semantic version. Build metadata is read past: it has no part in the order (section 10).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    major: Number,
    minor: Number,
    patch: Number,
    pre_release: Vec<Identifier>,
}

/// A part of the version that can grow; the parts after it begin anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The first number.
    Major,
    /// The second number.
    Minor,
    /// The third number.
    Patch,
}

/// A decimal number without leading zeros.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Number(String);

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Identifier {
    /// Lower than any word.
    Number(Number),
    Word(String),
}

impl Version {
    /// `1.0.0`.
    #[must_use]
    pub fn first() -> Self {
        let number = |digit: &str| Number(digit.to_owned());
        Self {
            major: number("1"),
            minor: number("0"),
            patch: number("0"),
            pre_release: Vec::new(),
        }
    }

    /// Reads a version; nothing where the text is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (text, build) = split(text, '+');
        let (core, pre_release) = split(text, '-');
        if !build.is_none_or(|build| build.split('.').all(is_word)) {
            return None;
        }
        let mut numbers = core.split('.').map(Number::of);
        let version = Self {
            major: numbers.next()??,
            minor: numbers.next()??,
            patch: numbers.next()??,
            pre_release: match pre_release {
                Some(text) => text.split('.').map(Identifier::of).collect::<Option<_>>()?,
                None => Vec::new(),
            },
        };
        numbers.next().is_none().then_some(version)
    }

    /// Whether it comes before its release (section 9).
    #[must_use]
    pub fn is_pre_release(&self) -> bool {
        !self.pre_release.is_empty()
    }

    /// Whether anything may change at any time (section 4).
    #[must_use]
    pub fn is_initial(&self) -> bool {
        self.major.0 == "0"
    }

    /// Whether both have the same first number.
    #[must_use]
    pub fn has_major_of(&self, other: &Self) -> bool {
        self.major == other.major
    }

    /// The version without what says that it is not out yet.
    #[must_use]
    pub fn release(&self) -> Self {
        Self {
            pre_release: Vec::new(),
            ..self.clone()
        }
    }

    /// The next release in which a part grows.
    #[must_use]
    pub fn next(&self, part: Part) -> Self {
        let Self {
            major,
            minor,
            patch,
            ..
        } = self.clone();
        let zero = || Number("0".to_owned());
        let (major, minor, patch) = match part {
            Part::Major => (major.successor(), zero(), zero()),
            Part::Minor => (major, minor.successor(), zero()),
            Part::Patch => (major, minor, patch.successor()),
        };
        Self {
            major,
            minor,
            patch,
            pre_release: Vec::new(),
        }
    }

    /// The pre-release that people write after this one: `rc.1`, `rc.2`; `alpha`, `alpha.1`.
    #[must_use]
    pub fn next_pre_release(&self) -> Self {
        let mut next = self.clone();
        match next.pre_release.last_mut() {
            Some(Identifier::Number(number)) => *number = number.successor(),
            _ => next
                .pre_release
                .push(Identifier::Number(Number("1".to_owned()))),
        }
        next
    }
}

/// What stands before and after the first separator.
fn split(text: &str, at: char) -> (&str, Option<&str>) {
    text.split_once(at)
        .map_or((text, None), |(before, after)| (before, Some(after)))
}

fn is_word(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    !text.is_empty() && text.bytes().all(fits)
}

impl Number {
    fn of(text: &str) -> Option<Self> {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let plain = text == "0" || !text.starts_with('0');
        (digits && plain).then(|| Self(text.to_owned()))
    }

    fn successor(&self) -> Self {
        let kept = self.0.trim_end_matches('9');
        let zeros = "0".repeat(self.0.len() - kept.len());
        let mut digits = kept.to_owned();
        let last = digits.pop().map_or('1', |digit| match digit {
            '0'..='8' => char::from_u32(u32::from(digit) + 1).unwrap_or(digit),
            other => other,
        });
        Self(format!("{digits}{last}{zeros}"))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.0.len(), &self.0).cmp(&(other.0.len(), &other.0))
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Identifier {
    fn of(text: &str) -> Option<Self> {
        if text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Number::of(text).map(Self::Number);
        }
        is_word(text).then(|| Self::Word(text.to_owned()))
    }
}

impl Ord for Version {
    fn cmp(&self, other: &Self) -> Ordering {
        let numbers = |it: &Self| (it.major.clone(), it.minor.clone(), it.patch.clone());
        numbers(self)
            .cmp(&numbers(other))
            // A pre-release comes before its release.
            .then(other.is_pre_release().cmp(&self.is_pre_release()))
            .then_with(|| self.pre_release.cmp(&other.pre_release))
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(Number(text)) | Self::Word(text) => f.write_str(text),
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            major: Number(major),
            minor: Number(minor),
            patch: Number(patch),
            pre_release,
        } = self;
        write!(f, "{major}.{minor}.{patch}")?;
        for (index, identifier) in pre_release.iter().enumerate() {
            let separator = if index == 0 { '-' } else { '.' };
            write!(f, "{separator}{identifier}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(text: &str) -> Version {
        Version::parse(text).unwrap_or_else(|| panic!("{text}"))
    }

    #[test]
    fn the_order_is_that_of_section_11() {
        let ascending = [
            "0.9.9",
            "1.0.0-alpha",
            "1.0.0-alpha.1",
            "1.0.0-alpha.beta",
            "1.0.0-beta",
            "1.0.0-beta.2",
            "1.0.0-beta.11",
            "1.0.0-rc.1",
            "1.0.0",
            "1.9.0",
            "1.10.0",
            "99999999999999999999.0.0",
            "100000000000000000000.0.0",
        ];
        for pair in ascending.windows(2) {
            assert!(version(pair[0]) < version(pair[1]), "{pair:?}");
        }
        assert_eq!(version("1.0.0+a"), version("1.0.0+b"));
    }

    #[test]
    fn what_is_no_version_is_none() {
        for text in [
            "",
            "1",
            "1.0",
            "1.0.0.0",
            "01.0.0",
            "v1.0.0",
            "1.0.0-",
            "1.0.0-01",
            "1.0.0-a..b",
            "1.0.0+",
            "1.0.0+a+b",
            "1.0.0-ä",
            "1.0.-1",
            " 1.0.0",
        ] {
            assert_eq!(Version::parse(text), None, "{text}");
        }
        for text in ["1.0.0-0a", "1.0.0--", "1.0.0-a-b.0", "1.0.0+001"] {
            assert!(Version::parse(text).is_some(), "{text}");
        }
    }

    #[test]
    fn what_comes_next() {
        let next = |text, part| version(text).next(part).to_string();
        assert_eq!(next("1.9.9", Part::Patch), "1.9.10");
        assert_eq!(next("1.99.9", Part::Minor), "1.100.0");
        assert_eq!(
            next("18446744073709551615.0.0", Part::Major),
            "18446744073709551616.0.0"
        );
        assert_eq!(next("0.0.0", Part::Major), "1.0.0");
        let pre = |text| version(text).next_pre_release().to_string();
        assert_eq!(
            (pre("1.0.0-rc.9"), pre("1.0.0-alpha")),
            ("1.0.0-rc.10".to_owned(), "1.0.0-alpha.1".to_owned())
        );
    }
}
