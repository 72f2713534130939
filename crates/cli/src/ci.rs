//! What a CI service says about the change it runs for.

use serde_json::Value;

use crate::documents;
use crate::exit::Failure;
use crate::git::{Base, Repository};

/// What to compare with, and the variable that said so.
#[derive(Debug, PartialEq, Eq)]
struct Named {
    variable: &'static str,
    /// The first that the clone has is taken.
    references: Vec<String>,
    /// Whether it is where the branches parted already.
    is_merge_base: bool,
}

/// The base of the pull or merge request that a service says it runs for.
pub fn base(repository: &Repository) -> Result<Option<Base>, Failure> {
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let Some(named) = named(&variable, &event) else {
        return Ok(None);
    };
    let mut answer = None;
    for reference in &named.references {
        let base = if named.is_merge_base {
            repository.named(reference)
        } else {
            repository.merge_base_with(reference)
        };
        match base {
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

/// The event that GitHub describes in a file; nothing where it can't be read.
fn event(path: &str) -> Option<Value> {
    let text = documents::read(path.as_ref()).ok()?;
    serde_json::from_slice(&text.bytes).ok()
}

fn named(
    variable: &impl Fn(&str) -> Option<String>,
    event: &impl Fn(&str) -> Option<Value>,
) -> Option<Named> {
    if let Some(commit) = variable("CI_MERGE_REQUEST_DIFF_BASE_SHA") {
        return Some(Named {
            variable: "CI_MERGE_REQUEST_DIFF_BASE_SHA",
            references: vec![commit],
            is_merge_base: true,
        });
    }
    if let Some(branch) = variable("SYSTEM_PULLREQUEST_TARGETBRANCH") {
        let branch = branch.strip_prefix("refs/heads/").unwrap_or(&branch);
        return Some(Named {
            variable: "SYSTEM_PULLREQUEST_TARGETBRANCH",
            references: vec![format!("origin/{branch}")],
            is_merge_base: false,
        });
    }
    let event = variable("GITHUB_EVENT_PATH").and_then(|path| event(&path));
    let in_event = |pointer| Some(event.as_ref()?.pointer(pointer)?.as_str()?.to_owned());
    let branch = variable("GITHUB_BASE_REF").map(|branch| format!("origin/{branch}"));
    let source = if branch.is_some() {
        "GITHUB_BASE_REF"
    } else {
        "GITHUB_EVENT_PATH"
    };
    let references: Vec<String> = branch
        .into_iter()
        .chain(in_event("/pull_request/base/sha"))
        .chain(in_event("/merge_group/base_sha"))
        .collect();
    (!references.is_empty()).then_some(Named {
        variable: source,
        references,
        is_merge_base: false,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn of(variables: &[(&str, &str)]) -> Option<Named> {
        let variable = |name: &str| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        named(&variable, &|path| match path {
            "pull.json" => Some(json!({"pull_request": {"base": {"sha": "abc", "ref": "main"}}})),
            "queue.json" => Some(json!({"merge_group": {"base_sha": "def"}})),
            "push.json" => Some(json!({"before": "123"})),
            _ => None,
        })
    }

    fn references(variables: &[(&str, &str)]) -> Vec<String> {
        of(variables).map_or_else(Vec::new, |named| named.references)
    }

    #[test]
    fn each_service_names_its_base() {
        assert_eq!(
            references(&[
                ("GITHUB_BASE_REF", "main"),
                ("GITHUB_EVENT_PATH", "pull.json")
            ]),
            ["origin/main", "abc"]
        );
        assert_eq!(references(&[("GITHUB_EVENT_PATH", "queue.json")]), ["def"]);
        assert_eq!(
            references(&[("SYSTEM_PULLREQUEST_TARGETBRANCH", "refs/heads/release/7")]),
            ["origin/release/7"]
        );
        let gitlab = of(&[("CI_MERGE_REQUEST_DIFF_BASE_SHA", "abc")]);
        assert!(gitlab.is_some_and(|named| named.is_merge_base && named.references == ["abc"]));
    }

    #[test]
    fn where_nothing_is_proposed_nothing_is_named() {
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[("GITHUB_EVENT_PATH", "push.json")]), None);
        assert_eq!(of(&[("GITHUB_EVENT_PATH", "absent.json")]), None);
    }
}
