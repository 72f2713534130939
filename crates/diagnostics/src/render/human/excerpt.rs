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
    let meant = shown.split(" #").next().unwrap_or(&shown).trim_end();
    let width = meant.chars().count().saturating_sub(start).max(1);
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
