//! What `check` found, for people.

use std::fmt::Write as _;

use super::{BAD, BOLD, DIM, DOUBTFUL, GOOD, Options, excerpt, level_style, severity_style};
use crate::render::answer::Answer;
use crate::render::item::{self, Location};
use crate::report::Side;
use crate::source::Sources;
use crate::text::plain;
use crate::{CheckReport, ContractReport, Finding, Severity, Verdict};

/// The whole report: may it be published, if not who breaks and what would help, then why.
#[must_use]
pub fn check(report: &CheckReport, sources: &Sources, options: Options) -> String {
    let mut out = String::new();
    headline(&mut out, report, options);
    if !options.quiet {
        for contract in &report.contracts {
            self::contract(&mut out, contract, sources, options);
        }
        for it in item::of_exceptions(report) {
            let label = options.paint(level_style(it.level), &it.kind);
            let message = options.paint(BOLD, &it.message);
            let Location { path, line, column } = &it.at;
            let help = options.paint(DIM, "  help");
            let _ = writeln!(out, "\n{label}: {message} [{}]", it.rule);
            let _ = writeln!(out, "      at {path}:{line}:{column}\n  {help} {}", it.help);
        }
    }
    out
}

fn headline(out: &mut String, report: &CheckReport, options: Options) {
    let answer = Answer::of_check(report);
    let style = if answer.good { GOOD } else { BAD };
    let verdict = options.paint(style, answer.verdict);
    // Writing into a string does not fail.
    let _ = writeln!(out, "{verdict}: {}", answer.summary);
    for (id, remedy) in &answer.remedies {
        let id = options.paint(BOLD, &plain(id));
        let _ = writeln!(out, "  {id}: {}", plain(remedy));
    }
}

fn contract(out: &mut String, contract: &ContractReport, sources: &Sources, options: Options) {
    let version = |side: &Option<Side>| {
        side.as_ref()
            .map_or_else(|| "nothing".to_owned(), |side| plain(&side.version))
    };
    let title = if contract.name == contract.id {
        contract.id.clone()
    } else {
        format!("{} ({})", contract.id, contract.name)
    };
    let _ = writeln!(
        out,
        "\n{} {} -> {}, at least {}",
        options.paint(BOLD, &plain(&title)),
        version(&contract.before),
        version(&contract.after),
        plain(&contract.version.required)
    );
    let verdict = &contract.verdict;
    let _ = writeln!(
        out,
        "consumer {}, producer {}, governance {}",
        verdict_text(verdict.consumer, options),
        verdict_text(verdict.producer, options),
        verdict_text(verdict.governance, options)
    );
    let touched = contract.targets.iter();
    let touched = touched.filter(|(_, verdict)| **verdict != Verdict::Compatible);
    let touched: Vec<String> = touched
        .map(|(name, verdict)| format!("{} {}", plain(name), verdict_text(*verdict, options)))
        .collect();
    if !touched.is_empty() {
        let _ = writeln!(out, "targets: {}", touched.join(", "));
    }
    for finding in &contract.findings {
        self::finding(out, finding, sources, options);
    }
}

fn verdict_text(verdict: Verdict, options: Options) -> String {
    let style = match verdict {
        Verdict::Compatible => GOOD,
        Verdict::Warning => DOUBTFUL,
        Verdict::Breaking => BAD,
    };
    options.paint(style, verdict.as_str())
}

fn finding(out: &mut String, finding: &Finding, sources: &Sources, options: Options) {
    let style = severity_style(finding.severity);
    let label = options.paint(style, finding.severity.as_str());
    // Whoever waives a finding quotes its fingerprint; nobody waives a note.
    let fingerprint = match finding.severity {
        Severity::Note => String::new(),
        _ => format!(" {}", options.paint(DIM, finding.fingerprint.as_str())),
    };
    let _ = writeln!(
        out,
        "\n{label} for {}: {} [{}]{fingerprint}",
        finding.perspective,
        options.paint(BOLD, &plain(&finding.message)),
        finding.rule
    );
    if let Some(place) = &finding.before {
        excerpt::write(out, "before", place, sources, options);
    }
    if let Some(place) = &finding.after {
        excerpt::write(out, " after", place, sources, options);
    }
    let _ = writeln!(
        out,
        "  {} {}",
        options.paint(DIM, "  help"),
        plain(&finding.help)
    );
    if let Some(waiver) = &finding.waiver {
        let _ = writeln!(
            out,
            "  {} {}",
            options.paint(DIM, "waived"),
            plain(&waiver.to_string())
        );
    }
}
