//! No message breaks out of its place, in any format.

use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag};
use serde_json::Value;
use zonecut_diagnostics::render::{Report, azure, github, gitlab, human, junit, markdown, sarif};
use zonecut_diagnostics::text::plain;
use zonecut_diagnostics::{CheckReport, Omission, Severity};

use crate::junit::parse;
use crate::sample;

/// What would act if it were not text.
const HAZARDS: [&str; 34] = [
    "\n",
    "\r",
    "\r\n",
    "::",
    "::error::",
    "%",
    "%0A",
    "%25",
    "##[error]",
    "##vso[task.complete]",
    "]]>",
    "</failure>",
    "<script>",
    "</details>",
    "-->",
    "&amp;",
    "&#10;",
    "\"",
    "'",
    "`",
    "```",
    "|",
    "\\",
    "\\|",
    "@everyone",
    "#1",
    "[a](http://b.example)",
    "![i](x)",
    "\u{1b}[31m",
    "\u{202e}",
    "\u{2066}",
    "\0",
    "\u{2028}",
    "\u{fffe}",
];

fn hostile() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        3 => prop::sample::select(&HAZARDS[..]).prop_map(str::to_owned),
        1 => "[a-z *_~#$;,\\]]{0,5}",
        1 => any::<String>(),
    ];
    prop::collection::vec(part, 0..8).prop_map(|parts| parts.concat())
}

/// A report that says `text` wherever a document is quoted.
fn report(text: &str) -> CheckReport {
    let mut finding = sample::finding("type-changed", Severity::Breaking, text);
    finding.before = Some(sample::place(text, 1, 2));
    finding.after = Some(sample::place(text, 3, 4));
    finding.waiver = Some(sample::waiver(text));
    let mut contract = sample::contract(text, vec![finding]);
    text.clone_into(&mut contract.version.required);
    for side in [&mut contract.before, &mut contract.after]
        .into_iter()
        .flatten()
    {
        text.clone_into(&mut side.version);
        text.clone_into(&mut side.file);
    }
    CheckReport {
        publishable: true,
        compared: Some(1),
        contracts: vec![contract],
        waivers: vec![sample::expired(text)],
        overrides: vec![sample::graded(text)],
        omissions: vec![Omission {
            path: text.to_owned(),
            reason: text.to_owned(),
            help: text.to_owned(),
        }],
    }
}

/// How Markdown is understood: its tags, and its text apart.
fn understood(text: &str) -> (Vec<String>, String) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_MATH
        | Options::ENABLE_TASKLISTS;
    let (mut shape, mut words) = (Vec::new(), String::new());
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Text(text) => words.push_str(&text),
            Event::Start(tag @ (Tag::Link { .. } | Tag::Image { .. })) => {
                shape.push(format!("{tag:?}"));
            }
            Event::Start(tag) => shape.push(format!("{:?}", tag.to_end())),
            Event::Html(html) | Event::InlineHtml(html) => {
                shape.push(without_title(html.trim(), &mut words));
            }
            Event::End(_) => {}
            other => shape.push(format!("{other:?}")),
        }
    }
    // Where code is set depends on backticks in the message; nothing else may.
    shape.retain(|part| part != "<code>" && part != "</code>");
    (shape, words)
}

/// A tag of ours; the title of a fold, which is text, goes to the words.
fn without_title(html: &str, words: &mut String) -> String {
    let title = html
        .strip_prefix("<details><summary>")
        .and_then(|rest| rest.strip_suffix("</summary>"));
    let Some(title) = title.filter(|title| !title.contains(['<', '>'])) else {
        return html.to_owned();
    };
    words.push_str(title);
    "<details><summary>".to_owned()
}

#[test]
fn azure_sees_no_command_in_a_longer_row() {
    for row in ["###", "####", "#####"] {
        let mut report = report(&format!("{row}[error]"));
        report.omissions.clear();
        let shown = azure::render(Report::Check(&report));
        assert_eq!(shown.matches("##").count(), 1, "{shown}");
    }
}

proptest! {
    #[test]
    fn terminals_see_no_control(text in hostile()) {
        let options = human::Options { color: false, quiet: false };
        let shown = human::check(&report(&text), &sample::sources(), options);
        prop_assert_eq!(shown.lines().map(plain).collect::<Vec<_>>().join("\n") + "\n", shown.clone());
        let usual = human::check(&report("text"), &sample::sources(), options);
        prop_assert_eq!(shown.lines().count(), usual.lines().count());
    }

    #[test]
    fn github_sees_one_command_for_each_finding(text in hostile()) {
        let shown = github::render(Report::Check(&report(&text)));
        let commands: Vec<&str> = shown.split(['\n', '\r']).filter(|line| line.trim_start().starts_with("::")).collect();
        // The finding, what was left out, the waiver, the graded rule.
        prop_assert_eq!(commands.len(), 4, "{}", shown);
        let (properties, _) = commands[0][2..].split_once("::").unwrap();
        // One value for each: nothing was added, nothing ended early.
        let names: Vec<&str> = properties.split(',').map(|pair| pair.split('=').next().unwrap()).collect();
        prop_assert_eq!(names, ["notice file", "line", "col", "title"]);
        prop_assert_eq!(shown.split(['\n', '\r']).filter(|line| !line.is_empty()).count(), 5);
        let rest = shown.lines().filter(|line| !line.starts_with("::"));
        prop_assert!(rest.into_iter().all(|line| !line.contains("##[")));
    }

    #[test]
    fn azure_sees_one_command_for_each_finding(text in hostile()) {
        let mut report = report(&text);
        report.contracts[0].findings[0].waiver = None;
        let shown = azure::render(Report::Check(&report));
        let lines: Vec<&str> = shown.split(['\n', '\r']).filter(|line| !line.is_empty()).collect();
        // The finding, what was left out and the waiver; the graded rule, and the answer.
        prop_assert_eq!(lines.len(), 5, "{}", shown);
        prop_assert!(lines[..3].iter().all(|line| line.starts_with("##vso[task.logissue ")));
        prop_assert!(lines[3..].iter().all(|line| !line.contains("##")), "{}", shown);
        let (properties, _) = lines[0].split_once(']').unwrap();
        let names: Vec<&str> = properties.split(' ').nth(1).unwrap().split(';').map(|pair| pair.split('=').next().unwrap()).collect();
        prop_assert_eq!(names[0], "type");
        prop_assert!(properties.ends_with(";linenumber=3;columnnumber=4;code=type-changed"), "{}", properties);
    }

    #[test]
    fn azure_notes_are_no_commands(text in hostile()) {
        let shown = azure::render(Report::Check(&report(&text)));
        // Those of what was left out and of the expired waiver, which are more than notes.
        let mut lines = shown.lines().filter(|line| !line.starts_with("##vso[task.logissue "));
        prop_assert!(lines.all(|line| !line.contains("##")), "{}", shown);
        prop_assert_eq!(shown.lines().filter(|line| line.starts_with("##")).count(), 2, "{}", shown);
    }

    #[test]
    fn gitlab_has_one_issue_for_each_finding(text in hostile()) {
        let issues: Value = serde_json::from_str(&gitlab::render(Report::Check(&report(&text)))).unwrap();
        prop_assert_eq!(issues.as_array().unwrap().len(), 4);
        let description = issues[0]["description"].as_str().unwrap();
        prop_assert_eq!(plain(description), description);
    }

    #[test]
    fn sarif_makes_no_link_of_a_message(text in hostile()) {
        let log: Value = serde_json::from_str(&sarif::render(Report::Check(&report(&text)), "check", &|_| None)).unwrap();
        let result = &log["runs"][0]["results"][0];
        let message = result["message"]["text"].as_str().unwrap();
        prop_assert!(!message.replace("\\](", "").contains("]("), "{}", message);
        let uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap();
        prop_assert!(uri.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~/%:".contains(&byte)), "{}", uri);
    }

    #[test]
    fn junit_stays_well_formed(text in hostile()) {
        let root = parse(&junit::render(Report::Check(&report(&text)), "check"));
        prop_assert_eq!(root.children.len(), 1);
        prop_assert_eq!(root.children[0].children.len(), 1);
        let case = &root.children[0].children[0];
        prop_assert_eq!(case.children.len(), 1);
        let expected = plain(&text).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}");
        prop_assert_eq!(&case.attributes["name"], &format!("type-changed: {expected}"));
        prop_assert!(case.children[0].text.contains(&expected), "{:?}", case);
    }

    #[test]
    fn markdown_shows_text_as_text(text in hostile()) {
        // Space at the ends, alone and in runs is Markdown's to fold.
        let folded = format!("a {} b", plain(&text).split_whitespace().collect::<Vec<_>>().join(" "));
        let shown = markdown::render(Report::Check(&report(&folded)), "check");
        let usual = markdown::render(Report::Check(&report("usual")), "check");
        let ((shape, words), (usual_shape, _)) = (understood(&shown), understood(&usual));
        prop_assert_eq!(shape, usual_shape, "{}", shown);
        let words = words.replace(['\u{200b}', '`'], "");
        let expected = folded.replace(['\u{200b}', '`'], "");
        prop_assert!(words.contains(&expected), "{}\n{}", expected, words);
        // Apart from our headings and character references, no sign touches what follows.
        let rest = shown.replace("\n### ", "\n").replace("&#124;", "|");
        for (at, _) in rest.match_indices(['@', '#']) {
            prop_assert!(rest[at + 1..].starts_with('\u{200b}'), "{}", shown);
        }
    }
}
