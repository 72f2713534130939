//! ## What it does
//! Looks for a `pattern` that no engine for regular expressions reads: a group or a class left open, a
//! bracket closed that was not opened, nothing before `*`, bounds or a range in the wrong order.
//!
//! ## Why it matters
//! Validators that meet it stop, or let every value pass; which of the two is learnt in production.
//!
//! ## Example
//! ```yaml
//! logicalTypeOptions: {pattern: "^([a-z]{2}$"}
//! ```
//!
//! ## How to fix
//! Close what is open, and put a backslash before a bracket that is meant as itself.

use zonecut_diagnostics::LintSeverity;

use super::nodes::text;
use super::rule::{Check, Report, Rule};
use super::subject::Subject;
use crate::node::Node;

pub(super) static RULE: Rule = Rule {
    name: "pattern-invalid",
    since: "0.1.0",
    severity: LintSeverity::Error,
    check: Check::Contract(check),
};

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    for element in subject.elements.all() {
        for (pattern, node) in patterns(element.node) {
            if let Some(flaw) = pattern_flaw(pattern) {
                report.add(node.span, element, pattern, || {
                    (
                        format!("no engine reads the pattern: {flaw}"),
                        "close what is open, and put a backslash before a bracket that is meant as itself",
                    )
                });
            }
        }
    }
}

/// The patterns that an element states, with where they stand.
pub(super) fn patterns(element: &Node) -> impl Iterator<Item = (&str, &Node)> {
    let rules = element.get("quality").map(Node::items).unwrap_or_default();
    let arguments = rules.iter().map(|rule| rule.get("arguments"));
    let holders = std::iter::once(element.get("logicalTypeOptions")).chain(arguments);
    let stated = holders
        .flatten()
        .filter_map(|holder| text(holder, "pattern"));
    stated.filter(|(_, node)| !node.is_secret())
}

/// Why no engine for regular expressions reads a pattern, if none does.
#[must_use]
pub fn pattern_flaw(pattern: &str) -> Option<&'static str> {
    Scan::new(pattern).run().err()
}

/// What all engines agree on, in one pass and without compiling anything: patterns come from
/// documents that anybody may have written.
struct Scan<'a> {
    rest: std::iter::Peekable<std::str::Chars<'a>>,
    open: usize,
    /// Whether something stands here that can be repeated.
    repeatable: bool,
}

type Read = Result<(), &'static str>;

impl<'a> Scan<'a> {
    fn new(pattern: &'a str) -> Self {
        // Java quotes text between these two, and `x` allows comments: other rules hold there.
        let foreign = pattern.contains(r"\Q") || pattern.contains("(?x");
        let read = if foreign { 0 } else { pattern.len() };
        Self {
            rest: pattern.get(..read).unwrap_or_default().chars().peekable(),
            open: 0,
            repeatable: false,
        }
    }

    fn run(mut self) -> Read {
        while let Some(letter) = self.rest.next() {
            self.step(letter)?;
        }
        match self.open {
            0 => Ok(()),
            _ => Err("a group is not closed"),
        }
    }

    fn step(&mut self, letter: char) -> Read {
        match letter {
            '\\' => {
                self.rest.next().ok_or("it ends with a backslash")?;
                self.repeatable = true;
            }
            '[' => {
                self.class()?;
                self.repeatable = true;
            }
            '(' => {
                self.open += 1;
                self.rest.next_if_eq(&'?');
                self.repeatable = false;
            }
            ')' => {
                self.open = self
                    .open
                    .checked_sub(1)
                    .ok_or("a group is closed that was not opened")?;
                self.repeatable = true;
            }
            '|' => self.repeatable = false,
            '*' | '+' | '?' if !self.repeatable => {
                return Err("there is nothing before a repetition");
            }
            '{' => self.bounds()?,
            _ => self.repeatable = true,
        }
        Ok(())
    }

    /// `[...]`; a `]` at its very beginning is one of its characters for some engines, and its end for
    /// others.
    fn class(&mut self) -> Read {
        self.rest.next_if_eq(&'^');
        let first = self.rest.next_if_eq(&']').is_some();
        let mut from: Option<char> = None;
        let mut closed = first && !self.rest.clone().any(|letter| letter == ']');
        while !closed {
            let letter = self.rest.next().ok_or("a class is not closed")?;
            match letter {
                ']' => closed = true,
                '\\' => {
                    self.rest.next().ok_or("a class is not closed")?;
                    from = None;
                }
                '-' => {
                    let to = self.rest.next_if(char::is_ascii_alphanumeric);
                    if from.zip(to).is_some_and(|(from, to)| from > to) {
                        return Err("a range of characters runs backwards");
                    }
                    from = None;
                }
                _ => from = Some(letter).filter(char::is_ascii_alphanumeric),
            }
        }
        Ok(())
    }

    /// `{2}`, `{2,}`, `{2,5}`; anything else is the brace itself.
    fn bounds(&mut self) -> Read {
        let inside: String = self
            .rest
            .clone()
            .take_while(|letter| *letter != '}')
            .take(32)
            .collect();
        if let Some((least, most)) = inside.split_once(',')
            && let (Ok(least), Ok(most)) = (least.parse::<u32>(), most.parse::<u32>())
            && least > most
        {
            return Err("the bounds of a repetition are in the wrong order");
        }
        self.repeatable = true;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_engine_reads() {
        for bad in [
            "(a", "a)", "[a", "*a", "(+a)", "a|*", "a{3,1}", "[z-a]", "a\\", "[a\\", "(?:a",
        ] {
            assert!(Scan::new(bad).run().is_err(), "{bad}");
        }
    }

    #[test]
    fn what_some_engine_reads() {
        for good in [
            "",
            "^a+$",
            "(?<year>\\d{4})",
            "(?i)a|b",
            "a{2,}?",
            "[]a]",
            "[^]]",
            "[[:alpha:]]+",
            "[a-]",
            "\\(",
            "[(]",
            "a{,5}",
            "{",
            "}",
            "]",
            "(?=a)b",
            "[\\]]",
            "a|",
            "\\Q(\\E",
            "(?x) a # (",
            "[+--]",
            "[a-z0-9_-]{1,63}",
            "x*+",
            "[]",
        ] {
            assert_eq!(Scan::new(good).run(), Ok(()), "{good}");
        }
    }
}
