//! The texts that findings point into.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::Place;

/// How much of a line is looked at, in bytes: each finding asks for its own.
const LONGEST_LINE: usize = 4096;

/// Texts by the name under which findings know them.
#[derive(Debug, Clone)]
pub struct Sources {
    texts: BTreeMap<Arc<str>, Text>,
    hides: fn(&str) -> bool,
}

#[derive(Debug, Clone)]
struct Text {
    content: Arc<str>,
    /// Where each line begins; found when the first line is asked for.
    starts: OnceCell<Vec<usize>>,
}

impl Text {
    fn line(&self, index: usize) -> Option<&str> {
        let starts = self.starts.get_or_init(|| {
            let after_breaks = self.content.match_indices('\n').map(|(at, _)| at + 1);
            std::iter::once(0).chain(after_breaks).collect()
        });
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
        let starts = OnceCell::new();
        self.texts.insert(
            file,
            Text {
                content: text,
                starts,
            },
        );
    }

    /// The line that a place is on, when its text is known and may be shown; of a line that is longer
    /// than anybody reads, its beginning.
    #[must_use]
    pub fn line(&self, place: &Place) -> Option<&str> {
        let index = usize::try_from(place.line).ok()?.checked_sub(1)?;
        let line = self.texts.get(&place.file)?.line(index)?;
        let line = line.get(..line.floor_char_boundary(LONGEST_LINE))?;
        (!(self.hides)(line)).then_some(line)
    }
}
