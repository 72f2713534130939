//! What the rules are, for formats that carry it along.

use rust_embed::Embed;
use zonecut_contract::lint;
use zonecut_diagnostics::Severity;
use zonecut_diagnostics::render::Level;
use zonecut_diagnostics::render::sarif::Rule;
use zonecut_evolution::rules;

/// A page for each rule of `check`.
#[derive(Embed)]
#[folder = "../../docs/rules"]
struct CheckPages;

/// A page for each rule of `lint`.
#[derive(Embed)]
#[folder = "../../docs/lint"]
struct LintPages;

/// What is known of a rule of either kind.
pub fn about(name: &str) -> Option<Rule> {
    let level = of_check(name).or_else(|| of_lint(name))?;
    Some(Rule {
        level,
        page: page(name),
    })
}

fn of_check(name: &str) -> Option<Level> {
    let rule = rules::ALL.iter().find(|rule| rule.name == name)?;
    let gravest = rule.severities.iter().map(|(_, severity)| severity).max();
    Some(match gravest {
        Some(Severity::Breaking) => Level::Error,
        Some(Severity::Warning) => Level::Warning,
        Some(Severity::Note) | None => Level::Note,
    })
}

fn of_lint(name: &str) -> Option<Level> {
    let rule = lint::ALL.iter().find(|rule| rule.name == name)?;
    Some(rule.severity.into())
}

fn page(name: &str) -> Option<String> {
    let path = format!("{name}.md");
    let file = CheckPages::get(&path).or_else(|| LintPages::get(&path))?;
    let text = String::from_utf8_lossy(&file.data);
    // The first line says where the page is written from.
    let shown = text.split_once("-->\n").map_or(&*text, |(_, shown)| shown);
    Some(shown.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_its_page() {
        let checks = rules::ALL.iter().map(|rule| rule.name);
        for name in checks.chain(lint::ALL.iter().map(|rule| rule.name)) {
            let page = about(name).and_then(|rule| rule.page);
            let start = format!("# {name}\n");
            assert!(page.is_some_and(|page| page.starts_with(&start)), "{start}");
        }
    }
}
