//! Markdown for one comment on a pull request, or the summary of a job: the verdict, a table, the
//! details folded.
//!
//! The first line is a mark that nobody sees; who posts the comment finds the earlier one by it and
//! replaces it. A comment that would be too long says what was left out.

mod escape;

use self::escape::{code, html, prose};
use super::answer::remedy;
use super::item::{self, Item};
use super::{Level, Report};
use crate::report::Side;
use crate::{CheckReport, ContractReport, Verdict};

/// What GitHub takes in characters. We count octets, of which there are never fewer.
pub const LONGEST: usize = 65_536;
/// Kept for what is said at the end.
const LAST_WORDS: usize = 300;
const FOLD_END: &str = "\n</details>\n";

/// A comment about what `command` found.
#[must_use]
pub fn render(report: Report<'_>, command: &str) -> String {
    let answer = report.answer();
    let sign = if answer.good { "✅" } else { "❌" };
    let mut page = Page::new();
    page.text = format!(
        "{}\n### {sign} zonecut {command}: {}\n",
        mark(command),
        prose(&answer.to_string())
    );
    match report {
        Report::Check(report) => check(&mut page, report),
        Report::Lint(_) => lint(&mut page, &report.items()),
    }
    page.finish(command)
}

/// The first line of every comment of `command`.
#[must_use]
pub fn mark(command: &str) -> String {
    format!("<!-- zonecut {command} -->")
}

/// What was written, and how much was left out.
struct Page {
    text: String,
    lost_contracts: usize,
    lost_findings: usize,
}

impl Page {
    fn new() -> Self {
        Self {
            text: String::new(),
            lost_contracts: 0,
            lost_findings: 0,
        }
    }

    /// Adds a part, unless it would leave less than `kept` octets.
    fn add(&mut self, part: &str, kept: usize) -> bool {
        let fits = self.text.len() + part.len() + kept + LAST_WORDS <= LONGEST;
        if fits {
            self.text.push_str(part);
        }
        fits
    }

    /// A fold with a table of findings.
    fn findings(&mut self, title: &str, items: &[Item]) {
        let title = html(title);
        let head = format!(
            "\n<details><summary>{title}</summary>\n\n| | finding | where |\n|---|---|---|\n"
        );
        if !self.add(&head, FOLD_END.len()) {
            self.lost_findings += items.len();
            return;
        }
        for item in items {
            if !self.add(&row(item), FOLD_END.len()) {
                self.lost_findings += 1;
            }
        }
        self.text.push_str(FOLD_END);
    }

    fn finish(mut self, command: &str) -> String {
        if self.lost_contracts + self.lost_findings > 0 {
            let lost = format!(
                "\n{} contracts and {} findings are left out, since a comment holds {LONGEST} characters: `zonecut {command}` shows all.\n",
                self.lost_contracts, self.lost_findings
            );
            self.text.push_str(&lost);
        }
        self.text
    }
}

fn check(page: &mut Page, report: &CheckReport) {
    if report.contracts.is_empty() {
        return;
    }
    // What blocks comes first, so that it is cut last.
    let mut contracts: Vec<&ContractReport> = report.contracts.iter().collect();
    contracts.sort_by_key(|contract| contract.is_publishable());
    page.text.push_str(
        "\n| contract | version | consumer | producer | governance | targets | to do |\n|---|---|---|---|---|---|---|\n",
    );
    for contract in &contracts {
        // The other half is for the findings.
        if !page.add(&contract_row(contract), LONGEST / 2) {
            page.lost_contracts += 1;
        }
    }
    for contract in contracts {
        let items = item::of_contract(contract);
        if !items.is_empty() {
            let title = format!(
                "{}: {}",
                contract.id,
                super::answer::count(items.len(), "finding")
            );
            page.findings(&title, &items);
        }
    }
    let exceptions = item::of_exceptions(report);
    if !exceptions.is_empty() {
        let title = if report.omissions.is_empty() {
            "decided by the repository"
        } else {
            "left out, or decided by the repository"
        };
        page.findings(title, &exceptions);
    }
}

fn contract_row(contract: &ContractReport) -> String {
    let version = |side: &Option<Side>| {
        let version = side.as_ref().map(|side| code(&side.version));
        version.unwrap_or_else(|| "nothing".to_owned())
    };
    let touched = contract.targets.iter();
    let touched = touched.filter(|(_, verdict)| **verdict != Verdict::Compatible);
    let touched: Vec<String> = touched
        .map(|(name, verdict)| format!("{} {verdict}", code(name)))
        .collect();
    format!(
        "| {} | {} → {} | {} | {} | {} | {} | {} |\n",
        code(&contract.id),
        version(&contract.before),
        version(&contract.after),
        verdict(contract.verdict.consumer),
        verdict(contract.verdict.producer),
        verdict(contract.verdict.governance),
        touched.join(", "),
        remedy(contract).map_or_else(|| "nothing".to_owned(), |what| prose(&what))
    )
}

fn verdict(verdict: Verdict) -> String {
    match verdict {
        Verdict::Breaking => format!("**{verdict}**"),
        _ => verdict.to_string(),
    }
}

fn lint(page: &mut Page, items: &[Item]) {
    let mut files: Vec<&[Item]> = items.chunk_by(|a, b| a.subject == b.subject).collect();
    files.sort_by_key(|items| items.iter().all(|item| item.level < Level::Error));
    for items in files {
        let file = items.first().map_or("", |item| item.subject.as_str());
        page.findings(
            &format!("{file}: {}", super::answer::count(items.len(), "finding")),
            items,
        );
    }
}

fn row(item: &Item) -> String {
    let label = match (item.level, &item.waiver) {
        (_, Some(_)) => format!("{}, waived", item.kind),
        (Level::Error, None) => format!("**{}**", item.kind),
        (_, None) => item.kind.clone(),
    };
    let text: Vec<String> = item.lines().iter().map(|line| prose(line)).collect();
    format!(
        "| {label} | {} | {}<br>{}<br>{} |\n",
        text.join("<br>"),
        code(&format!("{}:{}", item.at.path, item.at.line)),
        code(&item.rule),
        code(&item.fingerprint)
    )
}
