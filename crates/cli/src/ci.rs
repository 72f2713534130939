//! What a CI service says about the change it runs for.

use serde_json::Value;

use crate::exit::Failure;
use crate::git::{Base, Repository};
use crate::output;

/// What to compare with, and the variable that said so.
#[derive(Debug, PartialEq, Eq)]
struct Named {
    variable: &'static str,
    /// The first that the clone has is taken.
    wanted: Vec<Wanted>,
}

/// A way to find the commit to compare with.
#[derive(Debug, PartialEq, Eq)]
enum Wanted {
    /// The commit itself.
    Commit(String),
    /// Where this branch left another.
    Fork(String),
    /// What was there before a push of which only the last commit is known.
    Push,
    /// Nothing: the branch begins here.
    Nothing,
}

/// The base of the change that a service says it runs for.
pub fn base(repository: &Repository) -> Result<Option<Base>, Failure> {
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let event = match (variable("GITHUB_EVENT_PATH"), variable("GITHUB_BASE_REF")) {
        (None, _) => None,
        (Some(path), base) => match event(&path) {
            Ok(event) => Some(event),
            Err(problem) if base.is_some() => {
                output::tell(&format_args!("warning: {problem} (`GITHUB_EVENT_PATH`)"));
                None
            }
            Err(problem) => {
                return Err(Failure::Git {
                    problem: format!(
                        "{problem} (`GITHUB_EVENT_PATH`), so what to compare with is not known"
                    ),
                    help: "name the commit with `--against REF`".to_owned(),
                });
            }
        },
    };
    let Some(named) = named(&variable, event.as_ref()) else {
        return Ok(None);
    };
    let mut answer = None;
    for wanted in &named.wanted {
        match find(repository, wanted) {
            Ok(base) => return Ok(Some(base)),
            // What the first lacks is what helps.
            Err(failure) => answer = answer.or(Some(failure)),
        }
    }
    match answer {
        Some(Failure::Git { problem, help }) => Err(Failure::Git {
            problem: format!("{problem} (from `{}`)", named.variable),
            help,
        }),
        Some(failure) => Err(failure),
        None => Ok(None),
    }
}

fn find(repository: &Repository, wanted: &Wanted) -> Result<Base, Failure> {
    match wanted {
        Wanted::Commit(commit) => repository.named(commit),
        Wanted::Fork(reference) => repository.merge_base_with(reference),
        Wanted::Nothing => repository.nothing(),
        Wanted::Push => {
            let base = repository.merge_base()?;
            // On the default branch itself nothing is left of where it began.
            if repository.is_head(&base)? {
                return repository.before_last();
            }
            Ok(base)
        }
    }
}

/// The event that GitHub describes in a file.
fn event(path: &str) -> Result<Value, String> {
    let text = std::fs::read(path).map_err(|error| format!("can't read the event: {error}"))?;
    serde_json::from_slice(&text).map_err(|error| format!("the event is no JSON: {error}"))
}

fn named(variable: &impl Fn(&str) -> Option<String>, event: Option<&Value>) -> Option<Named> {
    gitlab_request(variable)
        .or_else(|| request(variable, "SYSTEM_PULLREQUEST_TARGETBRANCH"))
        .or_else(|| request(variable, "BITBUCKET_PR_DESTINATION_BRANCH"))
        .or_else(|| github_request(variable, event))
        .or_else(|| push(&github_push(variable, event)?))
        .or_else(|| push(&gitlab_push(variable)?))
        .or_else(|| azure_push(variable))
        .or_else(|| default_branch(variable, event))
}

/// Where this branch left one that only the remote has, or the clone of it.
fn forks(branch: &str) -> [Wanted; 2] {
    let branch = branch.strip_prefix("refs/heads/").unwrap_or(branch);
    [
        Wanted::Fork(format!("origin/{branch}")),
        Wanted::Fork(branch.to_owned()),
    ]
}

fn request(variable: &impl Fn(&str) -> Option<String>, name: &'static str) -> Option<Named> {
    let branch = variable(name)?;
    Some(Named {
        variable: name,
        wanted: forks(&branch).into(),
    })
}

fn gitlab_request(variable: &impl Fn(&str) -> Option<String>) -> Option<Named> {
    let target = "CI_MERGE_REQUEST_TARGET_BRANCH_NAME";
    let by_branch = request(variable, target);
    let name = "CI_MERGE_REQUEST_DIFF_BASE_SHA";
    let Some(commit) = variable(name) else {
        return by_branch;
    };
    let branches = by_branch.map(|named| named.wanted).unwrap_or_default();
    Some(Named {
        variable: name,
        wanted: std::iter::once(Wanted::Commit(commit))
            .chain(branches)
            .collect(),
    })
}

fn github_request(
    variable: &impl Fn(&str) -> Option<String>,
    event: Option<&Value>,
) -> Option<Named> {
    let name = "GITHUB_BASE_REF";
    let branch = variable(name);
    let commits = ["/pull_request/base/sha", "/merge_group/base_sha"];
    let commits = commits.iter().filter_map(|place| text(event, place));
    let source = if branch.is_some() {
        name
    } else {
        "GITHUB_EVENT_PATH"
    };
    let [there, here] = branch.map_or([None, None], |branch| forks(&branch).map(Some));
    let wanted: Vec<Wanted> = there
        .into_iter()
        .chain(commits.map(Wanted::Fork))
        .chain(here)
        .collect();
    (!wanted.is_empty()).then_some(Named {
        variable: source,
        wanted,
    })
}

/// A push, as the service tells of it.
struct Push {
    variable: &'static str,
    /// The commit before it; all zeros where the branch is new.
    before: String,
    branch: Option<String>,
    default: Option<String>,
    /// Whether the service guards the branch, as one that others rely on.
    is_protected: bool,
    /// Whether it is sure that somebody pushed.
    is_sure: bool,
}

/// On a branch that others rely on, what was there before the push. On any other, all of the branch is
/// what may be merged, however many pushes made it.
fn push(push: &Push) -> Option<Named> {
    let is_new = push.before.bytes().all(|byte| byte == b'0');
    let is_default = match (&push.branch, &push.default) {
        (Some(branch), Some(default)) => branch == default,
        _ => !is_new,
    };
    let wanted = match (is_new, is_default) {
        (false, _) if is_default || push.is_protected => Wanted::Commit(push.before.clone()),
        (true, true) if push.is_sure => Wanted::Nothing,
        _ => return None,
    };
    Some(Named {
        variable: push.variable,
        wanted: vec![wanted],
    })
}

fn github_push(variable: &impl Fn(&str) -> Option<String>, event: Option<&Value>) -> Option<Push> {
    let reference = variable("GITHUB_REF").or_else(|| text(event, "/ref"));
    if variable("GITHUB_EVENT_NAME").is_some_and(|name| name != "push")
        || reference
            .as_ref()
            .is_some_and(|it| it.starts_with("refs/tags/"))
    {
        return None;
    }
    let branch = reference
        .as_deref()
        .and_then(|it| it.strip_prefix("refs/heads/"));
    Some(Push {
        variable: "GITHUB_EVENT_PATH",
        before: text(event, "/before")?,
        branch: branch.map(str::to_owned),
        default: text(event, "/repository/default_branch"),
        is_protected: variable("GITHUB_REF_PROTECTED").is_some_and(|it| it == "true"),
        is_sure: true,
    })
}

fn gitlab_push(variable: &impl Fn(&str) -> Option<String>) -> Option<Push> {
    if variable("CI_COMMIT_TAG").is_some() {
        return None;
    }
    Some(Push {
        variable: "CI_COMMIT_BEFORE_SHA",
        before: variable("CI_COMMIT_BEFORE_SHA")?,
        branch: variable("CI_COMMIT_BRANCH"),
        default: variable("CI_DEFAULT_BRANCH"),
        is_protected: variable("CI_COMMIT_REF_PROTECTED").is_some_and(|it| it == "true"),
        // Schedules and requests by hand have zeros as well.
        is_sure: variable("CI_PIPELINE_SOURCE").is_some_and(|it| it == "push"),
    })
}

/// Azure Pipelines tells of a push, and not what was there before.
fn azure_push(variable: &impl Fn(&str) -> Option<String>) -> Option<Named> {
    let reason = variable("BUILD_REASON")?;
    let branch = variable("BUILD_SOURCEBRANCH")?;
    let is_push = matches!(reason.as_str(), "IndividualCI" | "BatchedCI");
    (is_push && branch.starts_with("refs/heads/")).then_some(Named {
        variable: "BUILD_REASON",
        wanted: vec![Wanted::Push],
    })
}

/// The default branch, which a clone made by a service may not know.
fn default_branch(
    variable: &impl Fn(&str) -> Option<String>,
    event: Option<&Value>,
) -> Option<Named> {
    request(variable, "CI_DEFAULT_BRANCH").or_else(|| {
        Some(Named {
            variable: "GITHUB_EVENT_PATH",
            wanted: forks(&text(event, "/repository/default_branch")?).into(),
        })
    })
}

fn text(event: Option<&Value>, place: &str) -> Option<String> {
    Some(event?.pointer(place)?.as_str()?.to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Wanted::{Commit, Fork, Nothing, Push};
    use super::*;

    const ZEROS: &str = "0000000000000000000000000000000000000000";

    fn of(variables: &[(&str, &str)], event: &Value) -> Vec<Wanted> {
        let variable = |name: &str| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        named(&variable, Some(event)).map_or_else(Vec::new, |named| named.wanted)
    }

    fn fork(branch: &str) -> [Wanted; 2] {
        [Fork(format!("origin/{branch}")), Fork(branch.to_owned())]
    }

    #[test]
    fn each_service_names_the_base_of_a_request() {
        let pull = json!({"before": "1", "pull_request": {"base": {"sha": "abc", "ref": "main"}}});
        let [there, here] = fork("main");
        let wanted = of(&[("GITHUB_BASE_REF", "main")], &pull);
        assert_eq!(wanted, [there, Fork("abc".to_owned()), here]);
        let queue = json!({"merge_group": {"base_sha": "def"}});
        assert_eq!(of(&[], &queue), [Fork("def".to_owned())]);
        let azure = ("SYSTEM_PULLREQUEST_TARGETBRANCH", "refs/heads/release/7");
        assert_eq!(of(&[azure], &Value::Null), fork("release/7"));
        let bitbucket = ("BITBUCKET_PR_DESTINATION_BRANCH", "develop");
        assert_eq!(of(&[bitbucket], &Value::Null), fork("develop"));
        let gitlab = [
            ("CI_MERGE_REQUEST_DIFF_BASE_SHA", "abc"),
            ("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main"),
            ("CI_COMMIT_BEFORE_SHA", "fed"),
        ];
        let [there, here] = fork("main");
        let wanted = of(&gitlab, &Value::Null);
        assert_eq!(wanted, [Commit("abc".to_owned()), there, here]);
        assert_eq!(of(&gitlab[1..], &Value::Null), fork("main"));
    }

    #[test]
    fn a_push_is_compared_with_what_was_there_before() {
        let push = |branch: &str, before: &str| json!({"ref": format!("refs/heads/{branch}"), "before": before, "repository": {"default_branch": "main"}});
        let is_push = ("GITHUB_EVENT_NAME", "push");
        assert_eq!(
            of(&[is_push], &push("main", "abc")),
            [Commit("abc".to_owned())]
        );
        assert_eq!(of(&[is_push], &push("main", ZEROS)), [Nothing]);
        assert_eq!(of(&[is_push], &push("mine", "abc")), fork("main"));
        assert_eq!(of(&[is_push], &push("mine", ZEROS)), fork("main"));
        let guarded = [is_push, ("GITHUB_REF_PROTECTED", "true")];
        assert_eq!(
            of(&guarded, &push("lts", "abc")),
            [Commit("abc".to_owned())]
        );
        let unknown = json!({"before": "abc"});
        assert_eq!(of(&[is_push], &unknown), [Commit("abc".to_owned())]);
        let tag = json!({"ref": "refs/tags/v1", "before": "abc"});
        assert_eq!(of(&[is_push], &tag), []);
        let schedule = ("GITHUB_EVENT_NAME", "schedule");
        assert_eq!(of(&[schedule], &push("main", "abc")), fork("main"));
    }

    #[test]
    fn gitlab_and_azure_tell_of_pushes_too() {
        let gitlab = |branch, before, source| {
            let variables = [
                ("CI_COMMIT_BEFORE_SHA", before),
                ("CI_COMMIT_BRANCH", branch),
                ("CI_DEFAULT_BRANCH", "trunk"),
                ("CI_PIPELINE_SOURCE", source),
            ];
            of(&variables, &Value::Null)
        };
        assert_eq!(gitlab("trunk", "abc", "push"), [Commit("abc".to_owned())]);
        assert_eq!(gitlab("trunk", ZEROS, "push"), [Nothing]);
        assert_eq!(gitlab("trunk", ZEROS, "schedule"), fork("trunk"));
        assert_eq!(gitlab("mine", "abc", "push"), fork("trunk"));
        let branch = ("BUILD_SOURCEBRANCH", "refs/heads/main");
        let azure = |reason| of(&[branch, ("BUILD_REASON", reason)], &Value::Null);
        assert_eq!(azure("IndividualCI"), [Push]);
        assert_eq!(azure("Schedule"), []);
    }

    #[test]
    fn where_nothing_is_proposed_nothing_is_named() {
        assert_eq!(of(&[], &Value::Null), []);
        assert_eq!(
            of(&[("CI_DEFAULT_BRANCH", "trunk")], &Value::Null),
            fork("trunk")
        );
    }
}
