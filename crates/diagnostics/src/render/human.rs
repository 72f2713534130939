//! Reports for people: the answer first, then each finding with the lines it is about.

mod check;
mod excerpt;
mod lint;

use anstyle::{AnsiColor, Style};

pub use check::check;
pub use lint::lint;

use crate::render::item::Level;
use crate::{LintSeverity, Severity};

/// How to print for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Whether to colour.
    pub color: bool,
    /// Whether to leave the findings out and print the answer alone.
    pub quiet: bool,
}

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const GOOD: Style = AnsiColor::Green.on_default().bold();
const BAD: Style = AnsiColor::Red.on_default().bold();
const DOUBTFUL: Style = AnsiColor::Yellow.on_default().bold();
const MILD: Style = AnsiColor::Cyan.on_default().bold();

impl Options {
    /// The text in a style, or as it is where colour is off.
    fn paint(self, style: Style, text: &str) -> String {
        if self.color {
            format!("{}{text}{}", style.render(), style.render_reset())
        } else {
            text.to_owned()
        }
    }
}

fn severity_style(severity: Severity) -> Style {
    match severity {
        Severity::Note => MILD,
        Severity::Warning => DOUBTFUL,
        Severity::Breaking => BAD,
    }
}

fn level_style(level: Level) -> Style {
    match level {
        Level::Note => MILD,
        Level::Warning => DOUBTFUL,
        Level::Error => BAD,
    }
}

fn lint_style(severity: LintSeverity) -> Style {
    match severity {
        LintSeverity::Note => MILD,
        LintSeverity::Warning => DOUBTFUL,
        LintSeverity::Error => BAD,
    }
}
