//! `JUnit` XML as Jenkins' xUnit schema (`junit-10.xsd`) has it: what blocks is a failed case, what
//! is waived a skipped one, the rest passed.

use std::fmt::Write as _;

use super::item::{self, Item};
use super::{Level, Report};
use crate::ContractReport;
use crate::text::{harmless, plain};

/// Cases about one subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suite {
    /// The subject: a contract's id, a file.
    pub name: String,
    /// The cases.
    pub cases: Vec<Case>,
}

/// One case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Its name.
    pub name: String,
    /// How it went.
    pub outcome: Outcome,
    /// What there is to say, in lines.
    pub text: String,
}

/// How a case went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It did not block.
    Passed,
    /// It did.
    Failed,
    /// It would have.
    Skipped,
}

/// A report as the cases of `command`.
#[must_use]
pub fn render(report: Report<'_>, command: &str) -> String {
    let mut suites: Vec<Suite> = match report {
        Report::Check(report) => {
            let suite = |contract: &ContractReport| Suite {
                name: plain(&contract.id),
                cases: cases(&item::of_contract(contract)),
            };
            report.contracts.iter().map(suite).collect()
        }
        Report::Lint(_) => by_subject(&report.items()),
    };
    if suites.is_empty() {
        suites.push(Suite {
            name: report.answer().to_string(),
            cases: cases(&[]),
        });
    }
    write(command, &suites)
}

fn by_subject(items: &[Item]) -> Vec<Suite> {
    items
        .chunk_by(|a, b| a.subject == b.subject)
        .map(|chunk| Suite {
            name: chunk
                .first()
                .map_or_else(String::new, |item| item.subject.clone()),
            cases: cases(chunk),
        })
        .collect()
}

/// A case for each finding, or the one that all is well.
fn cases(items: &[Item]) -> Vec<Case> {
    if items.is_empty() {
        return vec![Case {
            name: "no findings".to_owned(),
            outcome: Outcome::Passed,
            text: String::new(),
        }];
    }
    let case = |item: &Item| Case {
        name: format!("{}: {}", item.rule, item.path),
        outcome: match item.level {
            _ if item.waiver.is_some() => Outcome::Skipped,
            Level::Error => Outcome::Failed,
            Level::Warning | Level::Note => Outcome::Passed,
        },
        text: text(item),
    };
    items.iter().map(case).collect()
}

fn text(item: &Item) -> String {
    let at = &item.at;
    let mut lines = item.lines();
    if let Some(first) = lines.first_mut() {
        *first = format!("{}: {first}", item.kind);
    }
    lines.push(format!("at: {}:{}:{}", at.path, at.line, at.column));
    lines.join("\n")
}

/// The document.
#[must_use]
pub fn write(command: &str, suites: &[Suite]) -> String {
    let of = |wanted: Outcome| move |case: &&Case| case.outcome == wanted;
    let all = || suites.iter().flat_map(|suite| &suite.cases);
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    // Writing into a string does not fail.
    let _ = writeln!(
        out,
        "<testsuites name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\">",
        escape(&format!("zonecut {command}")),
        all().count(),
        all().filter(of(Outcome::Failed)).count()
    );
    for suite in suites {
        let count = |wanted| suite.cases.iter().filter(of(wanted)).count();
        let name = escape(&suite.name);
        let _ = writeln!(
            out,
            "  <testsuite name=\"{name}\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\">",
            suite.cases.len(),
            count(Outcome::Failed),
            count(Outcome::Skipped)
        );
        for case in &suite.cases {
            self::case(&mut out, case, &name);
        }
        out.push_str("  </testsuite>\n");
    }
    out.push_str("</testsuites>\n");
    out
}

fn case(out: &mut String, case: &Case, class: &str) {
    let text = escape(&case.text);
    let first = escape(case.text.lines().next().unwrap_or_default());
    let inside = match case.outcome {
        Outcome::Failed => format!("<failure message=\"{first}\">{text}</failure>"),
        Outcome::Skipped => format!("<skipped message=\"{first}\">{text}</skipped>"),
        Outcome::Passed if text.is_empty() => String::new(),
        Outcome::Passed => format!("<system-out>{text}</system-out>"),
    };
    let name = escape(&case.name);
    let _ = writeln!(
        out,
        "    <testcase classname=\"{class}\" name=\"{name}\">{inside}</testcase>"
    );
}

/// Text for elements and attributes. XML 1.0 (2.2) has no place for some characters, not even as
/// references.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push(c),
            '\u{fffe}' | '\u{ffff}' => out.push(char::REPLACEMENT_CHARACTER),
            c => out.push(harmless(c)),
        }
    }
    out
}
