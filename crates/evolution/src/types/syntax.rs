//! How types are made of others: `array<int>`, `map<string, int>`, `row(a int, b varchar)`,
//! `Nullable(String)`, `int[]`, `Enum8('a' = 1)`.
//!
//! Belongs here: where the parts stand in the text, for all systems. Does not belong here: what a
//! name means (`kind`, and `targets` for each engine).

/// Types within each other that are read; what is deeper is compared as text.
pub(crate) const DEEPEST: u32 = 24;
/// Octets of a type that are read; what is longer is compared as text.
const LONGEST: usize = 64 * 1024;

/// How the parts of a type hang together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Elements of one type.
    List,
    /// Keys and values.
    Map,
    /// Fields, with or without names.
    Struct,
    /// Rows of fields, as `Nested` of `ClickHouse`.
    Rows,
}

/// A type within another.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Part<T> {
    /// Its name, in lower case where it is not quoted; empty where it has none.
    pub(crate) name: String,
    /// Whether it says `NOT NULL`.
    pub(crate) required: bool,
    /// Its type.
    pub(crate) kind: T,
}

/// One of the named values of an enum type.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Symbol {
    /// Its name.
    pub(crate) name: String,
    /// The number that stands for it, where the type says so.
    pub(crate) number: Option<i64>,
}

/// A type that is made of others, as written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Made<'a> {
    /// Parts.
    Parts(Shape, Vec<Part<&'a str>>),
    /// Values with a mask of nulls beside them.
    Nullable(&'a str),
    /// Values kept once, and referred to.
    Dictionary(&'a str),
    /// Named values, and the bits of their numbers where the name of the type says so.
    Enum(u32, Vec<Symbol>),
}

impl<T> Part<T> {
    /// The part with its type turned into something else.
    pub(crate) fn map<U>(self, turn: impl FnOnce(T) -> U) -> Part<U> {
        Part {
            name: self.name,
            required: self.required,
            kind: turn(self.kind),
        }
    }
}

/// Whether every part has a name, so that their order says nothing.
pub(crate) fn are_named<T>(parts: &[Part<T>]) -> bool {
    parts.iter().all(|part| !part.name.is_empty())
}

/// The parts of a type, where it has any.
pub(crate) fn made<'a>(text: &'a str) -> Option<Made<'a>> {
    let text = text.trim();
    if text.len() > LONGEST {
        return None;
    }
    if let Some(element) = element(text) {
        return Some(Made::Parts(Shape::List, vec![part_of(element)]));
    }
    let open = text.find(['(', '<'])?;
    let (name, rest) = text.split_at_checked(open)?;
    let inside = bracketed(rest)?;
    let parts = |shape, parts: Vec<&'a str>| Some(Made::Parts(shape, read_parts(shape, parts)));
    match name.trim().to_ascii_lowercase().as_str() {
        "array" | "list" => parts(Shape::List, vec![inside]),
        "map" => {
            let both = split(inside);
            (both.len() == 2).then(|| parts(Shape::Map, both))?
        }
        "struct" | "row" | "record" | "tuple" | "object" => parts(Shape::Struct, split(inside)),
        "nested" => parts(Shape::Rows, split(inside)),
        "nullable" => Some(Made::Nullable(inside)),
        "lowcardinality" => Some(Made::Dictionary(inside)),
        "enum" => Some(Made::Enum(0, symbols(inside))),
        "enum8" => Some(Made::Enum(8, symbols(inside))),
        "enum16" => Some(Made::Enum(16, symbols(inside))),
        _ => None,
    }
}

fn read_parts(shape: Shape, texts: Vec<&str>) -> Vec<Part<&str>> {
    let fields = matches!(shape, Shape::Struct | Shape::Rows);
    let read = if fields { field } else { part_of };
    let mut parts: Vec<_> = texts.into_iter().map(read).collect();
    if fields && are_named(&parts) {
        parts.sort_by(|one, other| one.name.cmp(&other.name));
    }
    parts
}

/// The element type of `T[]`, `T[3]`, `T array` and `repeated T`. `fixed[16]` is binary of one length.
fn element(text: &str) -> Option<&str> {
    let without = |text: &str, word: &str| {
        let at = text.len().checked_sub(word.len())?;
        let (rest, end) = text.split_at_checked(at)?;
        end.eq_ignore_ascii_case(word).then_some(rest.len())
    };
    if let Some((word, rest)) = text.split_once(char::is_whitespace)
        && word.eq_ignore_ascii_case("repeated")
    {
        return Some(rest.trim_start());
    }
    let mut rest = text;
    if let Some((before, inside)) = text
        .strip_suffix(']')
        .and_then(|text| text.rsplit_once('['))
    {
        let counted = inside.trim().chars().all(|digit| digit.is_ascii_digit());
        let fixed = ["fixed", "binary"]
            .iter()
            .any(|name| before.trim().eq_ignore_ascii_case(name));
        if !counted || fixed {
            return None;
        }
        rest = before.trim_end();
    }
    let rest = match without(rest, " array") {
        Some(length) => rest.get(..length)?.trim_end(),
        None => rest,
    };
    (rest.len() < text.len() && !rest.is_empty()).then_some(rest)
}

/// What stands in the bracket that a text begins with, if that bracket ends the text.
fn bracketed(text: &str) -> Option<&str> {
    let mut depth = 0_u32;
    for (at, letter) in unquoted(text) {
        match letter {
            '(' | '<' | '[' => depth += 1,
            ')' | '>' | ']' => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if depth == 0 {
            return (at + 1 == text.len()).then(|| text.get(1..at))?;
        }
    }
    None
}

/// The pieces between the commas that stand in no bracket.
fn split(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut depth, mut from) = (0_u32, 0);
    for (at, letter) in unquoted(text) {
        match letter {
            '(' | '<' | '[' => depth += 1,
            ')' | '>' | ']' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                pieces.extend(text.get(from..at));
                from = at + 1;
            }
            _ => {}
        }
    }
    pieces.extend(text.get(from..));
    pieces
}

/// The characters that stand in no quotes, and where.
pub(super) fn unquoted(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut quote = None;
    text.char_indices().filter(move |(_, letter)| {
        let inside = quote.is_some();
        match quote {
            Some(open) if open == *letter => quote = None,
            None if matches!(letter, '\'' | '"' | '`') => quote = Some(*letter),
            _ => {}
        }
        !inside
    })
}

/// A part without a name.
fn part_of(text: &str) -> Part<&str> {
    let (kind, required) = without_remarks(text);
    Part {
        name: String::new(),
        required,
        kind,
    }
}

/// A field: `a int`, `a: int NOT NULL`, `"a b" int COMMENT 'why'`, or a type alone.
fn field(text: &str) -> Part<&str> {
    let (text, required) = without_remarks(text);
    let (name, kind) = named(text).unwrap_or((String::new(), text));
    Part {
        name,
        required,
        kind,
    }
}

/// Words that go on with a type and begin none.
const WITHIN_A_TYPE: &[&str] = &["precision", "varying", "unsigned", "with", "without"];

fn named(text: &str) -> Option<(String, &str)> {
    let quote = text
        .chars()
        .next()
        .filter(|first| ['"', '`'].contains(first));
    if let Some(quote) = quote {
        let (name, rest) = text.get(1..)?.split_once(quote)?;
        return Some((name.to_owned(), rest.trim().trim_start_matches(':').trim()));
    }
    let at = text.find(|letter: char| letter.is_whitespace() || ":(<['".contains(letter))?;
    let (name, rest) = text.split_at_checked(at)?;
    let rest = rest.trim_start();
    let kind = match rest.strip_prefix(':') {
        Some(kind) => kind.trim(),
        None if rest.starts_with(['(', '<', '[', '\'']) => return None,
        None => rest,
    };
    let next = kind
        .split(|letter: char| !letter.is_ascii_alphabetic())
        .next()?;
    let goes_on = WITHIN_A_TYPE
        .iter()
        .any(|word| word.eq_ignore_ascii_case(next));
    (!goes_on).then(|| (name.to_ascii_lowercase(), kind))
}

/// A part without its comment, its options and `NOT NULL`, and whether it said the last.
fn without_remarks(text: &str) -> (&str, bool) {
    let mut end = text.len();
    let lower = text.to_ascii_lowercase();
    let mut depth = 0_u32;
    for (at, letter) in unquoted(text) {
        match letter {
            '(' | '<' | '[' => depth += 1,
            ')' | '>' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 && letter.is_whitespace() => {
                let next = lower.get(at..).unwrap_or_default().trim_start();
                if next.starts_with("comment ") || next.starts_with("options") {
                    end = at;
                    break;
                }
            }
            _ => {}
        }
    }
    let text = text.get(..end).unwrap_or_default().trim();
    let mut words = text.rsplitn(3, char::is_whitespace);
    let last = words.next().unwrap_or_default();
    let before = words.next().unwrap_or_default();
    if last.eq_ignore_ascii_case("null") && before.eq_ignore_ascii_case("not") {
        (words.next().unwrap_or_default().trim(), true)
    } else {
        (text, false)
    }
}

/// `'a' = 1, 'b' = 2` and `'a', 'b'`: between quotes stands a name, and before the next of them its
/// number. Without those quotes, names stand between commas.
fn symbols(inside: &str) -> Vec<Symbol> {
    if !inside.contains('\'') {
        let names = split(inside).into_iter().map(|name| Symbol {
            name: name.trim().trim_matches('"').to_owned(),
            number: None,
        });
        return names.collect();
    }
    let pieces: Vec<&str> = inside.split('\'').skip(1).collect();
    pieces
        .chunks(2)
        .filter_map(|piece| {
            let number = piece.get(1).and_then(|after| {
                let digits = after.trim().strip_prefix('=')?.trim().trim_end_matches(',');
                digits.trim().parse().ok()
            });
            Some(Symbol {
                name: (*piece.first()?).to_owned(),
                number,
            })
        })
        .collect()
}
