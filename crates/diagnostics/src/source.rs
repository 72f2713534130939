//! The texts that findings point into, without the secrets in them.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::place::line_starts;
use crate::{Place, Span};

/// What stands where a secret was.
pub const HIDDEN: &str = "(a secret, not shown)";

/// How much of a line is looked at, in bytes: each finding asks for its own.
pub const LONGEST_LINE: usize = 4096;

/// The largest text that is searched for secrets before a line of it is shown, in bytes: of a larger one
/// whose secrets are not known, the place alone is told.
const SEARCHED: usize = 512 * 1024;

/// A part of a text, from its first character up to the one after its last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stretch {
    /// The first character.
    pub start: Span,
    /// The character after the last.
    pub end: Span,
}

impl Stretch {
    /// The columns it covers of a line, from 1, the second one excluded.
    fn columns(&self, line: u32) -> Option<(u32, u32)> {
        let from = match self.start.line {
            start if start > line => return None,
            start if start == line => self.start.column,
            _ => 1,
        };
        let to = match self.end.line {
            end if end < line => return None,
            end if end == line => self.end.column,
            _ => u32::MAX,
        };
        (from < to).then_some((from, to))
    }
}

/// A line as it may be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// The line, or its beginning where it is longer than anybody reads.
    pub line: String,
    /// Where in it the place is, in characters from 1.
    pub column: u32,
}

/// Texts by the name under which findings know them.
#[derive(Debug, Clone)]
pub struct Sources {
    texts: BTreeMap<Arc<str>, Text>,
    secrets: fn(&str) -> Vec<Stretch>,
}

/// A text whose lines are asked for, one by one.
#[derive(Debug, Clone)]
pub struct Text {
    content: Arc<str>,
    /// Where each line begins, up to the fourth gibibyte; found when the first line is asked for. A text
    /// of nothing but line ends has as many as bytes.
    starts: OnceCell<Vec<u32>>,
    /// What of it is secret, in order and apart; found when the first line is asked for.
    hidden: OnceCell<Vec<Stretch>>,
}

impl Text {
    /// Of a document.
    #[must_use]
    pub const fn new(content: Arc<str>) -> Self {
        Self::with(content, OnceCell::new())
    }

    const fn with(content: Arc<str>, hidden: OnceCell<Vec<Stretch>>) -> Self {
        let starts = OnceCell::new();
        Self {
            content,
            starts,
            hidden,
        }
    }

    /// The line of that number, counted from 1 as places do, without what ends it.
    #[must_use]
    pub fn line(&self, number: u32) -> Option<&str> {
        let index = usize::try_from(number).ok()?.checked_sub(1)?;
        let starts = self.starts.get_or_init(|| {
            let starts = line_starts(&self.content);
            starts.map_while(|start| start.try_into().ok()).collect()
        });
        let begin = |index| starts.get(index).and_then(|at| usize::try_from(*at).ok());
        let start = begin(index)?;
        let end = begin(index + 1);
        let line = self.content.get(start..end.unwrap_or(self.content.len()))?;
        Some(line.trim_end_matches(['\n', '\r']))
    }
}

impl Sources {
    /// No texts yet. `secrets` finds what of a text must not be shown, where nobody knows it already.
    #[must_use]
    pub fn new(secrets: fn(&str) -> Vec<Stretch>) -> Self {
        Self {
            texts: BTreeMap::new(),
            secrets,
        }
    }

    /// Remembers the text of a file.
    pub fn add(&mut self, file: Arc<str>, content: Arc<str>) {
        self.texts.insert(file, Text::new(content));
    }

    /// Remembers the text of a file that was read, and what of it is secret.
    pub fn add_read(&mut self, file: Arc<str>, content: Arc<str>, hidden: &[Stretch]) {
        let hidden = apart(hidden).into();
        self.texts.insert(file, Text::with(content, hidden));
    }

    /// The line that a place is on, when its text is known.
    #[must_use]
    pub fn excerpt(&self, place: &Place) -> Option<Excerpt> {
        let text = self.texts.get(&place.file)?;
        let line = text.line(place.line)?;
        let line = line.get(..line.floor_char_boundary(LONGEST_LINE))?;
        if text.hidden.get().is_none() && text.content.len() > SEARCHED {
            return None;
        }
        let hidden = text
            .hidden
            .get_or_init(|| apart(&(self.secrets)(&text.content)));
        let first = hidden.partition_point(|stretch| stretch.end.line < place.line);
        let parts: Vec<(u32, u32)> = hidden
            .iter()
            .skip(first)
            .take_while(|stretch| stretch.start.line <= place.line)
            .filter_map(|stretch| stretch.columns(place.line))
            .collect();
        if parts.is_empty() {
            return Some(Excerpt {
                line: line.to_owned(),
                column: place.column,
            });
        }
        Some(veiled(line, place.column, &parts))
    }
}

/// The stretches in order, those that overlap as one: of a text full of secrets, each line asks for its own.
fn apart(stretches: &[Stretch]) -> Vec<Stretch> {
    let mut ordered = stretches.to_vec();
    ordered.sort_unstable();
    ordered.dedup_by(|next, kept| {
        let overlap = next.start < kept.end;
        if overlap {
            kept.end = kept.end.max(next.end);
        }
        overlap
    });
    ordered
}

/// The line with [`HIDDEN`] in place of each part, which stand in order and apart.
fn veiled(line: &str, column: u32, parts: &[(u32, u32)]) -> Excerpt {
    let mut shown = String::new();
    let (mut wanted, mut length) = (None, 0);
    let mut covered = 0;
    let mut parts = parts.iter().peekable();
    for (letter, at) in line.chars().zip(1_u32..) {
        let begins = parts.next_if(|(from, _)| *from <= at);
        if let Some((_, to)) = begins {
            covered = *to;
        }
        if at == column {
            wanted = Some(length + 1);
        }
        if begins.is_some() {
            shown.push_str(HIDDEN);
            length += u32::try_from(HIDDEN.chars().count()).unwrap_or_default();
        } else if at >= covered {
            shown.push(letter);
            length += 1;
        }
    }
    Excerpt {
        line: shown,
        column: wanted.unwrap_or(length + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources() -> Sources {
        let span = |line, column| Span { line, column };
        let mut sources = Sources::new(|_| Vec::new());
        let hidden = [
            Stretch {
                start: span(1, 4),
                end: span(1, 6),
            },
            Stretch {
                start: span(1, 5),
                end: span(1, 8),
            },
            Stretch {
                start: span(2, 3),
                end: span(4, 2),
            },
        ];
        let text = "a: bcdé f\r\nx yz\rsecret\nw v\n";
        sources.add_read("a".into(), text.into(), &hidden);
        sources
    }

    fn excerpt(line: u32, column: u32) -> (String, u32) {
        let place = Place {
            file: "a".into(),
            line,
            column,
        };
        let excerpt = sources().excerpt(&place).unwrap();
        (excerpt.line, excerpt.column)
    }

    #[test]
    fn secrets_are_left_out_of_lines_and_the_caret_stays() {
        assert_eq!(excerpt(1, 4), (format!("a: {HIDDEN} f"), 4));
        assert_eq!(excerpt(1, 8), (format!("a: {HIDDEN} f"), 25));
        assert_eq!(excerpt(2, 1), (format!("x {HIDDEN}"), 1));
        assert_eq!(excerpt(3, 2), (HIDDEN.to_owned(), 22));
        assert_eq!(excerpt(4, 3), (format!("{HIDDEN} v"), 23));
    }

    #[test]
    fn a_large_text_whose_secrets_nobody_knows_is_not_shown() {
        let mut sources = Sources::new(|_| panic!("it is not searched"));
        let large: Arc<str> = "a: b\n".repeat(SEARCHED / 4).into();
        let file: Arc<str> = "f".into();
        let first = Span::START.at(&file);
        sources.add(Arc::clone(&file), Arc::clone(&large));
        assert_eq!(sources.excerpt(&first), None);
        sources.add_read(file, large, &[]);
        assert_eq!(sources.excerpt(&first).unwrap().line, "a: b");
    }

    #[test]
    fn lines_end_as_in_yaml() {
        let text = Text::new("a: 1\r\nb: 2\rc: 3\n\nd: 4".into());
        let lines: Vec<_> = (1..).map_while(|number| text.line(number)).collect();
        assert_eq!(lines, ["a: 1", "b: 2", "c: 3", "", "d: 4"]);
    }
}
