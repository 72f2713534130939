//! Where a part of a query stands in the document.

use zonecut_diagnostics::Span;

use crate::node::Node;

/// A place of the query in the document, where it is written so that the two agree: on one line, or as
/// a literal block; else where it begins.
pub(super) fn within(text: &str, node: &Node, query: &str, (line, column): (u32, u32)) -> Span {
    let count = |number: u32| {
        usize::try_from(number)
            .unwrap_or_default()
            .saturating_sub(1)
    };
    let lines: Vec<&str> = text
        .lines()
        .skip(count(node.span.line))
        .take(count(line) + 2)
        .collect();
    let value: String = lines
        .first()
        .map_or("", |first| *first)
        .chars()
        .skip(count(node.span.column))
        .collect();
    let unquoted = value.strip_prefix(['"', '\'']).unwrap_or(&value);
    if unquoted.starts_with(query) {
        let quote = u32::from(unquoted.len() < value.len());
        return Span {
            line: node.span.line,
            column: node.span.column + quote + column - 1,
        };
    }
    let wanted = query.lines().nth(count(line)).unwrap_or_default();
    // A block begins on the line after its indicator; where its place is that of its text, on that line.
    let mut shifts = (0..=1).zip(lines.iter().skip(count(line)));
    let found = shifts.find_map(|(shift, stands)| {
        let margin = stands.strip_suffix(wanted).filter(|_| !wanted.is_empty())?;
        let blank = margin.bytes().all(|byte| byte == b' ');
        blank.then_some((shift, u32::try_from(margin.len()).ok()?))
    });
    found.map_or(node.span, |(shift, margin)| Span {
        line: node.span.line + shift + line - 1,
        column: margin + column,
    })
}
