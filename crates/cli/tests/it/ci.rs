//! The steps of our CI definitions, run by bash with the variables and files that their services
//! give them.

use serde_json::{Value, json};

use crate::support::{Answer, Folder, repository, without_qname};

/// A file of the repository's root.
fn shipped(name: &str) -> String {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    std::fs::read_to_string(root.join(name)).unwrap()
}

fn yaml(text: &str) -> Value {
    serde_saphyr::from_str(text).unwrap()
}

/// A clone as a service makes it, of a branch that breaks its contract.
fn checkout() -> Folder {
    let origin = repository();
    origin
        .write("contracts/queries.odcs.yaml", &without_qname())
        .commit();
    let clone = Folder::new();
    let url = format!("file://{}", origin.path().display());
    clone.git(&["clone", "--quiet", "--branch", "change", &url, "."]);
    clone
}

/// A binary to fetch, which says what it is asked for.
struct Released {
    url: String,
    sum: String,
    _folder: Folder,
}

impl Released {
    fn new() -> Self {
        let folder = Folder::new();
        folder.write("zonecut", "#!/bin/sh\necho \"fetched $*\"\n");
        let sum = folder.bash("sha256sum zonecut", &[]).out;
        Self {
            url: format!("file://{}/zonecut", folder.path().display()),
            sum: sum.split(' ').next().unwrap().to_owned(),
            _folder: folder,
        }
    }
}

mod github {
    use super::*;

    /// One run of a step of `action.yml`.
    struct Runner {
        folder: Folder,
        files: Folder,
        inputs: Vec<(&'static str, String)>,
    }

    impl Runner {
        fn new() -> Self {
            let files = Folder::new();
            let event =
                json!({"pull_request": {"number": 7, "base": {"ref": "main", "sha": "0000"}}});
            files
                .write("event.json", &event.to_string())
                .write("output", "")
                .write("summary", "")
                .write("path", "");
            Self {
                folder: checkout(),
                files,
                inputs: Vec::new(),
            }
        }

        fn with(mut self, input: &'static str, value: &str) -> Self {
            self.inputs.push((input, value.to_owned()));
            self
        }

        fn file(&self, name: &str) -> String {
            self.files.path().join(name).display().to_string()
        }

        /// What an expression in `env` stands for.
        fn value(&self, action: &Value, expression: &str) -> String {
            let Some(inner) = expression
                .strip_prefix("${{ ")
                .and_then(|rest| rest.strip_suffix(" }}"))
            else {
                return expression.to_owned();
            };
            if let Some(input) = inner.strip_prefix("inputs.") {
                let given = self.inputs.iter().find(|(name, _)| *name == input);
                let default = &action["inputs"][input]["default"];
                return given.map_or_else(
                    || default.as_str().unwrap_or_default().to_owned(),
                    |(_, value)| value.clone(),
                );
            }
            match inner {
                "github.event.pull_request.number" => "7".to_owned(),
                "steps.run.outputs.markdown" => self.file("zonecut.md"),
                other => panic!("no value for `{other}`"),
            }
        }

        fn step(&self, name: &str) -> Answer {
            let action = yaml(&shipped("action.yml"));
            let steps = action["runs"]["steps"].as_array().unwrap();
            let step = steps.iter().find(|step| step["name"] == name).unwrap();
            assert_eq!(step["shell"], "bash");
            let mut environment = vec![
                ("GITHUB_ACTIONS".to_owned(), "true".to_owned()),
                ("GITHUB_BASE_REF".to_owned(), "main".to_owned()),
                ("GITHUB_REPOSITORY".to_owned(), "dns/contracts".to_owned()),
                ("GITHUB_EVENT_PATH".to_owned(), self.file("event.json")),
                ("GITHUB_OUTPUT".to_owned(), self.file("output")),
                ("GITHUB_STEP_SUMMARY".to_owned(), self.file("summary")),
                ("GITHUB_PATH".to_owned(), self.file("path")),
                (
                    "RUNNER_TEMP".to_owned(),
                    self.files.path().display().to_string(),
                ),
            ];
            for (name, value) in step["env"].as_object().unwrap() {
                environment.push((name.clone(), self.value(&action, value.as_str().unwrap())));
            }
            let environment: Vec<(&str, &str)> = environment
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str()))
                .collect();
            self.folder
                .bash(step["run"].as_str().unwrap(), &environment)
        }

        fn output(&self, name: &str) -> Option<String> {
            let outputs = self.files.read("output");
            let start = format!("{name}=");
            outputs
                .lines()
                .find_map(|line| line.strip_prefix(&start).map(str::to_owned))
        }
    }

    #[test]
    fn a_break_is_annotated_summed_up_and_handed_on() {
        let runner = Runner::new().with("sarif", "zonecut.sarif");
        let answer = runner.step("Run zonecut");
        assert_eq!(answer.exit, 1, "{}{}", answer.out, answer.err);
        assert!(
            answer
                .out
                .contains("::error file=contracts/queries.odcs.yaml,line="),
            "{}",
            answer.out
        );
        assert!(
            answer
                .out
                .ends_with("not publishable: the contract must change\n")
        );
        let summary = runner.files.read("summary");
        assert!(summary.starts_with("<!-- zonecut check -->\n"), "{summary}");
        assert_eq!(runner.output("exit-code").as_deref(), Some("1"));
        let json: Value = serde_json::from_str(&runner.files.read("zonecut.json")).unwrap();
        assert_eq!(json["publishable"], false);
        assert_eq!(runner.output("json"), Some(runner.file("zonecut.json")));
        let sarif: Value = serde_json::from_str(&runner.folder.read("zonecut.sarif")).unwrap();
        let rules = &sarif["runs"][0]["tool"]["driver"]["rules"];
        let removed = rules.as_array().unwrap().iter();
        let removed: Vec<_> = removed
            .filter(|rule| rule["id"] == "property-removed")
            .collect();
        let page = removed[0]["help"]["markdown"].as_str().unwrap();
        assert!(page.contains("## How to fix"), "{page}");
    }

    #[test]
    fn what_may_be_published_passes() {
        let runner = Runner::new();
        let paid = without_qname().replace("version: 1.0.0", "version: 2.0.0");
        runner.folder.write("contracts/queries.odcs.yaml", &paid);
        let answer = runner.step("Run zonecut");
        assert_eq!(answer.exit, 0, "{}{}", answer.out, answer.err);
        assert!(!answer.out.contains("::error"), "{}", answer.out);
        assert_eq!(runner.output("exit-code").as_deref(), Some("0"));
    }

    #[test]
    fn inputs_reach_the_command() {
        let elsewhere = Runner::new().with("paths", "elsewhere\n\n");
        elsewhere.folder.write("elsewhere/a.txt", "a");
        let elsewhere = elsewhere.step("Run zonecut");
        assert_eq!(elsewhere.exit, 0, "{}{}", elsewhere.out, elsewhere.err);
        let itself = Runner::new().with("against", "HEAD").step("Run zonecut");
        assert_eq!(itself.exit, 0, "{}{}", itself.out, itself.err);
        let lint = Runner::new().with("command", "lint").step("Run zonecut");
        assert!(lint.out.contains("valid"), "{}{}", lint.out, lint.err);
        let version = Runner::new().with("version", "0.0.1").step("Run zonecut");
        assert_eq!(version.exit, 2);
        assert!(
            version.out.starts_with("::error::wanted zonecut 0.0.1"),
            "{}",
            version.out
        );
        let own = Runner::new().with("version", env!("CARGO_PKG_VERSION"));
        assert_eq!(own.step("Run zonecut").exit, 1);
    }

    #[test]
    fn a_clone_without_the_base_says_so_and_how_to_get_it() {
        let runner = Runner::new();
        runner
            .folder
            .git(&["update-ref", "-d", "refs/remotes/origin/main"]);
        let answer = runner.step("Run zonecut");
        assert_eq!(answer.exit, 3);
        assert!(
            answer
                .err
                .contains("`origin/main` is not here (from `GITHUB_BASE_REF`)"),
            "{}",
            answer.err
        );
        assert!(
            answer.err.contains("git fetch --tags origin"),
            "{}",
            answer.err
        );
        assert_eq!(runner.output("exit-code").as_deref(), Some("3"));
    }

    #[test]
    fn the_commit_of_the_event_serves_where_the_branch_is_missing() {
        let runner = Runner::new();
        let base = runner.folder.bash("git rev-parse origin/main", &[]).out;
        let event = json!({"pull_request": {"base": {"sha": base.trim()}}});
        runner.files.write("event.json", &event.to_string());
        runner
            .folder
            .git(&["update-ref", "-d", "refs/remotes/origin/main"]);
        assert_eq!(runner.step("Run zonecut").exit, 1);
    }

    #[test]
    fn a_binary_is_fetched_only_with_its_sum() {
        let source = Released::new();
        let runner = Runner::new()
            .with("url", &source.url)
            .with("sha256", &source.sum);
        let answer = runner.step("Fetch zonecut");
        assert_eq!(answer.exit, 0, "{}", answer.err);
        let folder = runner.files.read("path");
        let said = runner
            .folder
            .bash(&format!("{}/zonecut --version", folder.trim()), &[]);
        assert_eq!(said.out, "fetched --version\n");
        for wrong in ["", &"0".repeat(64)] {
            let runner = Runner::new().with("url", &source.url).with("sha256", wrong);
            assert_ne!(runner.step("Fetch zonecut").exit, 0);
            assert_eq!(runner.files.read("path"), "");
        }
    }

    #[test]
    fn the_comment_is_written_once_and_then_replaced() {
        for (known, method) in [("", "POST"), ("42", "PATCH")] {
            let runner = Runner::new();
            runner.step("Run zonecut");
            // Stands for GitHub: lists what is there, and notes what it is asked to write.
            let gh = format!(
                "#!/bin/sh\ncase \"$*\" in *--jq*) echo '{known}';; *) echo \"$*\" >> calls;; esac\n"
            );
            runner.folder.write("bin/gh", &gh);
            runner.folder.bash("chmod +x bin/gh", &[]);
            let action = yaml(&shipped("action.yml"));
            let step = &action["runs"]["steps"][2];
            let script = format!("PATH=\"$PWD/bin:$PATH\"\n{}", step["run"].as_str().unwrap());
            let body = runner.file("zonecut.md");
            let answer = runner.folder.bash(
                &script,
                &[
                    ("MARKDOWN", &body),
                    ("NUMBER", "7"),
                    ("GITHUB_REPOSITORY", "dns/contracts"),
                ],
            );
            assert_eq!(answer.exit, 0, "{}", answer.err);
            let calls = runner.folder.read("calls");
            assert_eq!(calls.lines().count(), 1, "{calls}");
            assert!(
                calls.contains(&format!("--method {method} repos/dns/contracts/issues/")),
                "{calls}"
            );
            assert!(calls.contains(&format!("body=@{body}")), "{calls}");
        }
    }

    #[test]
    fn steps_take_inputs_as_variables_only() {
        // An expression in a script would let whoever writes an input write the script.
        let action = yaml(&shipped("action.yml"));
        for step in action["runs"]["steps"].as_array().unwrap() {
            assert!(!step["run"].as_str().unwrap().contains("${{"), "{step:#}");
        }
    }
}

/// The component with its inputs filled in, and the job that it makes.
fn component(inputs: &[(&str, &str)]) -> Value {
    let text = shipped("templates/check.yml");
    let (spec, job) = text.split_once("\n---\n").unwrap();
    let spec = yaml(spec);
    let mut job = job.to_owned();
    for (name, declared) in spec["spec"]["inputs"].as_object().unwrap() {
        let given = inputs.iter().find(|(known, _)| known == name);
        let value = given
            .map(|(_, value)| *value)
            .or(declared["default"].as_str());
        let value = value.unwrap_or_else(|| panic!("`{name}` has no default"));
        job = job.replace(&format!("$[[ inputs.{name} ]]"), value);
    }
    assert!(!job.contains("$[["), "an input is not declared: {job}");
    yaml(&job)["zonecut"].take()
}

fn gitlab(folder: &Folder, inputs: &[(&str, &str)]) -> Answer {
    let base = folder.bash("git rev-parse origin/main", &[]).out;
    let job = component(&[&[("image", "dns/zonecut")], inputs].concat());
    let scripts = ["before_script", "script"].map(|part| job[part][0].as_str().unwrap());
    let variables = job["variables"].as_object().unwrap();
    let mut environment: Vec<(&str, &str)> = variables
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str().unwrap_or_default()))
        .collect();
    environment.push(("CI_MERGE_REQUEST_DIFF_BASE_SHA", base.trim()));
    folder.bash(&scripts.join("\n"), &environment)
}

#[test]
fn gitlab_gets_its_reports() {
    let folder = checkout();
    let answer = gitlab(&folder, &[]);
    assert_eq!(answer.exit, 1, "{}{}", answer.out, answer.err);
    assert!(answer.out.starts_with("not publishable"), "{}", answer.out);
    let job = component(&[("image", "x")]);
    let reports = &job["artifacts"]["reports"];
    let quality = folder.read(reports["codequality"].as_str().unwrap());
    let quality: Value = serde_json::from_str(&quality).unwrap();
    assert_eq!(
        quality[0]["location"]["path"],
        "contracts/queries.odcs.yaml"
    );
    assert!(
        folder
            .read(reports["junit"].as_str().unwrap())
            .contains("<failure")
    );
    assert_eq!(job["variables"]["GIT_DEPTH"], "0");
    folder.write("elsewhere/a.txt", "a").write("b.txt", "b");
    let other = gitlab(&folder, &[("paths", "elsewhere b.txt")]);
    assert_eq!(other.exit, 0, "{}{}", other.out, other.err);
    assert_eq!(gitlab(&folder, &[("paths", "nowhere")]).exit, 2);
    assert_eq!(gitlab(&folder, &[("version", "0.0.1")]).exit, 2);
}

#[test]
fn gitlab_fetches_only_with_the_sum() {
    let source = Released::new();
    let answer = gitlab(
        &checkout(),
        &[("url", &source.url), ("sha256", &source.sum)],
    );
    assert!(
        answer.out.contains("fetched check --report"),
        "{}{}",
        answer.out,
        answer.err
    );
    let wrong = gitlab(&checkout(), &[("url", &source.url), ("sha256", "00")]);
    assert!(
        wrong.exit != 0 && !wrong.out.contains("fetched"),
        "{}",
        wrong.out
    );
}

#[test]
fn azure_names_its_target_branch() {
    let folder = checkout();
    let environment = [("SYSTEM_PULLREQUEST_TARGETBRANCH", "refs/heads/main")];
    let answer = folder.bash("zonecut check --format azure", &environment);
    assert_eq!(answer.exit, 1, "{}", answer.err);
    assert!(
        answer.out.starts_with("##vso[task.logissue type=error;"),
        "{}",
        answer.out
    );
}

/// Runs a hook on files as pre-commit does: the entry, then the names that match.
fn hook(folder: &Folder, id: &str, changed: &[&str]) -> Answer {
    let hooks = yaml(&shipped(".pre-commit-hooks.yaml"));
    let hook = hooks
        .as_array()
        .unwrap()
        .iter()
        .find(|hook| hook["id"] == id)
        .unwrap();
    assert_eq!(hook["language"], "system");
    let mut command = hook["entry"].as_str().unwrap().to_owned();
    if hook["pass_filenames"] != false {
        assert_eq!(hook["files"], r"\.od[cp]s\.(ya?ml|json)$");
        for name in changed
            .iter()
            .filter(|name| name.contains(".odcs.") || name.contains(".odps."))
        {
            command = format!("{command} '{name}'");
        }
    }
    folder.bash(&command, &[])
}

#[test]
fn hooks_see_what_is_about_to_be_committed() {
    let folder = repository();
    folder
        .write("contracts/queries.odcs.yaml", &without_qname())
        .write("notes.yaml", "a: b\n")
        .git(&["add", "--all"]);
    let changed = ["contracts/queries.odcs.yaml", "notes.yaml"];
    assert_eq!(hook(&folder, "zonecut-check", &changed).exit, 1);
    let lint = hook(&folder, "zonecut-lint", &changed);
    assert_eq!(lint.exit, 0, "{}{}", lint.out, lint.err);
    folder.write("contracts/queries.odcs.yaml", "kind: DataContract\n");
    assert_eq!(hook(&folder, "zonecut-lint", &changed).exit, 1);
}

#[test]
fn hooks_see_what_was_deleted() {
    let folder = repository();
    folder.git(&["rm", "--quiet", "contracts/queries.odcs.yaml"]);
    let answer = hook(&folder, "zonecut-check", &[]);
    assert_eq!(answer.exit, 1, "{}{}", answer.out, answer.err);
    assert!(answer.out.contains("contract-removed"), "{}", answer.out);
}
