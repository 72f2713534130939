//! Secrets in what is no tree: YAML's parser passes comments over, and a text that breaks its syntax
//! has none. These are found in the lines of the text.

use zonecut_diagnostics::{Span, Stretch};

use super::{Secret, find, name::Meaning};

/// Each comment that holds a secret: what follows a `#` at the beginning of a line or after white
/// space.
#[must_use]
pub fn comments(text: &str) -> Vec<(Stretch, Secret)> {
    if !text.contains('#') {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (line, number) in lines(text).zip(1_u32..) {
        let begins = line.match_indices('#').find(|(at, _)| {
            let before = line.get(..*at).unwrap_or_default().chars().next_back();
            before.is_none_or(char::is_whitespace)
        });
        let Some((at, _)) = begins else {
            continue;
        };
        let (before, comment) = line.split_at(at);
        if let Some(kind) = find(comment) {
            found.push((rest_of(number, before.chars().count()), kind));
        }
    }
    found
}

/// The lines that hold a secret or name a credential, and the two after each: where the syntax breaks,
/// nobody knows where a value ends.
#[must_use]
pub fn suspect_lines(text: &str) -> Vec<Stretch> {
    const AFTER: u32 = 2;
    let mut suspect_until = 0;
    let mut found = Vec::new();
    for (line, number) in lines(text).zip(1_u32..) {
        if find(line).is_some() || names_one(line) {
            suspect_until = number.saturating_add(AFTER);
        }
        if number <= suspect_until {
            found.push(rest_of(number, 0));
        }
    }
    found
}

fn names_one(line: &str) -> bool {
    let part_of_name = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-');
    line.split(|letter| !part_of_name(letter))
        .any(|word| Meaning::of(word) == Some(Meaning::Sure))
}

/// A line from the character after the first `before` ones.
fn rest_of(line: u32, before: usize) -> Stretch {
    let column = u32::try_from(before + 1).unwrap_or(u32::MAX);
    Stretch {
        start: Span { line, column },
        end: Span {
            line,
            column: u32::MAX,
        },
    }
}

/// Lines as YAML breaks them.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n')
        .map(|line| line.strip_suffix('\r').unwrap_or(line))
        .flat_map(|line| line.split('\r'))
}
