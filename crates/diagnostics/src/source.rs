//! The texts that findings point into.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::Place;
use crate::place::line_starts;

/// How much of a line is looked at, in bytes: each finding asks for its own.
pub const LONGEST_LINE: usize = 4096;

/// Texts by the name under which findings know them.
#[derive(Debug, Clone)]
pub struct Sources {
    texts: BTreeMap<Arc<str>, Text>,
    hides: fn(&str) -> bool,
}

/// A text whose lines are asked for, one by one.
#[derive(Debug, Clone)]
pub struct Text {
    content: Arc<str>,
    /// Where each line begins; found when the first line is asked for.
    starts: OnceCell<Vec<usize>>,
}

impl Text {
    /// Of a document.
    #[must_use]
    pub const fn new(content: Arc<str>) -> Self {
        let starts = OnceCell::new();
        Self { content, starts }
    }

    /// The line of that number, counted from 1 as places do, without what ends it.
    #[must_use]
    pub fn line(&self, number: u32) -> Option<&str> {
        let index = usize::try_from(number).ok()?.checked_sub(1)?;
        let starts = self
            .starts
            .get_or_init(|| line_starts(&self.content).collect());
        let start = *starts.get(index)?;
        let end = starts
            .get(index + 1)
            .map_or(self.content.len(), |next| next - 1);
        let line = self.content.get(start..end)?;
        Some(line.strip_suffix('\r').unwrap_or(line))
    }
}

impl Sources {
    /// No texts yet. Lines that `hides` is true of, such as those that hold a credential, are never
    /// shown.
    #[must_use]
    pub fn new(hides: fn(&str) -> bool) -> Self {
        Self {
            texts: BTreeMap::new(),
            hides,
        }
    }

    /// Remembers the text of a file.
    pub fn add(&mut self, file: Arc<str>, text: Arc<str>) {
        self.texts.insert(file, Text::new(text));
    }

    /// The line that a place is on, when its text is known and may be shown; of a line that is longer
    /// than anybody reads, its beginning.
    #[must_use]
    pub fn line(&self, place: &Place) -> Option<&str> {
        let line = self.texts.get(&place.file)?.line(place.line)?;
        let line = line.get(..line.floor_char_boundary(LONGEST_LINE))?;
        (!(self.hides)(line)).then_some(line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Span;

    #[test]
    fn lines_end_as_in_yaml() {
        let file: Arc<str> = "f.yaml".into();
        let mut sources = Sources::new(|_| false);
        sources.add(Arc::clone(&file), "a: 1\r\nb: 2\rc: 3\n\nd: 4".into());
        let line = |line| sources.line(&Span { line, column: 1 }.at(&file));
        let lines: Vec<_> = (1..).map_while(line).collect();
        assert_eq!(lines, ["a: 1", "b: 2", "c: 3", "", "d: 4"]);
    }
}
