//! A line of source with a caret under what is meant.

use std::fmt::Write as _;

use super::{DIM, Options};
use crate::Place;
use crate::source::Sources;
use crate::text::{harmless, plain};

/// Longer lines are cut: an excerpt is a pointer, not a listing.
const WIDEST: usize = 100;

/// Writes where something stands, and the line with a caret where its text is known.
pub(super) fn write(
    out: &mut String,
    label: &str,
    place: &Place,
    sources: &Sources,
    options: Options,
) {
    let address = format!("{}:{}:{}", plain(&place.file), place.line, place.column);
    // Writing into a string does not fail.
    let _ = writeln!(out, "  {} {address}", options.paint(DIM, label));
    let Some(excerpt) = sources.excerpt(place) else {
        return;
    };
    let shown: String = excerpt.line.chars().take(WIDEST).map(harmless).collect();
    let start = usize::try_from(excerpt.column)
        .unwrap_or(1)
        .saturating_sub(1);
    let width = width(&shown, start).max(1);
    let number = place.line.to_string();
    let gutter = " ".repeat(number.len());
    let bar = options.paint(DIM, "|");
    let _ = writeln!(
        out,
        "    {} {bar} {}",
        options.paint(DIM, &number),
        shown.trim_end()
    );
    if start < WIDEST {
        let _ = writeln!(
            out,
            "    {gutter} {bar} {}{}",
            " ".repeat(start),
            options.paint(DIM, &"^".repeat(width))
        );
    }
}

/// How many characters from `start` are meant: in flow style one entry or value, else the line up to its
/// comment.
fn width(line: &str, start: usize) -> usize {
    let line = line.split(" #").next().unwrap_or(line).trim_end();
    let mut flow = Flow::default();
    let mut around = 0;
    for (at, letter) in line.chars().enumerate() {
        if at == start {
            around = flow.depth;
        }
        let ends = around > 0 && flow.depth == around && flow.quote.is_none();
        if ends && at > start && matches!(letter, ',' | '}' | ']') {
            return at - start;
        }
        flow.pass(letter);
    }
    line.chars().count().saturating_sub(start)
}

/// What of a line's flow style is open.
#[derive(Default)]
struct Flow {
    depth: usize,
    quote: Option<char>,
    before: Option<char>,
}

impl Flow {
    fn pass(&mut self, letter: char) {
        let begins = self
            .before
            .is_none_or(|before| matches!(before, ' ' | '{' | '[' | ','));
        match letter {
            _ if self.quote == Some(letter) => self.quote = None,
            _ if self.quote.is_some() => {}
            // Within a word it is a letter of it.
            '"' | '\'' if begins => self.quote = Some(letter),
            '{' | '[' if begins => self.depth += 1,
            '}' | ']' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        self.before = Some(letter);
    }
}

#[cfg(test)]
mod tests {
    use super::width;

    fn meant(line: &str, from: &str) -> String {
        let start = line.find(from).unwrap();
        line.chars().skip(start).take(width(line, start)).collect()
    }

    #[test]
    fn carets_end_with_what_is_meant() {
        let options = "  options: {minLength: 10, pattern: \"^[a,b]}$\", max: 5} # both";
        let nested = "  - {name: x, of: [{a: 1}, {b: 2}]}";
        let examples = "  examples: [abc, 'd]']";
        for (line, from, expected) in [
            (options, "10", "10"),
            (options, "pattern", "pattern: \"^[a,b]}$\""),
            (options, "\"^", "\"^[a,b]}$\""),
            (options, "5", "5"),
            (examples, "abc", "abc"),
            (examples, "'d", "'d]'"),
            (examples, "examples", examples.trim()),
            (nested, "{a", "{a: 1}"),
            (nested, "[{a", "[{a: 1}, {b: 2}]"),
            ("  note: it's a [b], c", "it's", "it's a [b], c"),
        ] {
            assert_eq!(meant(line, from), expected, "{line}");
        }
    }
}
