//! Whether a pattern is exponentially ambiguous, decided on its position automaton (Glushkov): some
//! state is reached from itself in two ways by one text. That is so when a step within a cycle exists
//! twice, or when, in the product of the automaton with itself, a pair of one state and a pair of two
//! reach each other (Weber and Seidl, 1991).
//!
//! Does not belong here: ambiguity that costs a power of the length only, and what no automaton knows
//! (references, atomic groups): of such patterns nothing is said.

use std::collections::HashSet;

use regex_syntax::ast::{Ast, GroupKind, RepetitionKind, RepetitionOp, RepetitionRange, parse};
use regex_syntax::hir::translate::Translator;
use regex_syntax::hir::{Class, ClassUnicode, HirKind};

/// The longest pattern looked at, in bytes.
const LONGEST: usize = 1024;
/// The most characters and classes of a pattern looked at.
const MOST_POSITIONS: usize = 160;
/// A repetition that may be this often counts as one without end: two to the tenth are many.
const OFTEN: u32 = 10;

/// Whether a text can pass the pattern in exponentially many ways; takes at most `steps`.
pub(super) fn is_exponential(pattern: &str, steps: &mut usize) -> bool {
    let repeats = pattern.contains(['*', '+', '{']);
    if pattern.len() > LONGEST || !repeats || is_atomic(pattern) {
        return false;
    }
    let plain = without_lookaround(pattern);
    let parser = parse::ParserBuilder::new().nest_limit(64).build();
    let Ok(ast) = { parser }.parse(&plain) else {
        return false;
    };
    let mut automaton = Automaton {
        pattern: &plain,
        classes: Vec::new(),
        follow: Vec::new(),
        doubled: Vec::new(),
    };
    automaton.part(&ast).is_some() && automaton.is_ambiguous(steps).unwrap_or_default()
}

/// `x*+` and `(?>x)` never go back, and say so in a way that means something else to our parser.
fn is_atomic(pattern: &str) -> bool {
    ["*+", "++", "?+", "}+", "(?>"]
        .iter()
        .any(|mark| pattern.contains(mark))
}

/// The pattern without `(?=…)` and the like, which match nothing by themselves.
fn without_lookaround(pattern: &str) -> String {
    let mut kept = String::new();
    // How many groups are open, and the one within a class; the depth at which what is left out began.
    let (mut depth, mut in_class, mut left_out) = (0_usize, false, None);
    let mut letters = pattern.char_indices();
    while let Some((at, letter)) = letters.next() {
        let rest = pattern.get(at..).unwrap_or_default();
        let looks = ["(?=", "(?!", "(?<=", "(?<!"]
            .iter()
            .any(|look| rest.starts_with(look));
        let mut ends = false;
        match letter {
            '[' => in_class = true,
            ']' => in_class = false,
            '(' if !in_class => {
                if looks && left_out.is_none() {
                    left_out = Some(depth);
                }
                depth += 1;
            }
            ')' if !in_class => {
                depth = depth.saturating_sub(1);
                ends = left_out == Some(depth);
            }
            _ => {}
        }
        let escaped = if letter == '\\' { letters.next() } else { None };
        if left_out.is_none() {
            kept.push(letter);
            kept.extend(escaped.map(|(_, letter)| letter));
        }
        if ends {
            left_out = None;
        }
    }
    kept
}

/// A part of a pattern: where it begins and ends, and whether it can be empty.
#[derive(Default)]
struct Part {
    first: Vec<usize>,
    last: Vec<usize>,
    empty: bool,
}

/// Each character or class of the pattern is a state, entered by what it matches.
struct Automaton<'a> {
    pattern: &'a str,
    classes: Vec<ClassUnicode>,
    follow: Vec<Vec<usize>>,
    /// Steps that exist twice.
    doubled: Vec<(usize, usize)>,
}

impl Automaton<'_> {
    /// Nothing where the pattern is too large or holds what no automaton knows.
    fn part(&mut self, ast: &Ast) -> Option<Part> {
        let nothing = Part {
            empty: true,
            ..Part::default()
        };
        match ast {
            Ast::Empty(_) | Ast::Flags(_) | Ast::Assertion(_) => Some(nothing),
            Ast::Literal(_)
            | Ast::Dot(_)
            | Ast::ClassUnicode(_)
            | Ast::ClassPerl(_)
            | Ast::ClassBracketed(_) => self.position(ast),
            Ast::Group(group) => match &group.kind {
                GroupKind::CaptureIndex(_)
                | GroupKind::CaptureName { .. }
                | GroupKind::NonCapturing(_) => self.part(&group.ast),
            },
            Ast::Alternation(any) => any.asts.iter().try_fold(Part::default(), |mut all, ast| {
                let part = self.part(ast)?;
                all.first.extend(part.first);
                all.last.extend(part.last);
                all.empty |= part.empty;
                Some(all)
            }),
            Ast::Concat(list) => list.asts.iter().try_fold(nothing, |before, ast| {
                let part = self.part(ast)?;
                Some(self.sequence(before, part))
            }),
            Ast::Repetition(repetition) => {
                let part = self.part(&repetition.ast)?;
                let (least, most) = bounds(&repetition.op);
                if most.is_none_or(|most| most >= OFTEN) {
                    self.connect(&part.last, &part.first);
                }
                Some(Part {
                    empty: part.empty || least == 0,
                    ..part
                })
            }
        }
    }

    fn position(&mut self, ast: &Ast) -> Option<Part> {
        let class = class(self.pattern, ast)?;
        let state = self.classes.len();
        if state >= MOST_POSITIONS {
            return None;
        }
        self.classes.push(class);
        self.follow.push(Vec::new());
        Some(Part {
            first: vec![state],
            last: vec![state],
            empty: false,
        })
    }

    fn sequence(&mut self, before: Part, after: Part) -> Part {
        self.connect(&before.last, &after.first);
        let mut first = before.first;
        if before.empty {
            first.extend(&after.first);
        }
        let mut last = after.last;
        if after.empty {
            last.extend(before.last);
        }
        Part {
            first,
            last,
            empty: before.empty && after.empty,
        }
    }

    fn connect(&mut self, from: &[usize], to: &[usize]) {
        for &from in from {
            let Some(follow) = self.follow.get_mut(from) else {
                continue;
            };
            for &to in to {
                if follow.contains(&to) {
                    self.doubled.push((from, to));
                } else {
                    follow.push(to);
                }
            }
        }
    }

    fn after(&self, state: usize) -> &[usize] {
        self.follow.get(state).map_or(&[], Vec::as_slice)
    }

    fn share(&self, one: usize, other: usize) -> bool {
        let (Some(one), Some(other)) = (self.classes.get(one), self.classes.get(other)) else {
            return false;
        };
        let mut both = one.clone();
        both.intersect(other);
        both.iter().next().is_some()
    }

    /// Nothing where that takes too long to say.
    fn is_ambiguous(&self, steps: &mut usize) -> Option<bool> {
        for &(from, to) in &self.doubled {
            if self.reaches((to, to), (from, from), steps)? {
                return Some(true);
            }
        }
        let states = self.classes.len();
        for state in 0..states {
            for one in 0..states {
                // A pair of two states that one state forks into, and that join in it again.
                let follow = self.after(state);
                if !follow.contains(&one) {
                    continue;
                }
                for &other in follow.iter().filter(|other| **other > one) {
                    if self.share(one, other)
                        && self.reaches((one, other), (state, state), steps)?
                    {
                        return Some(true);
                    }
                }
            }
        }
        Some(false)
    }

    /// Whether two walks from a pair of states come to another pair by the same text.
    fn reaches(&self, from: (usize, usize), to: (usize, usize), steps: &mut usize) -> Option<bool> {
        let mut seen = HashSet::from([from]);
        let mut open = vec![from];
        while let Some((one, other)) = open.pop() {
            if (one, other) == to {
                return Some(true);
            }
            for &one in self.after(one) {
                for &other in self.after(other) {
                    *steps = steps.checked_sub(1)?;
                    if !seen.contains(&(one, other)) && self.share(one, other) {
                        seen.insert((one, other));
                        open.push((one, other));
                    }
                }
            }
        }
        Some(false)
    }
}

fn bounds(op: &RepetitionOp) -> (u32, Option<u32>) {
    match &op.kind {
        RepetitionKind::ZeroOrOne => (0, Some(1)),
        RepetitionKind::ZeroOrMore => (0, None),
        RepetitionKind::OneOrMore => (1, None),
        RepetitionKind::Range(range) => match *range {
            RepetitionRange::Exactly(times) => (times, Some(times)),
            RepetitionRange::AtLeast(least) => (least, None),
            RepetitionRange::Bounded(least, most) => (least, Some(most)),
        },
    }
}

/// What a character or class matches.
fn class(pattern: &str, ast: &Ast) -> Option<ClassUnicode> {
    let hir = Translator::new().translate(pattern, ast).ok()?;
    match hir.into_kind() {
        HirKind::Class(Class::Unicode(class)) => Some(class),
        HirKind::Class(Class::Bytes(class)) => class.to_unicode_class(),
        HirKind::Literal(literal) => {
            let letter = std::str::from_utf8(&literal.0).ok()?.chars().next()?;
            let range = regex_syntax::hir::ClassUnicodeRange::new(letter, letter);
            Some(ClassUnicode::new([range]))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge(pattern: &str) -> bool {
        is_exponential(pattern, &mut 2_000_000)
    }

    #[test]
    fn patterns_that_explode_are_found() {
        for pattern in [
            "^(([a-z])+.)+[A-Z]([a-z])+$",
            "^(a+)+$",
            "(a{1,1000}){1,1000}{1,1000}",
            "(a*)*b",
            "(a|a)*$",
            "(a|b|ab)*c",
            "(x+x+)+y",
            "^([a-z0-9]+-?)+$",
            "^(\\d+\\d*)+$",
            "^([a-zA-Z0-9_.-]+)*@x$",
            "^(?:\\w+\\s?)*$",
            "(?=.)([^,]*,?)*$",
            "((ab)*)*c",
            "(.*.*)+x",
        ] {
            assert!(judge(pattern), "{pattern}");
        }
    }

    #[test]
    fn patterns_that_people_use_are_not() {
        for pattern in [
            "^[a-z]+$",
            "^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\\.)+[a-zA-Z]{2,63}$",
            "^([a-z0-9]+(-[a-z0-9]+)*\\.)+[a-z]{2,}$",
            "^(?=.{1,253}\\.?$)(?:(?!-)[a-z0-9-]{1,63}(?<!-)\\.)+[a-z]{2,63}$",
            "^[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\\.[a-zA-Z]{2,}$",
            "^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\\.)+[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$",
            "^((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)\\.){3}(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)$",
            "^([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}$",
            "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
            "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?(Z|[+-]\\d{2}:\\d{2})$",
            "^(\\w+,)*\\w+$",
            "^(\"([^\"\\\\]|\\\\.)*\"|[^,]*)$",
            "^(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)(-[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*)?$",
            "^([a-z]{1,2}){2}$",
            "(?>a+)+",
            "(a++)+",
            "(a+)\\1+",
            "^\\s*(.*?)\\s*$",
            "^https?://[^\\s/$.?#].[^\\s]*$",
            "(A|AAAA|NS|SOA|MX)(,(A|AAAA|NS|SOA|MX))*",
        ] {
            assert!(!judge(pattern), "{pattern}");
        }
    }

    #[test]
    fn work_is_bounded() {
        let mut steps = 1000;
        let wide = format!("(({})+.)+", "[a-z]?".repeat(150));
        is_exponential(&wide, &mut steps);
        assert!(!judge(&"(a+)+".repeat(300)));
    }
}
